import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
/** Milliseconds that a start may take: a machine that is busy with other things is slow. */
const patience = 60_000;

/** A running `suyuan serve` on a data folder, to be killed. */
export interface Victim {
  readonly url: string;
  /** Resolves when it answers requests; rejects with what it said when it ended instead. */
  readonly ready: Promise<void>;
  /** SIGKILL, and waits until the system has taken it away. Rejects when it had ended by itself before. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

export async function startVictim(folder: string): Promise<Victim> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = ['--data', folder, '--host', '127.0.0.1', '--port', String(port), '--empty', '--log-level', 'error'];
  const child = spawn(process.execPath, [cli, 'serve', ...settings, '--public-url', 'http://kill-test.example'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part.toString()));
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stopped = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<ChildProcess> => {
    if (gone()) throw new Error(`the server had ended with ${child.exitCode ?? child.signalCode}: ${said.join('')}`);
    child.kill(signal);
    await ended;
    return child;
  };
  const ready = answering(url, () =>
    gone() ? `the server ended with ${child.exitCode ?? child.signalCode}: ${said.join('')}` : '',
  );
  // Who kills it before it is ready does not wait for that.
  ready.catch(() => undefined);
  return {
    url,
    ready,
    kill: async () => void (await stopped('SIGKILL')),
    stop: async () => (await stopped('SIGTERM')).exitCode,
  };
}

async function answering(url: string, over: () => string): Promise<void> {
  for (const until = Date.now() + patience; Date.now() < until;) {
    if (over() !== '') throw new Error(over());
    try {
      const answer = await fetch(`${url}/healthz`);
      await answer.arrayBuffer();
      if (answer.ok) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the server did not answer within ${patience / 1000} s`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
