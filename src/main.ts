import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.js';
import { createApp } from './server.js';
import { announce } from './cli/announce.js';
import { runCommand } from './cli/commands.js';
import { listenStop } from './cli/stop.js';
import { defaultUrl, type Config } from './config.js';
import { listenControl } from './control.js';
import { openDemo } from './demo.js';
import { resumeJobs } from './http/capture.js';
import { Witnesses } from './ledger/witnesses.js';
import { refuseMalformed } from './http/malformed.js';
import { openLog } from './log.js';
import { open } from './open.js';
import { sweep } from './sweep.js';

/** The process: opens the data, listens, and after a signal finishes what is under way. Throws Stop when it cannot begin. */
export async function serve(given: Config): Promise<void> {
  const signal = firstSignal();
  const undo: (() => unknown)[] = [];
  try {
    const log = openLog(given.logLevel);
    const opened = await open(given, log);
    undo.push(opened.close);

    const http = createServer({ keepAliveTimeout: 65_000, requestTimeout: 120_000 }, notYet);
    refuseMalformed(http);
    const config = await listen(http, given);
    undo.push(() => closed(http));
    const app = { ...opened.app, config };
    const demo = await openDemo(app);
    http.off('request', notYet).on('request', createApp(app));

    const control = await listenControl(config.data, (request) => runCommand(app, request));
    undo.push(control.close);
    undo.push(sweep(app));
    undo.push(await askWitnesses(app));
    resumeJobs(app).catch((error: unknown) => log.error({ err: error }, 'capture jobs'));

    announce(app, demo);
    log.info({ port: config.port, records: app.ledger.size }, 'listening');
    log.info({ signal: await signal }, 'stopping');
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** Sends checkpoints to the witnesses that are configured, until the function that it answers with is called. */
async function askWitnesses({ store, ledger, checkpoints, config, log }: App): Promise<() => Promise<void>> {
  if (config.witnesses.length === 0) return () => Promise.resolve();
  const witnesses = await Witnesses.open(store, ledger, checkpoints, {
    witnesses: config.witnesses,
    quorum: config.witnessQuorum,
    told: (level, fields, words) => log[level](fields, words),
  });
  return () => witnesses.close();
}

/** What is answered while the demo stories are still being replayed. */
const notYet: RequestListener = (_, response) => {
  response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain; charset=utf-8' });
  response.end('正在启动，请稍候。 / Starting, one moment.\n');
};

/** Listens, and answers the configuration with the port that was found for 0. */
async function listen(http: Server, config: Config): Promise<Config> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error) => reject(listenStop(error, config.host, config.port)));
    http.listen(config.port, config.host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const found = config.publicUrl === defaultUrl(config.host, config.port);
  return { ...config, port, publicUrl: found ? defaultUrl(config.host, port) : config.publicUrl };
}

/** Takes no new connection, lets every request that began have its answer (ten seconds at most), and resolves. */
function closed(http: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => http.closeIdleConnections(), 50);
    const late = setTimeout(() => http.closeAllConnections(), 10_000);
    http.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
  });
}

/** The first of the signals that ask to stop; the second ends the process at once. */
function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve(name);
      });
    }
  });
}
