import { expect } from 'chai';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder, startServer, suyuan } from './process.js';

const party = 'https://id.gs1.org/417/9520123456788';

const event = (lot: string, more: object = {}) => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'storing',
  epcList: [`https://id.gs1.org/01/09520123456788/21/${lot}`],
  eventTime: '2026-01-05T08:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  ...more,
});
const document = (...eventList: object[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-05T08:00:00+08:00',
  epcisBody: { eventList },
});

for (const running of [true, false])
  describe(`suyuan import, ${running ? 'beside a running server' : 'with no server'}`, () => {
    const folder = newFolder();
    after(folder.gone);
    const file = (name: string, text: string | object) => {
      const path = join(folder.path, name);
      writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text));
      return path;
    };
    const data = join(folder.path, 'data');
    const run = (...args: string[]) => suyuan(['import', ...args, '--data', data]);
    const entries = () =>
      suyuan(['export', '--data', data])
        .out.split('\n')
        .filter((line) => line !== '');

    it('takes a document once, says what is wrong with another, and leaves nothing of it', async () => {
      const server = running ? await startServer(data) : undefined;
      const good = file('good.jsonld', document(event('A1'), event('A2')));
      const first = run(good, '--party', party);
      expect(first.code, first.err).to.equal(0);
      expect(first.out).to.match(/^记入 2，已有 0，未记 0/);
      expect(run(good, '--party', party).out).to.match(/^记入 0，已有 2，未记 0/);
      expect(entries()).to.have.length(2);
      expect(JSON.parse(entries()[0] ?? '').record).to.include({ kind: 'event', by: party });

      const bad = file('bad.jsonld', document(event('B1'), event('B2', { eventTimeZoneOffset: 'Chengdu', action: 'LOOK' })));
      const refused = run(bad);
      expect(refused.code).to.equal(1);
      expect(refused.err).to.match(/^\/epcisBody\/eventList\/1\/action: .*[\u4e00-\u9fff].* \/ /m);
      expect(refused.err).to.match(/^\/epcisBody\/eventList\/1\/eventTimeZoneOffset: /m);
      expect(refused.out).to.match(/^记入 0，已有 0，未记 2/);
      expect(entries()).to.have.length(2);

      const partly = run(bad, '--proceed');
      expect(partly).to.include({ code: 1 });
      expect(partly.out).to.match(/^记入 1，已有 0，未记 1/);
      expect(entries()).to.have.length(3);
      await server?.stop();
    });

    it('says what is no document at all', () => {
      expect(run(file('cut.json', '{"type":"EPCISDoc')).err).to.match(/不是有效的 JSON.*not valid JSON/);
      expect(run(file('proto.json', '{"__proto__":{"type":"EPCISDocument"}}')).code).to.equal(1);
      expect(run(file('other.json', '{"type":"Invoice"}')).err).to.match(/^\//m);
      expect(run(join(folder.path, 'missing.json')).err.trimEnd()).to.match(/^读不了 .*cannot be read \(ENOENT\)$/);
      expect(entries()).to.have.length(3);
    });
  });

describe('suyuan import of the published examples', () => {
  const reference = '../shared/reference/epcis/examples';
  it('takes a capture document on a ledger of its own', function () {
    if (!existsSync(reference)) {
      console.log(`      (skipped: ${reference} is not here)`);
      this.skip();
    }
    const names = [
      'Example_9.6.1-ObjectEvent.jsonld',
      'Example_9.6.3-AggregationEvent.jsonld',
      'Example_9.6.4-TransformationEvent.jsonld',
    ];
    expect(readdirSync(reference)).to.include.members(names);
    for (const name of names) {
      const folder = newFolder();
      const done = suyuan(['import', join(reference, name), '--data', join(folder.path, 'data')]);
      expect(done.code, `${name}: ${done.err}`).to.equal(0);
      expect(done.err).to.match(/新建数据文件夹/);
      expect(done.out, name).to.match(/^记入 [1-9]\d*，已有 0，未记 0/);
      folder.gone();
    }
  });
});
