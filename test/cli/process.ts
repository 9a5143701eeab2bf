import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const cli = join(root, 'dist/src/cli.js');

/** The environment without settings that whoever runs the tests may have. */
const clean = (more: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUYUAN_'))),
  ...more,
});

/** A new empty folder; `gone` removes it. */
export function newFolder(): { readonly path: string; gone(): void } {
  const path = mkdtempSync(join(tmpdir(), 'suyuan-'));
  return { path, gone: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a command to its end. */
export function suyuan(args: readonly string[], given: { input?: string; env?: Record<string, string> } = {}) {
  const done = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env: clean(given.env), input: given.input ?? '' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it has written to standard output so far. */
  out(): string;
  /** Sends the signal and answers how the process ended. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a server on a free port of this machine alone, and answers when it listens. */
export async function startServer(folder: string, more: readonly string[] = []): Promise<Server> {
  const args = [cli, 'serve', '--data', folder, '--port', '0', '--host', '127.0.0.1', ...more];
  const child = spawn(process.execPath, args, { env: clean(), stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('exit', (code, signal) => resolve({ code, signal })),
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      const found = /"port":(\d+).*"listening"/.exec(out)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then(({ code }) => reject(new Error(`ended with ${code} before it listened: ${err}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    out: () => out,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
