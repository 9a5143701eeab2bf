import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { newFolder, root, startServer, suyuan } from './process.js';

/** One line in both languages, nothing of the program's inside, and a failure. */
function expectOneLine(done: { code: number | null; err: string }, zh: RegExp, en: RegExp): void {
  expect(done.err.trimEnd().split('\n'), done.err).to.have.length(1);
  expect(done.err).to.match(zh).and.to.match(en);
  expect(done.code).to.equal(1);
}

describe('suyuan serve', () => {
  let folder: ReturnType<typeof newFolder>;
  beforeEach(() => (folder = newFolder()));
  afterEach(() => folder.gone());

  it('starts in an empty folder, is ready, and ends cleanly when asked', async () => {
    const server = await startServer(folder.path);
    const get = async (path: string) => {
      const answer = await fetch(server.url + path);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await get('/healthz')).to.include({ status: 200 });
    expect(JSON.parse((await get('/readyz')).text)).to.deep.equal({ status: 'ready', reasons: [] });
    const metrics = await get('/metrics');
    expect(metrics.text).to.contain('suyuan_records 0').and.to.contain('route="/readyz",status="200"');
    expect(statSync(join(folder.path, 'control.sock')).mode & 0o777).to.equal(0o600);
    expect(server.out()).to.contain(server.url).and.to.contain(folder.path);
    expect(await server.stop('SIGTERM')).to.deep.equal({ code: 0, signal: null });
    expect(existsSync(join(folder.path, 'control.sock'))).to.equal(false);
    expect(server.out()).to.not.contain('127.0.0.1","');
  });

  it('ends cleanly on Ctrl-C too, with a browser still connected', async () => {
    const server = await startServer(folder.path);
    await (await fetch(`${server.url}/healthz`)).text();
    const began = Date.now();
    expect(await server.stop('SIGINT')).to.deep.equal({ code: 0, signal: null });
    expect(Date.now() - began).to.be.lessThan(5000);
  });

  it('makes no account and no demo data unless told to', async () => {
    const server = await startServer(folder.path, ['--demo', '--empty']);
    expect(suyuan(['user', 'list', '--data', folder.path]).out).to.equal('');
    expect(existsSync(join(folder.path, 'demo.json'))).to.equal(false);
    await server.stop();
  });

  it('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const done = suyuan(['serve', '--data', folder.path, '--host', '127.0.0.1', '--port', String(port)]);
    other.close();
    expectOneLine(done, new RegExp(`端口 ${port} 已被占用`), new RegExp(`Port ${port} is in use`));
  });

  it('says that another server has the data', async () => {
    const server = await startServer(folder.path);
    const done = suyuan(['serve', '--data', folder.path, '--host', '127.0.0.1', '--port', '0']);
    expectOneLine(done, /正被另一个进程使用/, /in use by another process/);
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
    expect(suyuan(['user', 'list', '--data', folder.path]).code).to.equal(0);
    await server.stop();
  });

  it('says that the folder cannot be written', () => {
    writeFileSync(join(folder.path, 'file'), '');
    const done = suyuan(['serve', '--data', join(folder.path, 'file', 'data'), '--port', '0']);
    expectOneLine(done, /无法写入/, /cannot be written/);
  });

  it('says that a newer version wrote the data', async () => {
    await (await openSqlite(folder.path)).close();
    const db = new DatabaseSync(databaseFile(folder.path));
    db.exec('UPDATE _shape SET version = version + 1');
    db.close();
    expectOneLine(suyuan(['serve', '--data', folder.path, '--port', '0']), /更新的版本/, /newer version/);
  });

  it('says that the data is not its own', () => {
    writeFileSync(databaseFile(folder.path), 'a shopping list, rather long, so that it cannot be taken for an empty file');
    expectOneLine(suyuan(['serve', '--data', folder.path, '--port', '0']), /已损坏/, /damaged or not ours/);
  });

  it('says every setting that is wrong', () => {
    const done = suyuan(['serve', '--port', 'x', '--data', folder.path], { env: { SUYUAN_QUEUE_LIMIT: '-1' } });
    expect(done.code).to.equal(1);
    expect(done.err.trimEnd().split('\n')).to.have.length(2);
    expect(done.err)
      .to.match(/--port 必须是/)
      .and.to.match(/SUYUAN_QUEUE_LIMIT must be/);
  });

  it('explains itself in both languages', () => {
    const { code, out } = suyuan(['serve', '--help']);
    expect(code).to.equal(0);
    expect(out)
      .to.contain('--public-url')
      .and.to.contain('SUYUAN_PUBLIC_URL')
      .and.to.match(/监听的端口/)
      .and.to.match(/port to listen on/);
    for (const command of [[], ['user'], ['user', 'add'], ['key', 'create'], ['backup']]) {
      const help = suyuan([...command, '--help']);
      expect(help.code, command.join(' ')).to.equal(0);
      expect(help.out).to.match(/[\u4e00-\u9fff]/);
    }
  });
});

describe('npm start on an old Node', () => {
  it('says so, and which one is needed', () => {
    const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.1' } })";
    const args = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, join(root, 'scripts/start.mjs')];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(done.status).to.equal(1);
    expect(done.stderr)
      .to.match(/需要 Node\.js 20\.19/)
      .and.to.match(/20\.19 or newer is needed; this is 18\.20\.1/);
    expect(done.stdout).to.equal('');
  });
});
