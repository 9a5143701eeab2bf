import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
/** Milliseconds that a start may take: a machine that is busy with other things is slow. */
const patience = 120_000;

/** A running `suyuan serve` on a data folder, to be killed. */
export interface Victim {
  /** Resolves with its address when it answers requests; rejects with what it said when it ended instead. */
  readonly ready: Promise<string>;
  /** SIGKILL, and waits until the system has taken it away. Rejects when it had ended by itself before. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** How it is, for a fault that names it. */
  state(): string;
}

/** Starts a server on a port that the system gives it: only its own words tell the address, so no other one is taken for it. */
export function startVictim(folder: string): Victim {
  const args = [cli, 'serve', '--data', folder, '--host', '127.0.0.1', '--port', '0', '--empty', '--log-level', 'error'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUYUAN_')));
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  // Whatever becomes of the test, no server is left running.
  const orphaned = (): boolean => child.kill('SIGKILL');
  process.once('exit', orphaned);
  let said = '';
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const state = (): string => `${gone() ? `ended with ${child.exitCode ?? child.signalCode}` : 'running'}: ${said.trim()}`;
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      process.off('exit', orphaned);
      resolve();
    }),
  );
  const stopped = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<ChildProcess> => {
    if (gone()) throw new Error(`the server had ended before it was told to, ${state()}`);
    child.kill(signal);
    await ended;
    return child;
  };
  const ready = new Promise<string>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the server did not start within ${patience / 1000} s, ${state()}`)),
      patience,
    );
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString();
        const [, url] = /home +(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(said) ?? [];
        if (url === undefined) return;
        clearTimeout(late);
        resolve(url);
      });
    void ended.then(() => {
      clearTimeout(late);
      reject(new Error(`the server ${state()}`));
    });
  });
  // Who kills it before it is ready does not wait for that.
  ready.catch(() => undefined);
  return {
    ready,
    state,
    kill: async () => void (await stopped('SIGKILL')),
    stop: async () => (await stopped('SIGTERM')).exitCode,
  };
}
