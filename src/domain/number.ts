import { isFaulty } from './gs1/gs1Error.js';
import { identify } from './gs1/identify.js';

/** A lot or serial number as it is looked up: capitals, without spaces; what else differs is another number. */
export const foldNumber = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/** The number on the label of a lot or an item: serial, lot number or SSCC; none for what has no GS1 key. */
export function numberOf(uri: string): string | undefined {
  const found = identify(uri);
  if (isFaulty(found) || found.keys.length === 0) return undefined;
  const key = (ai: string) => found.keys.find((each) => each.ai === ai)?.value;
  const value = key('21') ?? key('10') ?? key('00');
  return value === undefined ? undefined : foldNumber(value);
}

/** Letters and digits that are mistaken for each other on a label fold into one. */
const alike: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', B: '8', G: '6' };
const lookOf = (text: string) =>
  foldNumber(text)
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OQDILZSBG]/g, (c) => alike[c] ?? c);

/**
 * The one of `known` that somebody misread or mistyped as `given`: the same but for characters that look alike or separators, else
 * with one character wrong, missing, too many or swapped. Undefined when none or several are equally near.
 */
export function meant(given: string, known: readonly string[]): string | undefined {
  const look = lookOf(given);
  const same = known.filter((each) => lookOf(each) === look);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (look.length < 4) return undefined;
  const near = known.filter((each) => oneApart(look, lookOf(each)));
  return near.length === 1 ? near[0] : undefined;
}

function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (a.length > b.length) return restA.slice(1) === restB;
  if (a.length < b.length) return restA === restB.slice(1);
  return (
    restA.slice(1) === restB.slice(1) || (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}
