import { expect } from 'chai';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import readQr from 'jsqr';
import type { DemoSheet } from '../../src/cli/demo.js';
import { terminalQr } from '../../src/cli/terminalQr.js';
import { newFolder, startServer, suyuan } from './process.js';

/** Reads a code of half blocks back, as a phone would: four pixels a module, the blocks light. */
function readBlocks(lines: readonly string[]): string | undefined {
  const scale = 4;
  const rows = lines.flatMap((line) => ['█▀', '█▄'].map((lit) => [...line].map((block) => lit.includes(block))));
  const width = (rows[0]?.length ?? 0) * scale;
  const pixels = new Uint8ClampedArray(width * rows.length * scale * 4);
  for (let y = 0; y < rows.length * scale; y++)
    for (let x = 0; x < width; x++)
      pixels.fill(rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return readQr.default(pixels, width, rows.length * scale)?.data;
}

describe('a code in the terminal', () => {
  it('can be read', () => {
    for (const text of ['http://192.168.1.20:3000/01/09520123456788/10/ABC', `https://a.example/${'x'.repeat(150)}`])
      expect(readBlocks(terminalQr(text, false)), text).to.equal(text);
  });

  it('is black on white where there are colours', () => {
    for (const line of terminalQr('x', true))
      expect(line.startsWith('\u001b[97;40m') && line.endsWith('\u001b[0m')).to.equal(true);
  });
});

describe('the first start with demo data', () => {
  const folder = newFolder();
  after(folder.gone);

  it('tells the stories, their codes and three sign-ins, and the same again on the next start', async () => {
    const first = await startServer(folder.path, ['--demo']);
    const file = join(folder.path, 'demo.json');
    const sheet = JSON.parse(readFileSync(file, 'utf8')) as DemoSheet;
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(sheet.scans).to.have.length(3);
    for (const { title, path } of sheet.scans) {
      expect(first.out())
        .to.contain(title.zh)
        .and.to.contain(first.url + path);
      const lines = first.out().split('\n');
      const start = lines.indexOf(first.url + path) + 1;
      const end = lines.findIndex((line, at) => at >= start && !/^[█▀▄ ]+$/.test(line));
      expect(readBlocks(lines.slice(start, end))).to.equal(first.url + path);
    }
    const told = sheet.signIns.filter(({ name, password }) => first.out().includes(`${name} `) && first.out().includes(password));
    expect(told.map(({ as }) => as).sort()).to.deep.equal(['admin', 'inspector', 'producer']);
    expect(new Set(sheet.signIns.map(({ password }) => password)).size).to.equal(sheet.signIns.length);
    const records = suyuan(['export', '--data', folder.path]).out;
    expect(records.split('\n').length).to.be.greaterThan(100);
    await first.stop();

    const second = await startServer(folder.path, ['--demo']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(sheet);
    expect(suyuan(['export', '--data', folder.path]).out).to.equal(records);
    for (const { password } of told) expect(second.out()).to.contain(password);
    await second.stop();
  });

  it('signs each of them in', async () => {
    const server = await startServer(folder.path, ['--demo']);
    const { signIns } = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8')) as DemoSheet;
    for (const { name, password, as } of signIns.filter(({ as }, at, all) => all.findIndex((each) => each.as === as) === at)) {
      const body = new URLSearchParams({ name, password });
      const answer = await fetch(`${server.url}/signin`, { method: 'POST', body, redirect: 'manual' });
      expect(answer.status, as).to.equal(303);
      expect(answer.headers.get('set-cookie'), as).to.match(/^suyuan=[\w-]{43}; .*HttpOnly/);
    }
    await server.stop();
  });

  it('is not for a ledger with other records in it, nor for one that is in use', async () => {
    const other = newFolder();
    const server = await startServer(other.path);
    expect(suyuan(['demo', '--data', other.path]).err).to.match(/正被另一个进程使用/);
    const made = suyuan(['key', 'create', '--role', 'producer', '--party', 'urn:suyuan:party:a', '--data', other.path]).out;
    const headers = { authorization: `Bearer ${/sy1\.\S+/.exec(made)?.[0]}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: { zh: '老井坝' }, kind: 'plot', division: '510131' });
    expect((await fetch(`${server.url}/api/places`, { method: 'POST', headers, body })).status).to.equal(201);
    await server.stop();
    const done = suyuan(['demo', '--data', other.path]);
    expect(done.code).to.equal(1);
    expect(done.err.trimEnd()).to.match(/^.*里已有数据.*empty ledger only$/);
    const serving = await startServer(other.path, ['--demo']);
    expect(serving.out()).to.not.contain('demo sign-ins');
    await serving.stop();
    expect(suyuan(['export', '--data', other.path]).out.trimEnd().split('\n')).to.have.length(1);
    other.gone();
  });

  it('goes into an empty ledger by a command too', () => {
    const empty = newFolder();
    const { code, out } = suyuan(['demo', '--data', empty.path]);
    expect(code).to.equal(0);
    expect(out).to.match(/qingshiba {2,}([a-z0-9]{4}-){3}[a-z0-9]{4}/);
    empty.gone();
  });
});
