import { expect } from 'chai';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { askServer, controlPath, listenControl } from '../../src/control.js';
import { newFolder } from './process.js';

const echo = (request: object) => Promise.resolve({ heard: request });

describe('the control socket', () => {
  const folder = newFolder();
  after(folder.gone);

  it('carries a request and its answer, large ones too, for the owner alone', async () => {
    const control = await listenControl(folder.path, echo);
    const large = { document: '溯'.repeat(2_000_000) };
    expect(await askServer(folder.path, large)).to.deep.equal({ heard: large });
    expect(statSync(controlPath(folder.path)).mode & 0o777).to.equal(0o600);
    await control.close();
    expect(await askServer(folder.path, {})).to.equal(undefined);
  });

  it('takes over from a server that died and left its socket behind', async () => {
    const left = createServer().listen(controlPath(folder.path));
    await new Promise((resolve) => left.once('listening', resolve));
    // Closing removes the path; a process that is killed leaves it.
    await new Promise((resolve) => left.close(resolve));
    writeFileSync(controlPath(folder.path), '');
    expect(await askServer(folder.path, {}).catch((error: NodeJS.ErrnoException) => error.code)).to.be.oneOf([
      undefined,
      'ENOTSOCK',
    ]);
    const control = await listenControl(folder.path, echo);
    expect(await askServer(folder.path, { a: 1 })).to.deep.equal({ heard: { a: 1 } });
    await control.close();
  });

  it('outlives rubbish, and closes with somebody still connected', async () => {
    const control = await listenControl(folder.path, echo);
    const rubbish = connect(controlPath(folder.path));
    rubbish.on('error', () => undefined).end('{{{');
    await new Promise((resolve) => rubbish.once('close', resolve));
    const silent = connect(controlPath(folder.path));
    await new Promise((resolve) => silent.once('connect', resolve));
    expect(await askServer(folder.path, { still: 'here' })).to.deep.equal({ heard: { still: 'here' } });
    await control.close();
    silent.destroy();
  });

  it('lies elsewhere when the folder has a name too long for a socket', async () => {
    const long = join(folder.path, 'a'.repeat(120));
    mkdirSync(long);
    const path = controlPath(long);
    expect(Buffer.byteLength(path)).to.be.lessThan(104);
    expect(path).to.not.equal(controlPath(`${long}b`));
    const control = await listenControl(long, echo);
    expect(await askServer(long, { far: true })).to.deep.equal({ heard: { far: true } });
    await control.close();
    rmSync(long, { recursive: true });
  });
});
