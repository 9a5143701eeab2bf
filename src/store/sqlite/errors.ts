import { SizeConflict, StoreUnavailable, VersionConflict, type Key } from '../port.js';

/** Another process (or this one, twice) has the folder open for writing. */
export class AlreadyOpen extends Error {
  constructor(readonly folder: string) {
    super(`${folder} is in use: another process has it open for writing`);
  }
}

/** The folder was written by a newer version of this software, whose tables this one does not know. */
export class NewerShape extends Error {
  constructor(
    readonly folder: string,
    readonly detail: string,
  ) {
    super(`${folder} was written by a newer version (${detail}); open it with that version`);
  }
}

/** The file is not a database of ours, or its pages do not hang together. */
export class Damaged extends StoreUnavailable {
  constructor(
    readonly detail: string,
    cause?: unknown,
  ) {
    super(`the store's file is damaged or not a store: ${detail}`, cause);
  }
}

/** SQLite's result codes that we tell apart (https://sqlite.org/rescode.html); the low byte of an extended code. */
export const resultCode = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;

/** The primary result code of a driver's error; undefined when it is not the driver's. */
export function codeOf(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** The port's error for whatever was thrown: errors of the port and of wrong arguments stay as they are. */
export function portError(error: unknown): Error {
  if (error instanceof SizeConflict || error instanceof VersionConflict || error instanceof StoreUnavailable) return error;
  if (error instanceof AlreadyOpen || error instanceof NewerShape || error instanceof TypeError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === resultCode.corrupt || code === resultCode.notADatabase) return new Damaged(message, error);
  if (code === resultCode.full) return new StoreUnavailable(`the disk is full (${message})`, error);
  if (code === resultCode.busy) return new StoreUnavailable(`the store is busy (${message})`, error);
  return new StoreUnavailable(message, error);
}

/** An error in a form that structured cloning keeps: it loses classes, so the name says which. */
export type ErrorMessage =
  | { readonly name: 'SizeConflict'; readonly expected: number; readonly actual: number }
  | { readonly name: 'VersionConflict'; readonly collection: string; readonly key: Key }
  | { readonly name: 'NewerShape'; readonly folder: string; readonly detail: string }
  | { readonly name: 'Damaged' | 'StoreUnavailable' | 'TypeError'; readonly message: string; readonly cause?: unknown };

export function toMessage(thrown: unknown): ErrorMessage {
  const error = portError(thrown);
  if (error instanceof SizeConflict) return { name: 'SizeConflict', expected: error.expected, actual: error.actual };
  if (error instanceof VersionConflict) return { name: 'VersionConflict', collection: error.collection, key: error.key };
  if (error instanceof NewerShape) return { name: 'NewerShape', folder: error.folder, detail: error.detail };
  if (error instanceof Damaged) return { name: 'Damaged', message: error.detail, cause: error.cause };
  return { name: error instanceof TypeError ? 'TypeError' : 'StoreUnavailable', message: error.message, cause: error.cause };
}

export function fromMessage(error: ErrorMessage): Error {
  if (error.name === 'SizeConflict') return new SizeConflict(error.expected, error.actual);
  if (error.name === 'VersionConflict') return new VersionConflict(error.collection, error.key);
  if (error.name === 'NewerShape') return new NewerShape(error.folder, error.detail);
  if (error.name === 'Damaged') return new Damaged(error.message, error.cause);
  if (error.name === 'TypeError') return new TypeError(error.message);
  return new StoreUnavailable(error.message, error.cause);
}
