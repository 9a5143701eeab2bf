import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./child.js', import.meta.url));

/** A child at work on a folder, the lines that it has written, and its end. */
export function child(mode: string, folder: string, options: SpawnOptions & { limitKiB?: number } = {}) {
  const { limitKiB, ...rest } = options;
  const node = [script, mode, folder];
  // A limit on the size of files is the plainest disk that fails: writes beyond it give an I/O error.
  const [command, args] = limitKiB
    ? ['bash', ['-c', `ulimit -f ${limitKiB} && exec "$0" "$@"`, process.execPath, ...node]]
    : [process.execPath, node];
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...rest });
  const lines: string[] = [];
  const reader = createInterface({ input: started.stdout! });
  const ended = Promise.all([once(started, 'exit'), once(reader, 'close')]).then(
    ([[code, signal]]) => ({ code, signal }) as { code: number | null; signal: string | null },
  );
  const waiting = new Set<() => void>();
  reader.on('line', (line) => {
    lines.push(line);
    for (const wake of waiting) wake();
  });
  /** Waits for so many lines, or the end. */
  const until = (count: number) =>
    Promise.race([
      ended,
      new Promise<void>((resolve) => {
        const wake = () => lines.length >= count && resolve();
        waiting.add(wake);
        wake();
      }),
    ]);
  return {
    lines,
    ended,
    until,
    kill: () => started.kill('SIGKILL'),
    acknowledged: () => Number(lines.findLast((line) => line.startsWith('ack '))?.slice(4) ?? 0),
  };
}
