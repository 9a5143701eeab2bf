import type { App } from '../app.js';
import { demoFile, type DemoSheet } from './demo.js';
import { describe } from './settings.js';
import { terminalQr } from './terminalQr.js';

/** Says on standard output where everything is: the home page, the data, and with demo data its codes and sign-ins. */
export function announce(app: App, demo: DemoSheet | undefined): void {
  const { publicUrl, data } = app.config;
  const lines = ['', '溯源 Suyuan', '', row('首页', 'home', `${publicUrl}/`), row('数据', 'data', data)];
  if (demo !== undefined) lines.push(...codes(demo, publicUrl), ...signIns(demo, publicUrl, data));
  lines.push('', describe('按 Ctrl-C 停止', 'Ctrl-C stops'), '');
  console.log(lines.join('\n'));
}

const row = (zh: string, en: string, value: string) => `${zh} ${en.padEnd(6)} ${value}`;

/** The scan pages, each with its code. */
const codes = ({ scans }: DemoSheet, publicUrl: string): string[] =>
  scans.flatMap(({ title, path }) => [
    '',
    describe(title.zh, title.en),
    publicUrl + path,
    ...terminalQr(publicUrl + path, process.stdout.isTTY),
  ]);

/** One sign-in for each of the three kinds of users, and where the others are. */
export function signIns(demo: DemoSheet, publicUrl: string, folder: string): string[] {
  const shown = ['producer', 'inspector', 'admin'].flatMap((as) => demo.signIns.find((each) => each.as === as) ?? []);
  const wide = Math.max(...shown.map(({ name }) => name.length));
  return [
    '',
    `${describe('演示账号', 'demo sign-ins')}: ${publicUrl}/signin`,
    ...shown.map(({ role, name, password }) => `  ${name.padEnd(wide)}  ${password}  ${describe(role.zh, role.en)}`),
    `  ${describe(`全部 ${demo.signIns.length} 个在`, `all ${demo.signIns.length} are in`)} ${demoFile(folder)}`,
  ];
}
