import { once } from 'node:events';
import { cp, rm, stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { VersionConflict, type Store } from '../../src/store/port.js';
import { cosignatureTime, OtherLog } from '../support/otherLog.js';
import { noon, openService, type Service } from '../support/service.js';

const logs = (...all: OtherLog[]) => ({ witnessLogs: all.map(({ vkey }) => readVkey(sha256, vkey)) });

describe('we as a witness', () => {
  let service: Service;
  let log: OtherLog;
  let vkey: string;
  const add = (body: string, type = 'text/plain') => {
    const request = service.anyone.post('/witness/add-checkpoint');
    return type === undefined
      ? request.set('content-type', 'text/plain').send(body)
      : request.set('content-type', type).send(body);
  };
  beforeEach(async () => {
    log = new OtherLog('orchard.test/log').grow(5);
    service = await openService({ config: logs(log) });
    vkey = (await service.anyone.get('/witness/vkey').expect(200)).text;
  });
  afterEach(() => service.close());

  it('cosign the first checkpoint of a log and each that continues it, with the time', async () => {
    expect((await stat(`${service.folder}/witness.key`)).mode & 0o777).to.equal(0o600);
    expect(vkey).to.match(/^suyuan\.test\/witness\+/);
    for (const [old, size] of [[0, 3], [3, 3], [3, 4], [4, 5]] as const) {
      service.now += 1000;
      const { text, headers } = await add(log.request(old, size)).expect(200);
      expect(headers['content-type']).to.equal('text/plain; charset=utf-8');
      expect(cosignatureTime(vkey, log.text(size), text)).to.equal(Math.floor(service.now / 1000));
    }
  }); // prettier-ignore

  it('take a tree of any size, one without entries too, and let no time go back', async () => {
    await add(log.request(0, 0)).expect(200);
    await add(log.request(0, 5)).expect(200);
    service.now = noon - 10_000;
    log.grow(700);
    const { text } = await add(log.request(5)).expect(200);
    expect(cosignatureTime(vkey, log.text(), text)).to.equal(noon / 1000);
  });

  it('answer 409 with the size that was cosigned when the log thinks of another', async () => {
    const told = async (old: number, size: number, known: number) => {
      const { headers, text } = await add(log.request(old, size)).expect(409);
      expect([headers['content-type'], text]).to.deep.equal(['text/x.tlog.size', `${known}\n`]);
    };
    await told(2, 5, 0);
    await add(log.request(0, 4)).expect(200);
    await told(0, 5, 4);
    await told(3, 5, 4);
    await told(5, 5, 4);
    await told(0, 3, 4);
  });

  it('answer 422 to a proof that does not hold, and sign nothing', async () => {
    await add(log.request(0, 3)).expect(200);
    const right = log.request(3, 5);
    const [, first = ''] = right.split('\n');
    for (const wrong of [
      right.replace(`${first}\n`, ''),
      right.replace(first, Buffer.alloc(32, 1).toString('base64')),
      right.replace('\n\n', `\n${first}\n\n`),
      log.request(3, 3).replace('old 3\n', `old 3\n${first}\n`),
    ])
      expect((await add(wrong)).status, wrong).to.equal(422);
    await add(right).expect(200);
    const other = new OtherLog('other.test/log');
    await service.close();
    service = await openService({ config: logs(log, other) });
    await add(log.request(0, 5).replace('old 0\n', `old 0\n${first}\n`)).expect(422);
    const lie = `other.test/log\n0\n${Buffer.alloc(32).toString('base64')}\n`;
    await add(`old 0\n\n${lie}\n${other.signature(lie)}`).expect(422);
  });

  it('answer 409 to another tree of the same size and 422 to one that goes its own way, and raise an alarm with both', async () => {
    await add(log.request(0, 5)).expect(200);
    const lie = log.fork(4).grow(1, 'lie');
    const same = await add(lie.request(5, 5)).expect(409);
    expect(same.headers['content-type']).to.match(/^application\/problem\+json/);
    const before = log.checkpoint();
    expect(service.alarms).to.deep.equal([{ origin: log.origin, before, now: lie.checkpoint() }]);
    lie.grow(3, 'lie');
    await add(lie.request(5, 8)).expect(422);
    expect(service.alarms[1]).to.deep.equal({ origin: log.origin, before, now: lie.checkpoint() });
    await add(log.grow(1).request(5)).expect(200);
  });

  it('answer 404 to a log that is not witnessed and 403 to a signature that is missing, wrong or of another key', async () => {
    const other = new OtherLog('other.test/log').grow(2);
    await add(other.request(0)).expect(404);
    const text = log.text();
    const impostor = new OtherLog(log.origin).grow(5);
    await add(`old 0\n\n${text}\n${impostor.signature(text)}`).expect(403);
    await add(`old 0\n\n${text}\n${other.signature(text)}`).expect(403);
    await add(`old 0\n\n${text}\n${log.signature(`${text} `)}`).expect(403);
    await add(`old 0\n\n${text}\n${log.signature(text)}${log.signature(`${text} `)}`).expect(403);
    await add(`old 0\n\n${text}\n${impostor.signature(text)}${log.signature(text)}`).expect(200);
  });

  it('answer 400 to what is no request of the protocol', async () => {
    const right = log.request(0);
    const hash = `${Buffer.alloc(32).toString('base64')}\n`;
    for (const wrong of [
      '', '\n', '\n\n', 'old 0', right.slice(0, -1), right.replace('old', 'Old'), right.replace('old 0', 'old 00'), right.replace('old 0', 'old -1'),
      right.replace('old 0', 'old 0 '), right.replace('old 0', 'old 9007199254740992'), right.replace('old 0\n', `old 0\n${hash.replace('A', '!')}`),
      right.replace('old 0\n', `old 0\n${hash.slice(4)}`), right.replace('old 0\n', `old 0\n${hash.repeat(64)}`), right.replace('old 0\n\n', 'old 0\n'),
      right.replace('\n5\n', '\n05\n'), log.request(0).replace('old 0', 'old 6'), right.replaceAll('\n', '\r\n'), `old 0\n\n${log.text()}`,
    ])
      expect((await add(wrong)).status, JSON.stringify(wrong)).to.equal(400);
    await service.anyone.post('/witness/add-checkpoint').set('content-type', 'text/plain').send(Buffer.from([0x6f, 0xff])).expect(400);
    await add(`old 0\n${hash.repeat(2000)}`).expect(413);
  }); // prettier-ignore

  it('take the body under any of the types that clients send, and under none', async () => {
    await add(log.request(0, 3), 'application/octet-stream').expect(200);
    await add(log.request(3, 4), 'text/plain; charset=utf-8').expect(200);
    const server = createServer(service.server).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const bare = request({ port, host: '127.0.0.1', method: 'POST', path: '/witness/add-checkpoint' });
    bare.end(log.request(4, 5));
    const [answer] = (await once(bare, 'response')) as [IncomingMessage];
    expect(answer.statusCode).to.equal(200);
    answer.resume();
    server.close();
  });

  it('refuse, or cosign nothing else, with any bit of a request turned', async () => {
    await add(log.request(0, 3)).expect(200);
    const right = Buffer.from(log.request(3, 5));
    await fc.assert(
      fc.asyncProperty(fc.nat(right.length - 1), fc.nat(7), async (at, bit) => {
        const turned = Buffer.from(right);
        turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
        const { status } = await service.anyone.post('/witness/add-checkpoint').set('content-type', 'text/plain').send(turned);
        expect(status, `bit ${bit} of byte ${at}`).to.be.oneOf([400, 403, 404, 409, 422]);
      }),
      { numRuns: 300 },
    );
    await add(right.toString()).expect(200);
  });

  it('cosign one of many requests that race, and never two trees of one size', async () => {
    await add(log.request(0, 5)).expect(200);
    const ways = Array.from({ length: 12 }, (_, n) => log.fork(5).grow(3 + (n % 3), `way ${n}`));
    const answers = await Promise.all(ways.map((way) => add(way.request(5))));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    const won = ways[answers.findIndex(({ status }) => status === 200)] as OtherLog;
    for (const { status, text } of answers) if (status === 409) expect(text).to.equal(`${won.entries.length}\n`);
    expect(answers.every(({ status }) => status === 200 || status === 409)).to.equal(true);
    await add(won.grow(1).request(won.entries.length - 1)).expect(200);
  });

  it('remember what was cosigned over a restart, under the same key', async () => {
    await add(log.request(0, 4)).expect(200);
    const { folder } = service;
    const again = await openService({ config: logs(log), folder: await copyOf(folder, service) });
    const before = service;
    service = again;
    expect((await again.anyone.get('/witness/vkey')).text).to.equal(vkey);
    expect((await add(log.request(0, 5)).expect(409)).text).to.equal('4\n');
    await add(log.request(4, 5)).expect(200);
    await add(log.fork(3).grow(2, 'lie').request(5, 5)).expect(409);
    service = before;
    await again.close();
    await rm(again.folder, { recursive: true });
  });

  it('give no cosignature for what could not be stored', async () => {
    let broken = true;
    const wrap = (store: Store): Store =>
      new Proxy(store, {
        get: (of, name) =>
          name === 'put' && broken
            ? (collection: string, ...rest: [never]) =>
                collection === 'witnessed' ? Promise.reject(new Error('the disk is gone')) : of.put(collection as 'meta', ...rest)
            : (of as unknown as Record<string | symbol, CallableFunction>)[name]?.bind(of),
      });
    await service.close();
    service = await openService({ config: logs(log), wrap });
    await add(log.request(0, 5)).expect(500);
    broken = false;
    expect((await add(log.request(5, 5)).expect(409)).text).to.equal('0\n');
    await add(log.fork(4).grow(2, 'another').request(0)).expect(200);
  });

  it('look again when another process was first', async () => {
    let first = true;
    const wrap = (store: Store): Store =>
      new Proxy(store, {
        get: (of, name) =>
          name === 'put'
            ? async (collection: 'witnessed', row: never, version?: number) => {
                if (collection !== 'witnessed' || !first) return of.put(collection, row, version);
                first = false;
                const rival = log.fork(3).grow(4, 'rival');
                await of.put('witnessed', { ...(row as object), size: 7, body: rival.checkpoint() } as never, version);
                throw new VersionConflict('witnessed', [log.origin]);
              }
            : (of as unknown as Record<string | symbol, CallableFunction>)[name]?.bind(of),
      });
    await service.close();
    service = await openService({ config: logs(log), wrap });
    expect((await add(log.request(0, 5)).expect(409)).text).to.equal('7\n');
  });

  it('are nobody unless logs are configured', async () => {
    const bare = await openService();
    await bare.anyone.get('/witness/vkey').expect(404);
    await bare.anyone.post('/witness/add-checkpoint').set('content-type', 'text/plain').send(log.request(0)).expect(404);
    expect(await stat(`${bare.folder}/witness.key`).catch(() => 'none')).to.equal('none');
    await bare.close();
  });

  it('read any request or refuse it, whatever it is', async () => {
    const right = log.request(0, 5);
    const piece = fc.oneof(
      fc.constantFrom('old 0\n', 'old 5\n', '\n', '\n\n', '— ', log.origin, '5\n', right, Buffer.alloc(32).toString('base64'), '\u0000', '\u2028', '='),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (parts) => {
        const told = await service.app.witness?.add(parts.join(''));
        expect(told?.told).to.be.oneOf(['malformed', 'unknown', 'untrusted', 'cosigned', 'size', 'inconsistent']);
        if (told?.told === 'cosigned') expect(parts.join('')).to.equal(right);
      }),
      { numRuns: 500 },
    );
  }); // prettier-ignore
});

/** A copy of the data as a crash would leave it. */
async function copyOf(folder: string, { app }: Service): Promise<string> {
  const copy = `${folder}-copy`;
  await app.store.backup(copy);
  for (const name of ['log.key', 'witness.key']) await cp(`${folder}/${name}`, `${copy}/${name}`);
  return copy;
}
