import type { Fault } from '../text.js';
import { applicationIdentifier, exclusionFaults, valueFault } from './applicationIdentifiers.js';
import { fault, type Faulty, GS1Error, isFaulty, type KeyValue } from './gs1Error.js';
import { type Located, locate, withoutSlashes } from './locate.js';
import { decodeQuery, encodeQuery, encodeSegment } from './percent.js';

/** Where GS1 puts the canonical form (Digital Link URI Syntax 1.4, section 4.10). */
export const canonicalBase = 'https://id.gs1.org';

export interface DigitalLink {
  /** Scheme, host and path prefix, without the slash before the first key. */
  readonly stem: string;
  /** Primary key, then its qualifiers in order. */
  readonly keys: readonly KeyValue[];
  /** The application identifiers of the query string. */
  readonly attributes: readonly KeyValue[];
  /** What else is in the query string (linkType, tracking), as it came, for passing on. */
  readonly parameters: string;
}

export interface Options {
  /** Keep unassigned application identifiers of the query string as they are, instead of calling them a fault. */
  readonly permitUnknown?: boolean;
}

/** Whether the qualifiers stand in the order of one of the key's chains. */
function inOrder(chain: readonly string[], qualifiers: readonly KeyValue[]): boolean {
  let from = 0;
  for (const { ai } of qualifiers) {
    const at = chain.indexOf(ai, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

const chainsOf = (primary: KeyValue) => applicationIdentifier(primary.ai)!.chains!;

function pathFaults(keys: readonly KeyValue[]): Fault[] {
  const [primary, ...qualifiers] = keys as [KeyValue, ...KeyValue[]];
  const faults = keys.flatMap((key) => valueFault(key) ?? []);
  if (!chainsOf(primary).some((chain) => inOrder(chain, qualifiers))) {
    const list = qualifiers.map(({ ai }) => `(${ai})`).join(', ');
    faults.push(
      fault(
        `(${primary.ai}) 之后的限定符 ${list} 不允许或顺序不对`,
        `(${primary.ai}) does not take the qualifiers ${list} in this order`,
      ),
    );
  }
  return faults;
}

function attributeFaults(keys: readonly KeyValue[], attributes: readonly KeyValue[], options: Options): Fault[] {
  const seen = new Map(keys.map(({ ai, value }) => [ai, value]));
  const qualifiers = new Set(chainsOf(keys[0]!).flat());
  return attributes.flatMap(({ ai, value }) => {
    const known = applicationIdentifier(ai);
    if (!known && options.permitUnknown) return [];
    const wrong = valueFault({ ai, value });
    if (wrong) return [wrong];
    if (!known!.attribute || qualifiers.has(ai)) {
      return [fault(`(${ai}) 不能放在查询串里`, `(${ai}) must not be in the query string`)];
    }
    const before = seen.get(ai);
    seen.set(ai, value);
    return before === undefined || before === value
      ? []
      : [fault(`(${ai}) 出现两次且值不同`, `(${ai}) is there twice with different values`)];
  });
}

/** Splits a query string at `&` and `;` into application identifiers (names of 2 to 4 digits with a value) and the rest. */
function parseQuery(query: string): { attributes: KeyValue[]; parameters: string } {
  if (query === '') return { attributes: [], parameters: '' };
  const attributes: KeyValue[] = [];
  const rest: string[] = [];
  for (const piece of query.split(/[&;]/)) {
    const match = /^(\d{2,4})=(.*)$/s.exec(piece);
    if (match) attributes.push({ ai: match[1]!, value: decodeQuery(match[2]!) });
    else if (piece !== '') rest.push(piece);
  }
  return { attributes, parameters: rest.join('&') };
}

/** Checks what was located: values, order of qualifiers, what may stand in the query string. */
export function checkLink({ stem, keys, query }: Located, options: Options = {}): DigitalLink | Faulty {
  const { attributes, parameters } = parseQuery(query);
  const faults = [
    ...pathFaults(keys),
    ...attributeFaults(keys, attributes, options),
    ...(attributes.length > 0 ? exclusionFaults([...keys, ...attributes]) : []),
  ];
  return faults.length > 0 ? { faults } : { stem, keys, attributes, parameters };
}

/**
 * Reads an uncompressed GS1 Digital Link URI of any domain (URI Syntax 1.4, section 4): path prefix, trailing slash, fragment
 * and other query parameters are tolerated. GTINs have 14 digits; qualifiers have their order; every value is checked.
 */
export function parseDigitalLink(uri: string, options: Options = {}): DigitalLink | Faulty {
  const located = locate(uri);
  if (located) return checkLink(located, options);
  return { faults: [fault('不是 GS1 Digital Link：路径中没有主键', 'is not a GS1 Digital Link: no primary key in the path')] };
}

/** `/01/…/10/…` of keys already checked. */
export const pathOfKeys = (keys: readonly KeyValue[]): string =>
  keys.map(({ ai, value }) => `/${ai}/${encodeSegment(value)}`).join('');

export interface BuildOptions extends Options {
  /** Scheme, host and path prefix; id.gs1.org when left out. */
  readonly base?: string;
  /** More application identifiers for the query string. */
  readonly attributes?: readonly KeyValue[];
}

/** Divides application identifiers in any order into the first primary key with its qualifiers, and attributes, checked. */
export function arrange(
  all: readonly KeyValue[],
  options: Options = {},
): { keys: readonly KeyValue[]; attributes: readonly KeyValue[] } | Faulty {
  const given = all.filter((a, i) => all.findIndex((b) => a.ai === b.ai && a.value === b.value) === i);
  const primary = given.find(({ ai }) => applicationIdentifier(ai)?.chains);
  if (!primary) {
    const faults = given.flatMap((key) => valueFault(key) ?? []);
    return { faults: faults.length > 0 ? faults : [fault('没有 GS1 主键', 'has no GS1 primary key')] };
  }
  const qualifying = (chain: readonly string[]) => chain.flatMap((ai) => given.find((key) => key.ai === ai) ?? []);
  const best = chainsOf(primary)
    .map(qualifying)
    .reduce((a, b) => (b.length > a.length ? b : a));
  const keys = [primary, ...best];
  const left = given.filter((key) => !keys.includes(key));
  // Fixed lengths first, as in a bar code; otherwise in the order given.
  const fixed = (key: KeyValue) => applicationIdentifier(key.ai)?.fixed === true;
  const attributes = [...left.filter(fixed), ...left.filter((key) => !fixed(key))];
  const faults = [
    ...pathFaults(keys),
    ...attributeFaults(keys, attributes, options),
    ...exclusionFaults([...keys, ...attributes]),
  ];
  return faults.length > 0 ? { faults } : { keys, attributes };
}

/**
 * Writes a Digital Link URI: the first primary key among the identifiers with its qualifiers into the path, all others into
 * the query string. Throws GS1Error with every fault.
 */
export function buildDigitalLink(keys: readonly KeyValue[], options: BuildOptions = {}): string {
  const arranged = arrange([...keys, ...(options.attributes ?? [])], options);
  if (isFaulty(arranged)) throw new GS1Error(arranged.faults);
  const base = withoutSlashes(options.base ?? canonicalBase);
  const query = arranged.attributes.map(({ ai, value }) => `${ai}=${encodeQuery(value)}`).join('&');
  return base + pathOfKeys(arranged.keys) + (query && `?${query}`);
}

function canonicalLink(uri: string): string {
  const link = parseDigitalLink(uri);
  if (isFaulty(link)) throw new GS1Error(link.faults);
  return canonicalBase + pathOfKeys(link.keys);
}

/** The path of a Digital Link URI from its key on, `/01/…/10/…`, percent-encoded: what any resolver serves it under. */
export const pathOf = (uri: string): string => canonicalLink(uri).slice(canonicalBase.length);

/** The canonical URI of a Digital Link path such as `/01/…/10/…`. Throws GS1Error with the faults. */
export const uriOfPath = (path: string): string => canonicalLink(canonicalBase + (path.startsWith('/') ? path : `/${path}`));
