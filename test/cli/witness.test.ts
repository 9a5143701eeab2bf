import { createServer } from 'node:http';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { newFolder, startServer, suyuan, type Server } from './process.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const get = async (server: Server, path: string): Promise<string> => {
  const response = await fetch(server.url + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};

/** One of the two: its folder, where it listens, and what starts it. */
class House {
  readonly folder = newFolder();
  server: Server | undefined;
  secret = '';
  constructor(
    readonly origin: string,
    readonly port: number,
  ) {}
  get running(): Server {
    if (!this.server) throw new Error('it does not run');
    return this.server;
  }
  async start(...more: string[]): Promise<void> {
    const place = ['--empty', '--log-origin', this.origin, '--port', String(this.port)];
    this.server = await startServer(this.folder.path, [...place, ...more]);
  }
  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.server?.stop(signal);
    this.server = undefined;
  }
  async record(): Promise<void> {
    this.secret ||= /: (\S+)\n$/.exec(suyuan(['key', 'create', '--role', 'admin', '--data', this.folder.path]).out)?.[1] ?? '';
    const response = await fetch(`${this.running.url}/api/parties`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'organisation', name: { zh: '果园' }, division: '510131' }),
    });
    expect(response.status, await response.text()).to.equal(201);
  }
}

async function until<T>(what: string, work: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 150; n++) {
    const done = await work();
    if (done !== undefined) return done;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it never came: ${what}`);
}

describe('two servers that witness each other', () => {
  let a: House;
  let b: House;
  before(async () => {
    a = new House('a.test/log', await freePort());
    b = new House('b.test/log', await freePort());
  });
  after(async () => {
    for (const house of [a, b]) {
      await house.stop();
      house.folder.gone();
    }
  });

  it('cosign each other, go on while one is away, follow a change of the key, and verify offline', async function () {
    this.timeout(120_000);
    const vkeys: string[] = [];
    for (const house of [a, b]) {
      await house.start();
      vkeys.push((await get(house.running, '/log/vkey')).trim());
      await house.stop();
    }
    const [keyA = '', keyB = ''] = vkeys;
    await a.start('--witness-logs', keyB);
    await b.start('--witness-logs', keyA);
    const [witnessA, witnessB] = [await get(a.running, '/witness/vkey'), await get(b.running, '/witness/vkey')].map((vkey) =>
      vkey.trim(),
    );
    await a.stop();
    await b.stop();
    const settingsOf = (other: House, log: string, witness = '') => [
      '--witness-logs',
      log,
      '--witnesses',
      `http://127.0.0.1:${other.port}/witness ${witness}`,
    ];
    const startA = () => a.start(...settingsOf(b, keyB, witnessB));
    const startB = () => b.start(...settingsOf(a, keyA, witnessA));
    await startA();
    await startB();

    const cosigned = (house: House, name: string, size: number) =>
      until(`${name} over ${size} of ${house.origin}`, async () => {
        const note = await get(house.running, '/log/checkpoint');
        return note.includes(`\n— ${name} `) && note.split('\n')[1] === String(size) ? note : undefined;
      });
    for (const house of [a, b]) for (let n = 0; n < 3; n++) await house.record();
    await cosigned(a, 'b.test/witness', 3);
    await cosigned(b, 'a.test/witness', 3);

    const file = join(a.folder.path, 'receipt');
    writeFileSync(file, await get(a.running, '/log/receipt/1'));
    const verify = (...more: string[]) => suyuan(['verify', file, ...more]);
    const held = verify('--key', keyA, '--witness', witnessB ?? '', '--quorum', '1');
    expect([held.code, held.out]).to.deep.equal([0, held.out]);
    expect(held.out).to.match(/cosigned by b\.test\/witness/);
    expect(verify('--key', keyA, '--witness', witnessA ?? '').code).to.equal(1);
    const two = verify('--key', keyA, '--witness', witnessA ?? '', witnessB ?? '');
    expect([two.code, two.err]).to.deep.equal([1, two.err]);
    expect(two.err).to.match(/too few cosignatures \(1\/2\)/);
    expect(verify('--key', keyA, '--witness', witnessA ?? '', witnessB ?? '', '--quorum', '1').code).to.equal(0);
    for (const wrong of [
      ['--quorum', '1'],
      ['--quorum', '0', '--witness', witnessB ?? ''],
      ['--quorum', '2', '--witness', witnessB ?? ''],
    ])
      expect(verify('--key', keyA, ...wrong).code, wrong.join(' ')).to.equal(1);

    await b.stop('SIGKILL');
    for (let n = 0; n < 3; n++) await a.record();
    expect((await get(a.running, '/log/checkpoint')).split('\n')[1]).to.equal('3');
    expect((await get(a.running, '/log/receipt/5')).split('\n\n')[1]?.split('\n')[1]).to.equal('6');

    const rotated = suyuan(['log', 'rotate-key', '--overlap-days', '7', '--data', a.folder.path]);
    expect([rotated.code, rotated.err]).to.deep.equal([0, '']);
    expect(rotated.out)
      .to.match(/recorded as entry.*: 6\n/)
      .and.to.match(/log\.key\n/);
    const now = (await get(a.running, '/log/vkey')).trim();
    expect(now).to.not.equal(keyA);
    expect(rotated.out).to.include(now).and.to.include(keyA);

    await startB();
    const note = await cosigned(a, 'b.test/witness', 7);
    expect(note.split('\n').filter((line) => line.startsWith('— a.test/log '))).to.have.length(2);
    writeFileSync(file, await get(a.running, '/log/receipt/6'));
    const keys = join(a.folder.path, 'keys');
    writeFileSync(keys, await get(a.running, '/log/keys'));
    expect(verify('--key', keyA, '--witness', witnessB ?? '').code).to.equal(0);
    expect(verify('--key', keyA, '--keys', keys, '--witness', witnessB ?? '').code).to.equal(0);
    expect(verify('--key', now, '--keys', keys).code).to.equal(0);
    expect(verify('--key', keyB, '--keys', keys).code).to.equal(1);
    expect(verify('--keys', keys).code).to.equal(1);

    const audited = suyuan(['audit', '--data', a.folder.path]);
    expect([audited.code, audited.err]).to.deep.equal([0, '']);
    expect(audited.out).to.match(/7 entries.*3 checkpoints/);
    const copy = join(a.folder.path, 'copy');
    expect(suyuan(['backup', copy, '--data', a.folder.path]).code).to.equal(0);
    const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.key'));
    // A copy of a witness must not cosign beside it: it would not know what the other did.
    expect(files(copy))
      .to.have.members(files(a.folder.path).filter((name) => name !== 'witness.key'))
      .and.to.have.length(2);
    await a.stop();
    await b.stop();
    expect(readFileSync(join(a.folder.path, 'checkpoint'), 'utf8').split('\n')[1]).to.equal('7');
    for (const name of readdirSync(a.folder.path)) if (name.startsWith('store.')) rmSync(join(a.folder.path, name));
    const restored = suyuan(['restore', copy, '--data', a.folder.path]);
    expect([restored.code, restored.err]).to.deep.equal([0, '']);
    expect(readdirSync(a.folder.path)).to.include('witness.key.retired').and.to.not.include('witness.key');
  });
});
