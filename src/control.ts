import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from './domain/record.js';

/**
 * The socket by which the command line speaks to the server that has the data folder open: one JSON text there, one back, each
 * ended by closing that half. Only the owner of the folder may open it (mode 0600), so it asks for no password.
 */
export interface Control {
  close(): Promise<void>;
}

/** Bytes of a request at most: an import carries its document. */
const longest = 512 * 1024 * 1024;
/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, with a zero at the end. */
const longestPath = 100;

/** Where the socket of a data folder is: in it, or for a folder with a long name in a folder of ours for temporary files. */
export function controlPath(folder: string): string {
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\suyuan-${digest}`;
  const inside = join(folder, 'control.sock');
  return Buffer.byteLength(inside) <= longestPath ? inside : join(ownTemporary(), `${digest}.sock`);
}

/** A folder that only this user can enter; throws when somebody else made one of that name. */
function ownTemporary(): string {
  const { uid } = userInfo();
  const path = join(tmpdir(), `suyuan-${uid}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new Error(`${path} is not a folder of this user alone`);
  return path;
}

/** Listens for commands. The caller holds the folder's lock, so that a socket found there is one that nobody listens on any more. */
export async function listenControl(folder: string, answer: (request: JsonObject) => Promise<object>): Promise<Control> {
  const path = controlPath(folder);
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serveOne(socket, answer).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const before = process.umask(0o177);
    server.listen(path, resolve);
    process.umask(before);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Whoever has not finished asking is let go; whoever waits for an answer gets it.
        for (const socket of open) if (!socket.readableEnded) socket.destroy();
      }),
  };
}

async function serveOne(socket: Socket, answer: (request: JsonObject) => Promise<object>): Promise<void> {
  const request = JSON.parse(await readAll(socket)) as JsonObject;
  socket.end(JSON.stringify(await answer(request)));
}

/** Asks the server that has this folder open; undefined when there is none. Rejects when it went away before it answered. */
export async function askServer(folder: string, request: JsonObject): Promise<JsonObject | undefined> {
  const socket = await reach(controlPath(folder));
  if (socket === undefined) return undefined;
  socket.end(JSON.stringify(request));
  const text = await readAll(socket);
  if (text === '') throw new Error('the server went away before it answered');
  return JSON.parse(text) as JsonObject;
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(undefined) : reject(error),
    );
  });
}

/** All that the other side sends, until it closes its half; ours stays open (a `for await` would end both). */
function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    socket.on('data', (part) => {
      parts.push(part);
      bytes += part.length;
      if (bytes > longest) socket.destroy(new Error('the request is too long'));
    });
    socket.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => resolve(''));
  });
}
