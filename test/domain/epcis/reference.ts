import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EpcisEvent } from '../../../src/domain/epcis/event.js';
import { type Shape, schemaOf } from '../../../src/domain/epcis/validate.js';
import { loadSchemas } from '../../../src/schemas.js';

const folder = fileURLToPath(new URL('../../../../../shared/reference', import.meta.url));

/** The reference data beside the repository, or undefined with a line that says so. */
export function referenceFolder(name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  console.log(`      (no reference data at ${path}: skipped)`);
  return undefined;
}

export interface Document {
  readonly '@context'?: never;
  readonly type: string;
  readonly epcisBody: { readonly eventList?: EpcisEvent[] };
}

export const readJson = (path: string): Document => JSON.parse(readFileSync(path, 'utf8')) as Document;

/** Files below a folder with this ending, by their path in it. */
export const filesIn = (path: string, ending: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort();

const schemas = loadSchemas();
export const shape: Shape = (type, event) => schemas.check(schemaOf[type])(event);
export const documentShape = schemas.check('epcis/document.json');
