import { parentPort, workerData } from 'node:worker_threads';
import { Connection } from './connection.js';
import { toMessage } from './errors.js';

/** The thread of a backup: one VACUUM INTO, and word of how it went. */
const { from, to } = workerData as { from: string; to: string };
try {
  const connection = new Connection(from, { readOnly: true });
  try {
    connection.db.prepare('VACUUM INTO ?').run(to);
  } finally {
    connection.close();
  }
  parentPort!.postMessage(null);
} catch (error) {
  parentPort!.postMessage(toMessage(error));
}
