import { expect } from 'chai';
import { addressGroup, clearTry, countTry, patience, waitAfter } from '../../src/accounts/throttle.js';
import { freshStore } from './store.js';

const start = Date.UTC(2026, 9, 1);

describe('failed sign-ins', () => {
  const held = freshStore();

  it('cost no wait at first, then a second, doubled up to the longest', () => {
    const waits = [1, 5, 6, 7, 8, 11, 12, 500].map((failed) => waitAfter(failed, patience.name));
    expect(waits).to.deep.equal([0, 0, 1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it('slow one name down from whatever address they come', async () => {
    const waits: number[] = [];
    for (let at = 0; at < 8; at++) waits.push(await countTry(held.store, 'li', `10.0.0.${at}`, start));
    expect(waits).to.deep.equal([0, 0, 0, 0, 0, 0, 1000, 1000]);
    expect(await countTry(held.store, 'li', '10.0.0.9', start + 1000)).to.equal(0);
    expect(await countTry(held.store, 'li', '10.0.0.9', start + 1000)).to.equal(2000);
    expect(await countTry(held.store, 'wang', '10.0.0.9', start + 1000)).to.equal(0);
  });

  it('slow one address down whatever names it tries', async () => {
    const waits = [];
    for (let at = 0; at < 23; at++) waits.push(await countTry(held.store, `name-${at}`, '10.1.0.1', start));
    expect(waits.filter((wait) => wait > 0)).to.have.length(2);
    expect(await countTry(held.store, 'anyone', '10.1.0.2', start)).to.equal(0);
  });

  it('are counted before the password is looked at, so that many at once do not pass together', async () => {
    const tries = Array.from({ length: 30 }, () => countTry(held.store, 'zhao', '10.2.0.1', start));
    const passed = (await Promise.all(tries)).filter((wait) => wait === 0);
    expect(passed).to.have.length(patience.name.free + 1);
  });

  it('are forgotten after a success, and after a day', async () => {
    for (let at = 0; at < 7; at++) await countTry(held.store, 'qian', '10.3.0.1', start);
    expect(await countTry(held.store, 'qian', '10.3.0.1', start)).to.be.greaterThan(0);
    await clearTry(held.store, 'qian', '10.3.0.1', start);
    expect(await countTry(held.store, 'qian', '10.3.0.1', start)).to.equal(0);
    for (let at = 0; at < 9; at++) await countTry(held.store, 'qian', '10.3.0.1', start);
    expect(await countTry(held.store, 'qian', '10.3.0.1', start + 25 * 3_600_000)).to.equal(0);
  });

  it('leave neither names nor addresses in the store, and are swept', async () => {
    const rows = await held.store.range('failures', { prefix: [], limit: 1000 });
    expect(rows.length).to.be.greaterThan(10);
    expect(JSON.stringify(rows)).to.not.match(/10\.\d\.0\.|qian|zhao/);
    await held.store.expire('failures', start + 72 * 3_600_000);
    expect(await held.store.range('failures', { prefix: [], limit: 10 })).to.deep.equal([]);
  });

  it('take the 64 bits of an IPv6 network for one address', () => {
    expect(addressGroup('2001:db8:0:7::1')).to.equal(addressGroup('2001:0DB8::7:aaaa:bbbb:cccc:dddd'));
    expect(addressGroup('2001:db8:0:7::1')).to.not.equal(addressGroup('2001:db8:0:8::1'));
    expect(addressGroup('::1')).to.equal('0:0:0:0');
    expect(addressGroup('::ffff:10.0.0.1')).to.equal('10.0.0.1');
  });
});
