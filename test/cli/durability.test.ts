import { expect } from 'chai';
import { newFolder, startServer, suyuan, type Server } from './process.js';

/** What a server says of a place that it recorded. */
interface Recorded {
  readonly id: string;
  readonly entry: number;
}

const party = 'urn:suyuan:party:7d1c5a30-3b0c-4a7e-9b1f-0c3f4c1d2e5a';

/** Records one place after another until the server is gone; puts those that were acknowledged into the list. */
async function recordPlaces(server: Server, key: string, name: string, acknowledged: Recorded[]): Promise<void> {
  try {
    for (let n = 0; ; n++) {
      const body = JSON.stringify({ name: { zh: `${name}${n}` }, kind: 'plot', division: '510131' });
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/api/places`, { method: 'POST', headers, body });
      const text = await answer.text();
      if (answer.status === 503) return;
      if (answer.status !== 201) throw new Error(`${answer.status} ${text}`);
      acknowledged.push(JSON.parse(text) as Recorded);
    }
  } catch (error) {
    // The connection broke: the one that was on its way may or may not be there.
    if (error instanceof TypeError) return;
    throw error;
  }
}

const records = (folder: string) =>
  suyuan(['export', '--data', folder])
    .out.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { seq: number; entry: { time: number }; record: { id: string } });

describe('what was acknowledged', () => {
  for (const signal of ['SIGKILL', 'SIGTERM'] as const)
    it(`is there after ${signal} in the middle of writes, once and in its place`, async () => {
      const folder = newFolder();
      let server = await startServer(folder.path);
      const made = suyuan(['key', 'create', '--role', 'producer', '--party', party, '--data', folder.path]).out;
      const key = /sy1\.\S+/.exec(made)?.[0] ?? '';
      const before: Recorded[] = [];
      for (let round = 0; round < 3; round++) {
        const acknowledged: Recorded[] = [];
        const writers = Array.from({ length: 8 }, (_, n) => recordPlaces(server, key, `${round}-${n}-`, acknowledged));
        // In the middle of writes, however slow the machine is.
        for (const start = Date.now(); acknowledged.length < 40 + 7 * round && Date.now() - start < 20_000; )
          await new Promise((resolve) => setTimeout(resolve, 10));
        const ended = await server.stop(signal);
        expect(ended).to.deep.equal(signal === 'SIGKILL' ? { code: null, signal } : { code: 0, signal: null });
        await Promise.all(writers);
        expect(acknowledged.length).to.be.at.least(40);
        before.push(...acknowledged);
        server = await startServer(folder.path);
      }
      const found = records(folder.path);
      expect(found.map(({ seq }) => seq)).to.deep.equal(found.map((_, n) => n));
      for (const { id, entry } of before) expect(found[entry]?.record.id, `entry ${entry}`).to.equal(id);
      expect(new Set(found.map(({ record }) => record.id)).size).to.equal(found.length);
      const times = found.map(({ entry }) => entry.time);
      expect(times).to.deep.equal([...times].sort((a, b) => a - b));
      // What is on its way when the process dies may be kept as well: at most one for each writer and round.
      expect(found.length - before.length).to.be.within(0, signal === 'SIGKILL' ? 24 : 0);
      await server.stop();
      folder.gone();
    }).timeout(60_000);

  it('is answered the same after a stop and a start', async () => {
    const folder = newFolder();
    const first = await startServer(folder.path);
    const made = suyuan(['key', 'create', '--role', 'producer', '--party', party, '--data', folder.path]).out;
    const headers = { authorization: `Bearer ${/sy1\.\S+/.exec(made)?.[0]}`, 'content-type': 'application/json' };
    for (const zh of ['老井坝', '长秋山', '复兴乡'])
      await fetch(`${first.url}/api/places`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ name: { zh }, kind: 'plot', division: '510131' }),
      });
    const answer = async (server: Server) => (await fetch(`${server.url}/api/places`, { headers })).text();
    const told = await answer(first);
    expect(told).to.contain('老井坝').and.to.contain('长秋山').and.to.contain('复兴乡');
    await first.stop();
    const second = await startServer(folder.path);
    expect(await answer(second)).to.equal(told);
    await second.stop();
    folder.gone();
  });
});
