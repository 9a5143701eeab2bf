import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rounded, table } from './table.js';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where a call frame belongs: a room of the code, a package, Node itself. */
function roomOf(functionName: string, url: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(idle)') return 'idle';
  const own = /\/dist\/(src\/(?:store\/sqlite|domain\/\w+(?=\/)|\w+(?=\/))?|scripts)/.exec(url)?.[1];
  if (own !== undefined) return own.replace(/\/$/, '');
  const dependency = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  return url.startsWith('node:') ? url.replace(/^node:(internal\/)?([\w]+).*$/, 'node:$2') : 'native';
}

/** Self time in native functions of no file (JSON.parse, crypto, SQLite) goes to the room that called them. */
function summary(profile: Profile): { byRoom: Map<string, number>; byFunction: Map<string, number>; busy: number } {
  const parent = new Map<number, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const node of profile.nodes) for (const child of node.children ?? []) parent.set(child, node.id);
  const byRoom = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((sample, i) => {
    const taken = (profile.timeDeltas[i] ?? 0) / 1000;
    const frame = nodes.get(sample)?.callFrame;
    if (!frame || frame.functionName === '(idle)') return;
    busy += taken;
    let room = roomOf(frame.functionName, frame.url);
    for (let at = parent.get(sample); room === 'native' && at !== undefined; at = parent.get(at)) {
      const above = nodes.get(at)?.callFrame;
      if (above && above.url !== '') room = roomOf(above.functionName, above.url);
    }
    byRoom.set(room, (byRoom.get(room) ?? 0) + taken);
    const name = `${room}  ${frame.functionName || '(anonymous)'}${frame.url === '' ? '' : `:${frame.lineNumber + 1}`}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + taken);
  });
  return { byRoom, byFunction, busy };
}

/** What the profiles in a folder (node --cpu-prof) say, a table for each thread. */
export function profileTables(folder: string, functions: number): string {
  const parts: string[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.cpuprofile'))
    .sort()) {
    const { byRoom, byFunction, busy } = summary(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile);
    const top = (of: Map<string, number>, most: number) =>
      [...of]
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([what, ms]) => [what, rounded(ms), rounded((100 * ms) / busy, 1)]);
    parts.push(
      `${name}: ${rounded(busy)} ms busy`,
      table(['room', 'ms', '%'], top(byRoom, 30)),
      '',
      table(['function', 'ms', '%'], top(byFunction, functions)),
      '',
    );
  }
  return parts.join('\n');
}
