// The limit to compare with: node:http that puts the bytes of each request into SQLite, in one commit for all that wait, and
// answers when they are durable. No framework, no validation, no index, no reading of what it is given. The same pragmas as ours,
// and like ours it commits in a thread of its own.
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Connection } from '../../src/store/sqlite/connection.js';

if (isMainThread) listen(process.argv[2] as string, Number(process.argv[3]));
else write(workerData as string);

function listen(folder: string, port: number): void {
  const writer = new Worker(new URL(import.meta.url), { workerData: folder });
  let waiting: { body: Buffer; res: ServerResponse }[] = [];
  let committing: typeof waiting = [];
  let size = 0;
  const commit = (): void => {
    [committing, waiting] = [waiting, []];
    writer.postMessage(committing.map(({ body }) => body));
  };
  writer.on('message', () => {
    for (const { res } of committing) {
      const answer = `{"entry":${size++}}`;
      res.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
    }
    committing = [];
    if (waiting.length > 0) commit();
  });
  createServer((req, res) => {
    if (req.method === 'GET') return void res.end(usage());
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      waiting.push({ body: Buffer.concat(chunks), res });
      // What comes in the same turn of the loop goes into the same commit.
      if (committing.length === 0 && waiting.length === 1)
        setImmediate(() => committing.length === 0 && waiting.length > 0 && commit());
    });
  }).listen(port, '127.0.0.1');
  process.on('SIGTERM', () => process.exit());
}

/** In the words of Prometheus, as the service answers it. */
function usage(): string {
  const { user, system } = process.cpuUsage();
  return `process_cpu_seconds_total ${(user + system) / 1e6}\nprocess_resident_memory_bytes ${process.memoryUsage.rss()}\n`;
}

function write(folder: string): void {
  const connection = new Connection(join(folder, 'bare.db'));
  connection.db.exec('CREATE TABLE IF NOT EXISTS records (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = connection.statement('INSERT INTO records (body) VALUES (?)');
  parentPort?.on('message', (bodies: Uint8Array[]) => {
    connection.db.exec('BEGIN IMMEDIATE');
    for (const body of bodies) insert.run(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
    connection.db.exec('COMMIT');
    parentPort?.postMessage(bodies.length);
  });
}
