import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const places = [process.env.SUYUAN_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const desk: BrowserContextOptions = { viewport: { width: 1366, height: 900 } };

let running: Promise<Browser> | undefined;

/** The machine's Chromium, or undefined (with a printed reason) when there is none. Started once for all tests. */
export async function findChromium(): Promise<Browser | undefined> {
  const path = places.find((place) => place !== undefined && existsSync(place));
  if (path === undefined) {
    console.log('    (browser tests are skipped: no Chromium found; install it or name it in SUYUAN_CHROMIUM)');
    return undefined;
  }
  running ??= chromium.launch({ executablePath: path, args: quiet });
  return running;
}

/** Closes what was started; call it in a suite's `after`. The next suite starts anew. */
export async function closeChromium(): Promise<void> {
  const browser = await running;
  running = undefined;
  await browser?.close();
}

/** A page of its own with these options, closed when `use` is done. */
export async function inPage<T>(browser: Browser, options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
