import { expect } from 'chai';
import { addAccount, findAccount, listAccounts } from '../../src/accounts/accounts.js';
import { authenticate } from '../../src/accounts/authenticate.js';
import { disableAccount, setPassword } from '../../src/accounts/changes.js';
import { cookieSecret } from '../../src/accounts/cookie.js';
import { longestSession } from '../../src/accounts/sessions.js';
import { changePassword, signIn, signOut } from '../../src/accounts/signin.js';
import { counted, freshStore } from './store.js';

const now = Date.UTC(2026, 9, 1);
const hour = 3_600_000;
const settings = { publicUrl: 'http://192.168.1.20:3000', sessionHours: 48 };
const party = 'urn:suyuan:uscc:91510131MA6CLPUJ0X';
const ip = '10.0.0.1';

describe('people sign in', () => {
  const held = freshStore();
  const enter = async (name: string, password: string, at = now) => {
    const answer = await signIn(held.store, name, password, ip, at, settings);
    if (!('cookie' in answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
    return { headers: { cookie: answer.cookie.split(';')[0]! }, cookie: answer.cookie };
  };

  before(async () => {
    await addAccount(held.store, { name: 'Grower', role: 'producer', party, password: 'orchard and hill' }, now);
    await addAccount(held.store, { name: '王科长', role: 'inspector', division: '510131', password: 'market at dawn' }, now);
  });

  it('and are known by a cookie from then on', async () => {
    const { headers, cookie } = await enter(' GROWER ', 'orchard and hill');
    expect(cookie).to.match(/^suyuan=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(await authenticate(held.store, headers, now)).to.deep.equal({
      account: { name: 'grower', role: 'producer', party, via: 'session' },
    });
    const inspector = await enter('王科长', 'market at dawn');
    expect(await authenticate(held.store, inspector.headers, now)).to.deep.equal({
      account: { name: '王科长', role: 'inspector', division: '510131', via: 'session' },
    });
  });

  it('with a Secure cookie where the service is https', async () => {
    const answer = await signIn(held.store, 'grower', 'orchard and hill', ip, now, {
      ...settings,
      publicUrl: 'https://s.example',
    });
    expect('cookie' in answer && answer.cookie).to.match(/; Secure; /);
  });

  it('and a wrong password, a wrong name and a disabled account get one answer', async () => {
    await addAccount(held.store, { name: 'gone', role: 'admin', password: 'was here before' }, now);
    await disableAccount(held.store, 'gone');
    for (const [name, password] of [
      ['grower', 'orchard and hil'],
      ['nobody', 'orchard and hill'],
      ['gone', 'was here before'],
      ['', ''],
      ['x'.repeat(10_000), 'y'.repeat(10_000)],
    ] as const)
      expect(await signIn(held.store, name, password, '10.9.9.9', now, settings), name.slice(0, 9)).to.deep.equal({
        refused: 'wrong',
      });
  });

  it('and too many failures wait, even with the right password', async () => {
    await addAccount(held.store, { name: 'target', role: 'admin', password: 'right and proper' }, now);
    for (let at = 0; at < 6; at++) await signIn(held.store, 'target', 'guess number', `10.8.0.${at}`, now, settings);
    const early = await signIn(held.store, 'target', 'right and proper', ip, now, settings);
    expect(early).to.deep.equal({ refused: 'too-many', wait: 1 });
    expect(await signIn(held.store, 'target', 'right and proper', ip, now + 1000, settings)).to.have.property('cookie');
  }).timeout(60_000);

  it('and the store holds nothing that signs anybody in', async () => {
    const { headers } = await enter('grower', 'orchard and hill');
    const secret = cookieSecret(headers)!;
    const rows = [
      ...(await held.store.range('sessions', { prefix: [], limit: 100 })),
      ...(await held.store.range('accounts', { prefix: [], limit: 100 })),
    ];
    expect(JSON.stringify(rows)).to.not.contain(secret);
    expect(JSON.stringify(rows)).to.not.contain('orchard and hill');
    for (const row of rows) {
      const stolen = 'id' in row ? row.id : '';
      expect(await authenticate(held.store, { cookie: `suyuan=${stolen.slice(0, 43)}` }, now)).to.equal('nobody');
    }
  });

  it('and stay signed in while they come back, but not for ever', async () => {
    const { headers } = await enter('grower', 'orchard and hill');
    let at = now;
    for (; at < now + longestSession - 47 * hour; at += 47 * hour)
      expect(await authenticate(held.store, headers, at), `${(at - now) / hour} h`).to.have.property('account');
    expect(await authenticate(held.store, headers, now + longestSession)).to.equal('nobody');

    const idle = await enter('grower', 'orchard and hill');
    expect(await authenticate(held.store, idle.headers, now + 48 * hour)).to.equal('nobody');
  });

  it('and sign out', async () => {
    const { headers } = await enter('grower', 'orchard and hill');
    expect(await authenticate(held.store, headers, now)).to.have.property('account');
    expect(await signOut(held.store, cookieSecret(headers), settings)).to.match(/^suyuan=; .*Max-Age=0$/);
    expect(await authenticate(held.store, headers, now)).to.equal('nobody');
  });

  it('and a new password ends every session but the one that set it', async () => {
    await addAccount(held.store, { name: 'mover', role: 'producer', party, password: 'first of them' }, now);
    const phone = await enter('mover', 'first of them');
    const desk = await enter('mover', 'first of them');
    const to = (old: string, next: string) => changePassword(held.store, 'mover', { old, new: next }, ip, now, settings);
    expect(await to('not that one', 'second of them')).to.deep.equal({ refused: 'wrong' });
    expect(await to('first of them', 'short')).to.have.property('weak');
    expect(await authenticate(held.store, phone.headers, now)).to.have.property('account');
    const answer = await to('first of them', 'second of them');
    expect(await authenticate(held.store, phone.headers, now)).to.equal('nobody');
    expect(await authenticate(held.store, desk.headers, now)).to.equal('nobody');
    const cookie = 'cookie' in answer ? answer.cookie.split(';')[0]! : '';
    expect(await authenticate(held.store, { cookie }, now)).to.have.property('account');
    expect(await signIn(held.store, 'mover', 'first of them', ip, now, settings)).to.deep.equal({ refused: 'wrong' });
  });

  it('and a disabled account is out at once, and back when it is enabled', async () => {
    await addAccount(held.store, { name: 'pause', role: 'admin', password: 'a short break' }, now);
    const { headers } = await enter('pause', 'a short break');
    expect(await authenticate(held.store, headers, now)).to.have.property('account');
    expect(await disableAccount(held.store, 'Pause')).to.equal(true);
    expect(await authenticate(held.store, headers, now)).to.equal('nobody');
    await disableAccount(held.store, 'pause', false);
    await enter('pause', 'a short break');
    expect(await authenticate(held.store, headers, now)).to.equal('nobody');
    expect(await disableAccount(held.store, 'nobody')).to.equal(false);
    expect(await setPassword(held.store, 'nobody', 'anything at all')).to.equal(false);
  });

  it('and a busy session costs no read', async () => {
    const { headers } = await enter('grower', 'orchard and hill');
    const watched = counted(held.store);
    await authenticate(watched.store, headers, now);
    const first = watched.calls();
    for (let at = 0; at < 50; at++) await authenticate(watched.store, headers, now + at);
    expect(watched.calls()).to.equal(first);
  });

  it('and a malformed cookie is nobody', async () => {
    for (const cookie of [
      '',
      'suyuan=',
      'suyuan=%00',
      `suyuan=${'a'.repeat(44)}`,
      `xsuyuan=${'a'.repeat(43)}`,
      'suyuan=../../x; a=b',
    ])
      expect(await authenticate(held.store, { cookie }, now), cookie).to.equal('nobody');
  });
});

describe('accounts', () => {
  const held = freshStore();
  const faults = async (draft: object) => {
    const base = { name: 'somebody', role: 'producer', party, password: 'long enough it is' };
    const answer = await addAccount(held.store, { ...base, ...draft }, now);
    return 'faults' in answer ? answer.faults.map((each) => each.pointer) : [];
  };

  it('say everything that is wrong with them', async () => {
    expect(await faults({ name: '<b>', role: 'king', password: 'x' })).to.deep.equal(['/name', '/role', '/password']);
    expect(await faults({ party: undefined })).to.deep.equal(['/party']);
    expect(await faults({ party: 'javascript:alert(1)' })).to.deep.equal(['/party']);
    expect(await faults({ role: 'admin' })).to.deep.equal(['/party']);
    expect(await faults({ role: 'inspector', party: undefined })).to.deep.equal(['/division']);
    expect(await faults({ division: '510131' })).to.deep.equal(['/division']);
    expect(await faults({ name: 'a'.repeat(65) })).to.deep.equal(['/name']);
  });

  it('have one name each, however it is written', async () => {
    expect(await faults({ name: 'Li.Na' })).to.deep.equal([]);
    expect(await faults({ name: ' ｌi.na' })).to.deep.equal(['/name']);
    const both = await Promise.all([faults({ name: 'twin' }), faults({ name: 'TWIN' })]);
    expect(both.flat()).to.deep.equal(['/name']);
    expect(await findAccount(held.store, 'LI.NA')).to.include({ name: 'li.na', role: 'producer', version: 1 });
  });

  it('are listed by name and by party, page by page', async () => {
    const other = 'https://id.gs1.org/417/9520123456788';
    await faults({ name: 'zoe', party: other });
    const names = async (...args: Parameters<typeof listAccounts> extends [unknown, ...infer R] ? R : never) =>
      (await listAccounts(held.store, ...args)).map((each) => each.name);
    expect(await names(10)).to.deep.equal(['li.na', 'twin', 'zoe']);
    expect(await names(10, { after: 'li.na' })).to.deep.equal(['twin', 'zoe']);
    expect(await names(10, { party: other })).to.deep.equal(['zoe']);
    expect(await names(1, { party, after: 'li.na' })).to.deep.equal(['twin']);
  });
});
