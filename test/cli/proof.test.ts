import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { newFolder, startServer, suyuan } from './process.js';

describe('proofs by the command line', function () {
  this.timeout(120_000);
  const folder = newFolder();
  const at = (name: string) => join(folder.path, name);
  let vkey: string;
  let stop: (() => Promise<unknown>) | undefined;

  before(async () => {
    const server = await startServer(at('data'), ['--demo']);
    stop = () => server.stop();
    const home = await (await fetch(server.url)).text();
    const lot = /href="(\/01\/\d{14}\/10\/[^"?]+)"/.exec(home)?.[1] ?? '';
    vkey = (await (await fetch(`${server.url}/log/vkey`)).text()).trim();
    for (const [name, path] of [
      ['receipt', '/log/receipt/3'],
      ['lot.json', `/api/items${lot}?view=proof`],
    ] as const) {
      const answer = await fetch(server.url + path);
      expect(answer.status, path).to.equal(200);
      writeFileSync(at(name), await answer.text());
    }
    await server.stop();
  });
  after(async () => {
    await stop?.();
    folder.gone();
  });

  it('are checked without the server: 0 holds, 1 does not, 2 no key', () => {
    for (const name of ['receipt', 'lot.json']) {
      expect(suyuan(['verify', at(name), '--key', vkey])).to.include({ code: 0, err: '' });
      expect(suyuan(['verify', at(name)])).to.include({ code: 2, out: '' });
      const text = readFileSync(at(name), 'utf8');
      writeFileSync(
        at('wrong'),
        text.replace(/index 3|"n":\d+/, (number) => number.replace(/\d+/, '2')),
      );
      expect(suyuan(['verify', at('wrong'), '--key', vkey]).code).to.equal(1);
    }
    const missing = suyuan(['verify', at('nothing'), '--key', vkey]);
    expect(missing.code).to.equal(1);
    expect(missing.err).to.match(/读不到文件.*cannot be read\n$/);
  });

  it('are made anew from the data by an audit, which says where something was changed', async () => {
    const whole = suyuan(['audit', '--data', at('data'), '--key', vkey]);
    expect(whole).to.include({ code: 0, err: '' });
    expect(whole.out).to.match(/全部对得上.*all agrees: \d+ entries/);
    const { DatabaseSync } = await import('@photostructure/sqlite');
    const db = new DatabaseSync(join(at('data'), 'store.sqlite'));
    db.exec(
      `UPDATE records SET body = replace(body, 'ObjectEvent', 'Objectevent') WHERE seq = (SELECT min(seq) FROM records WHERE kind = 'event')`,
    );
    db.close();
    const changed = suyuan(['audit', '--data', at('data')]);
    expect(changed.code).to.equal(1);
    expect(changed.err).to.match(/^entry \d+：记录与摘要不符 \/ entry \d+: the record does not have its digest/);
  });

  it('go on after a restored backup only when the loss is accepted', async () => {
    const server = await startServer(at('second'));
    expect(suyuan(['backup', at('copy'), '--data', at('second')]).code).to.equal(0);
    await server.stop();
    const restored = suyuan(['restore', at('copy'), '--data', at('third')]);
    expect(restored).to.include({ code: 0, err: '' });
    // The folder knows of more than the backup has.
    writeFileSync(join(at('third'), 'checkpoint'), readFileSync(join(at('data'), 'checkpoint')));
    rmSync(join(at('third'), 'store.sqlite'));
    const refused = suyuan(['restore', at('copy'), '--data', at('third')]);
    expect(refused.code).to.equal(1);
    expect(refused.err.trimEnd().split('\n')).to.have.length(1);
  });
});
