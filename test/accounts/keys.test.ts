import { expect } from 'chai';
import { authenticate } from '../../src/accounts/authenticate.js';
import { createKey, listKeys, revokeKey, type KeyDraft } from '../../src/accounts/keys.js';
import { inScope, scopeOf } from '../../src/accounts/scope.js';
import { counted, freshStore } from './store.js';

const now = Date.UTC(2026, 9, 1, 8, 30);
const hour = 3_600_000;
const party = 'urn:suyuan:uscc:91510131MA6CLPUJ0X';

describe('keys of machines', () => {
  const held = freshStore();
  const make = async (draft: Partial<KeyDraft> = {}) => {
    const answer = await createKey(held.store, { role: 'producer', party, ...draft }, now);
    if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
    return { ...answer, headers: { authorization: `Bearer ${answer.secret}` } };
  };

  it('let a machine in as its party, with 256 random bits that are stored nowhere', async () => {
    const { secret, key, headers } = await make({ scopes: ['capture', 'capture'], label: ' 冷库秤 ' });
    expect(secret).to.match(/^sy1\.[0-9a-f]{16}\.[\w-]{43}$/);
    expect(await authenticate(held.store, headers, now)).to.deep.equal({
      account: { name: key.id, role: 'producer', party, via: 'key', scopes: ['capture'] },
    });
    const stored = JSON.stringify(await held.store.range('keys', { prefix: [], limit: 10 }));
    expect(stored).to.contain('冷库秤').and.to.not.contain(secret.split('.')[2]);
  });

  it('are refused when a character is wrong, and never passed over for a cookie', async () => {
    const { secret } = await make();
    const end = secret.endsWith('A') ? 'E' : 'A';
    for (const wrong of [
      secret.slice(0, -1) + end,
      secret.slice(0, -1),
      `${secret}x`,
      'x',
      '',
      `sy1.${'0'.repeat(16)}.${'a'.repeat(43)}`,
    ])
      expect(await authenticate(held.store, { authorization: `Bearer ${wrong}`, cookie: 'a=b' }, now), wrong).to.equal('bad-key');
    expect(await authenticate(held.store, { authorization: `Basic ${secret}` }, now)).to.equal('bad-key');
    expect(await authenticate(held.store, { authorization: `bearer  ${secret}` }, now)).to.have.property('account');
  });

  it('are taken back at once, and once', async () => {
    const { key, headers } = await make();
    expect(await authenticate(held.store, headers, now)).to.have.property('account');
    expect(await revokeKey(held.store, key.id, now, 'urn:suyuan:party:other')).to.equal(false);
    expect(await authenticate(held.store, headers, now)).to.have.property('account');
    expect(await revokeKey(held.store, key.id, now, party)).to.equal(true);
    expect(await authenticate(held.store, headers, now)).to.equal('bad-key');
    expect(await revokeKey(held.store, key.id, now + hour)).to.equal(true);
    expect((await listKeys(held.store, 100)).find((each) => each.id === key.id)?.revoked).to.equal(now);
    expect(await revokeKey(held.store, 'f'.repeat(16), now)).to.equal(false);
  });

  it('cost no read of the store while they are busy, and one write an hour', async () => {
    const { key, headers } = await make();
    const watched = counted(held.store);
    await authenticate(watched.store, headers, now);
    const first = watched.calls();
    for (let at = 0; at < 100; at++) await authenticate(watched.store, headers, now + at);
    expect(watched.calls()).to.equal(first);

    const used = async () => (await listKeys(held.store, 100)).find((each) => each.id === key.id)?.used;
    expect(await used()).to.equal(Date.UTC(2026, 9, 1, 8));
    await authenticate(watched.store, headers, now + 20_000);
    expect(watched.calls()).to.equal(first + 1);
    await authenticate(watched.store, headers, now + hour);
    expect(await used()).to.equal(Date.UTC(2026, 9, 1, 9));
  });

  it('are not remembered when they are taken back while they are being looked up', async () => {
    const { key, headers } = await make();
    let revoking = false;
    const once = new Proxy(held.store, {
      get(target, name) {
        const member = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        if (name !== 'get') return member.bind(target);
        return async (...args: unknown[]) => {
          const row = await member.apply(target, args);
          if (!revoking) {
            revoking = true;
            await revokeKey(once, key.id, now);
          }
          return row;
        };
      },
    });
    await authenticate(once, headers, now);
    expect(await authenticate(once, headers, now)).to.equal('bad-key');
  });

  it('say everything that is wrong with them', async () => {
    const answer = await createKey(held.store, { role: 'producer', scopes: ['read', 'all'], label: 'x'.repeat(101) }, now);
    expect('faults' in answer && answer.faults.map((each) => each.pointer)).to.deep.equal(['/party', '/scopes/1', '/label']);
  });

  it('reach as far as their scopes', () => {
    expect(scopeOf('GET', '/epcis/events')).to.equal('read');
    expect(scopeOf('POST', '/epcis/capture')).to.equal('capture');
    expect(scopeOf('POST', '/epcis/queries')).to.equal('record');
    expect(scopeOf('POST', '/api/activities/harvest')).to.equal('record');
    const account = { name: 'k', role: 'producer', via: 'key' } as const;
    expect(inScope(account, 'POST', '/api/parties')).to.equal(true);
    expect(inScope({ ...account, scopes: ['read'] }, 'POST', '/epcis/capture')).to.equal(false);
    expect(inScope({ ...account, scopes: ['read'] }, 'HEAD', '/field')).to.equal(true);
  });
});
