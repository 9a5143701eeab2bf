import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadResult } from './load.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'suyuan-bench-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A process that answers HTTP on a port of the loopback address. */
export interface Served {
  readonly port: number;
  readonly pid: number;
  /** From spawn to the first answer, milliseconds. */
  readonly startUp: number;
  /** Numbers of its `/metrics`, by name (without labels). */
  metrics(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

/** The service as `suyuan serve` runs it, on a data folder: default settings but for the limit of requests a minute, its log lines thrown away. */
export const startService = (folder: string, nodeArgs: readonly string[] = []): Promise<Served> =>
  serve(
    (port) => [...nodeArgs, here('../../src/cli.js'), 'serve', '--data', folder, '--host', '127.0.0.1', '--port', String(port)],
    '/healthz',
  );

/** The bare server (bare-http.ts) on a folder. */
export const startBare = (folder: string): Promise<Served> =>
  serve((port) => [here('./bare-http.js'), folder, String(port)], '/');

async function serve(args: (port: number) => string[], probe: string): Promise<Served> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, args(port), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SUYUAN_RATE_LIMIT: '0' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url + probe))) {
    if (child.exitCode !== null) throw new Error(`${args(port).join(' ')} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    port,
    pid: child.pid as number,
    startUp: performance.now() - begun,
    metrics: async () => numbersOf(await (await fetch(`${url}/metrics`)).text()),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const answers = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

function numbersOf(text: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name) numbers.set(name, Number(value));
  }
  return numbers;
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

/** Runs one load in a process of its own. */
export function runLoad(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(here('./load.js'));
    child.once('message', (result) => resolve(result as LoadResult));
    child.once('error', reject);
    child.once('exit', (code) => code !== 0 && reject(new Error(`the load ended with ${code}`)));
    child.send(order);
  });
}
