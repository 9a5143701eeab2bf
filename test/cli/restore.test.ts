import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { newFolder, startServer, suyuan } from './process.js';

const fault = `UPDATE records SET body = replace(body, '"quantity":2', '"quantity":9') WHERE seq = 1`;

describe('a backup and the way back', function () {
  this.timeout(120_000);
  const folder = newFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  const run = (...args: string[]) => suyuan(args);
  after(() => folder.gone());

  let made = 0;
  /** Records so many events, each of a lot of its own. */
  const record = (data: string, count: number): void => {
    const eventList = Array.from({ length: count }, () => ({
      type: 'ObjectEvent',
      eventID: `urn:uuid:00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
      eventTime: '2026-11-01T08:00:00+08:00',
      eventTimeZoneOffset: '+08:00',
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [{ epcClass: `https://id.gs1.org/01/09520131000102/10/R${made}`, quantity: made, uom: 'KGM' }],
    }));
    const document = {
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-01T08:00:00Z',
      epcisBody: { eventList },
    };
    const context = { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'] };
    writeFileSync(at('document.json'), JSON.stringify({ ...context, ...document }));
    const done = run('import', at('document.json'), '--data', data);
    expect(done.code, done.err).to.equal(0);
  };
  const change = (data: string, sql: string): void => {
    const db = new DatabaseSync(join(data, 'store.sqlite'));
    db.exec(sql);
    db.close();
  };
  const exported = (data: string) =>
    run('export', '--data', data)
      .out.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; record: { kind: string; body: Record<string, unknown> } });
  const oneLine = (done: { code: number | null; err: string }, words: RegExp): void => {
    expect(done.code, done.err).to.equal(1);
    expect(done.err.trimEnd().split('\n'), done.err).to.have.length(1);
    expect(done.err)
      .to.match(words)
      .and.to.match(/[\u4e00-\u9fff]/);
  };

  before(() => {
    record(at('data'), 3);
    const done = run('backup', at('backup'), '--data', at('data'));
    expect(done).to.include({ code: 0, err: '' });
    expect(done.out).to.match(/逐条核对过：3 条.*checked entry by entry: 3\nroot [0-9a-f]{64}\n$/);
    record(at('data'), 2);
  });

  it('a backup is read whole before it is called one: what does not agree is named', () => {
    cpSync(at('data'), at('faulty'), { recursive: true });
    change(at('faulty'), fault);
    const done = run('backup', at('of-faulty'), '--data', at('faulty'));
    expect(done).to.include({ code: 1, out: '' });
    expect(done.err).to.match(/entry 1: the record does not have its digest[^]*is no good/);
  });

  it('a backup goes where nothing is, checked first, with its key, and is the same ledger', async () => {
    const done = run('restore', at('backup'), '--data', at('new'));
    expect(done).to.include({ code: 0, err: '' });
    expect(done.out).to.match(/ready to start: .*, 3 entries/);
    expect(exported(at('new'))).to.deep.equal(exported(at('data')).slice(0, 3));
    expect(readdirSync(at('new')).sort())
      .to.include.members(['checkpoint', 'log.key', 'store.sqlite'])
      .and.not.include('restoring');
    const server = await startServer(at('new'));
    const key = (await (await fetch(`${server.url}/log/vkey`)).text()).trim();
    oneLine(run('restore', at('backup'), '--data', at('new'), '--replace'), /in use by another process/);
    await server.stop();
    expect(run('audit', '--data', at('new'), '--key', key).code).to.equal(0);
  });

  it('a backup that does not agree with itself changes nothing', () => {
    cpSync(at('backup'), at('bad'), { recursive: true });
    change(at('bad'), fault);
    for (const data of ['untouched', 'data']) {
      const before = data === 'data' ? readFileSync(at(data, 'store.sqlite')) : undefined;
      const done = run('restore', at('bad'), '--data', at(data), '--replace', '--accept-rollback');
      expect(done.code).to.equal(1);
      expect(done.err).to.match(/entry 1: the record does not have its digest[^]*nothing was changed/);
      if (before) expect(readFileSync(at(data, 'store.sqlite')).equals(before)).to.equal(true);
      else expect(existsSync(at(data, 'store.sqlite'))).to.equal(false);
    }
    oneLine(run('restore', at('nowhere'), '--data', at('untouched')), /no data in .*nowhere/);
  });

  it('data that is there is left alone, and put aside when that is asked for', () => {
    cpSync(at('backup'), at('later'), { recursive: true });
    record(at('later'), 1);
    cpSync(at('backup'), at('there'), { recursive: true });
    oneLine(run('restore', at('later'), '--data', at('there')), /There is data in .*there already, and it was left alone/);
    expect(exported(at('there'))).to.have.length(3);
    const done = run('restore', at('later'), '--data', at('there'), '--replace');
    expect(done.code, done.err).to.equal(0);
    const [, aside = ''] = /what was there before is now in (\S+)/.exec(done.err) ?? [];
    expect(exported(at('there'))).to.have.length(4);
    expect(existsSync(join(aside, 'store.sqlite'))).to.equal(true);
    oneLine(run('restore', aside, '--data', at('there'), '--replace'), /signed up to 4 entries and has 3 now/);
  });

  it('data of another ledger is put aside with its keys', () => {
    const named = { env: { SUYUAN_LOG_ORIGIN: 'other.example/log' } };
    expect(suyuan(['user', 'add', 'a', '--role', 'admin', '--data', at('other')], named).code).to.equal(0);
    const key = readFileSync(at('other', 'log.key'), 'utf8');
    const done = run('restore', at('backup'), '--data', at('other'), '--replace');
    expect(done.code, done.err).to.equal(0);
    expect(exported(at('other'))).to.have.length(3);
    const [, aside = ''] = /what was there before is now in (\S+)/.exec(done.err) ?? [];
    expect(readFileSync(join(aside, 'log.key'), 'utf8')).to.equal(key);
    expect(readFileSync(at('other', 'log.key'), 'utf8')).to.equal(readFileSync(at('backup', 'log.key'), 'utf8'));
    expect(run('audit', '--data', at('other')).code).to.equal(0);
  });

  it('less than was signed is refused, unless that is accepted: then the ledger says so itself', async () => {
    cpSync(at('data'), at('less'), { recursive: true });
    const before = readFileSync(at('less', 'store.sqlite'));
    const refused = run('restore', at('backup'), '--data', at('less'), '--replace');
    oneLine(refused, /signed up to 5 entries and has 3 now.*suyuan restore --accept-rollback/);
    expect(readFileSync(at('less', 'store.sqlite')).equals(before), 'nothing was changed').to.equal(true);
    const note = readFileSync(at('less', 'checkpoint'), 'utf8');
    expect(run('restore', at('backup'), '--data', at('less'), '--replace', '--accept-rollback').code).to.equal(0);
    const records = exported(at('less'));
    expect(records).to.have.length(4);
    expect(records[3]?.record).to.deep.include({ kind: 'rollback', body: { checkpoint: note, signed: 5, left: 3 } });
    expect(run('audit', '--data', at('less')).code).to.equal(0);
    const server = await startServer(at('less'));
    expect(await (await fetch(`${server.url}/log/checkpoint`)).text()).to.match(/\n4\n/);
    await server.stop();
    expect(exported(at('less')), 'it is said once').to.have.length(4);
  });

  it('an old copy that was put in place by hand stops the start, and the same way leads on', () => {
    cpSync(at('data'), at('swapped'), { recursive: true });
    cpSync(at('backup', 'store.sqlite'), at('swapped', 'store.sqlite'));
    const words = /signed up to 5 entries and has 3 now.*suyuan restore --accept-rollback/;
    oneLine(run('serve', '--data', at('swapped'), '--port', '0', '--host', '127.0.0.1'), words);
    oneLine(run('restore', '--data', at('swapped')), words);
    expect(run('restore', '--data', at('swapped'), '--accept-rollback').code).to.equal(0);
    expect(exported(at('swapped')).map(({ record }) => record.kind)).to.deep.equal(['event', 'event', 'event', 'rollback']);
    expect(run('restore', '--data', at('swapped')).out).to.match(/4 entries/);
  });
});
