import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Service } from '../support/service.js';

/** The service on a free port of this machine. */
export async function listen(service: Service): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(service.server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical on the page (its context must bypass the content policy), and how many rules it passed. */
export async function examined(page: Page): Promise<{ readonly found: readonly string[]; readonly passed: number }> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(async () => {
    interface Result {
      readonly impact: string;
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: Result[]; passes: Result[] }> } }).axe.run;
    const { violations, passes } = await run();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return { found: serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), passed: passes.length };
  });
}

/** How many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
