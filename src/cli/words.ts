import type { Fault, Text } from '../domain/text.js';
import { Stop } from './stop.js';

/** Both languages in one line: Chinese first. */
export const both = (text: Text): string => `${text.zh} / ${text.en}`;

/** One line for each thing that is wrong. */
export const faultLines = (faults: readonly Fault[]): string[] =>
  faults.map(({ pointer, message }) => `${pointer === '' ? '' : `${pointer}: `}${both(message)}`);

/** Says on standard error why a command ended; answers its exit code. An error nobody foresaw keeps its stack. */
export function sayWhy(error: unknown): number {
  console.error(error instanceof Stop ? both(error.text) : error);
  return 1;
}
