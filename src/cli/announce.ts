import { toString as qr } from 'qrcode';
import type { App } from '../app.js';
import { demoFile, type DemoSheet } from './demo.js';
import { describe } from './settings.js';

/** Says on standard output where everything is: the home page, the data, and with demo data its codes and sign-ins. */
export async function announce(app: App, demo: DemoSheet | undefined): Promise<void> {
  const { publicUrl, data } = app.config;
  const lines = ['', '溯源 Suyuan', '', row('首页', 'home', `${publicUrl}/`), row('数据', 'data', data)];
  if (demo !== undefined) {
    for (const { title, path } of demo.scans) {
      lines.push('', `${describe(title.zh, title.en)}`, `${publicUrl}${path}`);
      lines.push((await qr(publicUrl + path, { type: 'terminal', small: true, errorCorrectionLevel: 'L' })).trimEnd());
    }
    lines.push('', `${describe('演示账号', 'demo sign-ins')} (${publicUrl}/signin):`);
    for (const { role, name, password } of demo.signIns) lines.push(`  ${role.zh} ${role.en}: ${name}  ${password}`);
    lines.push(`  ${describe(`也记在 ${demoFile(data)}`, `also kept in ${demoFile(data)}`)}`);
  }
  lines.push('', describe('按 Ctrl-C 停止', 'Ctrl-C stops'), '');
  console.log(lines.join('\n'));
}

const row = (zh: string, en: string, value: string) => `${zh} ${en.padEnd(6)} ${value}`;
