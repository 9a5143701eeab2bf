import { applicationIdentifier } from './applicationIdentifiers.js';
import { fault, type Faulty, type KeyValue } from './gs1Error.js';

/** FNC1 as scanners send it. */
const separator = '\x1d';
/** Symbology identifiers of GS1 bar codes (General Specifications 5.1.4): GS1-128, DataBar, DataMatrix, QR Code, DotCode. */
const symbology = /^\](?:C1|e0|d2|Q3|J1)/;

export const looksLikeElementString = (text: string): boolean => /^(?:\(\d{2,4}\)|\])/.test(text) || text.startsWith(separator);

/**
 * Human-readable element string, `(01)…(10)…`, as it stands under a bar code (General Specifications 4.15). Where a value itself
 * holds something like `(10)` its parenthesis is written `\(`.
 */
export const elementString = (keys: readonly KeyValue[]): string =>
  keys.map(({ ai, value }) => `(${ai})${value.replace(/\((?=\d{2,4}\))/g, '\\(')}`).join('');

/** The data that a GS1 bar code carries: fixed lengths follow each other, others end with FNC1 (here U+001D). */
export const barcodeData = (keys: readonly KeyValue[]): string =>
  keys
    .map(({ ai, value }, i) => ai + value + (applicationIdentifier(ai)?.fixed || i === keys.length - 1 ? '' : separator))
    .join('');

/**
 * Splits an element string, human-readable or as a scanner gives it, into application identifiers and values. The values are not
 * checked here.
 */
export function parseElementString(text: string): KeyValue[] | Faulty {
  return text.startsWith('(') ? parseBracketed(text) : parseScanned(text.replace(symbology, ''));
}

function parseBracketed(text: string): KeyValue[] {
  const keys: KeyValue[] = [];
  for (const [, ai, value] of text.matchAll(/\((\d{2,4})\)((?:\\\(|(?!\(\d{2,4}\)).)*)/gs)) {
    keys.push({ ai: ai!, value: value!.replaceAll('\\(', '(') });
  }
  return keys;
}

function parseScanned(text: string): KeyValue[] | Faulty {
  const keys: KeyValue[] = [];
  let rest = text;
  while (rest !== '') {
    if (rest.startsWith(separator)) {
      rest = rest.slice(1);
      continue;
    }
    // No AI is the beginning of another, so the first length that is assigned is the AI.
    const known = [2, 3, 4].map((n) => applicationIdentifier(rest.slice(0, n))).find((ai) => ai !== undefined);
    if (!known)
      return { faults: [fault(`“${rest}”开头不是应用标识符`, `"${rest}" does not begin with an application identifier`)] };
    const data = rest.slice(known.ai.length);
    const end = data.indexOf(separator);
    const length = known.fixed ? known.components.reduce((sum, c) => sum + c.length, 0) : Infinity;
    const value = data.slice(0, Math.min(length, end < 0 ? data.length : end));
    keys.push({ ai: known.ai, value });
    rest = data.slice(value.length);
  }
  return keys;
}
