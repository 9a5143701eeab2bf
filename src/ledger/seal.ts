import { hash } from 'node:crypto';

/**
 * The form of a record that its digest is taken of (ledger.md, "The entry"). No value of a record is public by right: partners,
 * quantities, even an id that is a hash could be guessed against a bare digest. So every member stands in it as an SD-JWT digest
 * (RFC 9901 section 4.2.4.1) under a salt of its own, but for the few in clear below; whoever may see a value gets its disclosure
 * and finds its digest. Members that the schemas mark (`_sd` of the body already) keep salts of their own, which erasure deletes.
 *
 * The salts of one record come from its 16 random bytes, the seed: salt 2i and 2i+1 are the halves of SHA-256(seed ‖ uint32 i).
 */
export interface Sealed {
  /** JCS of the form; its SHA-256 is the record's digest. */
  readonly text: string;
  /** Every value that was hidden: JSON Pointer into the record, digest, disclosure. */
  readonly values: readonly SealedValue[];
}

export interface SealedValue {
  readonly pointer: string;
  readonly digest: string;
  /** base64url of the JSON array [salt, name, value]. */
  readonly text: string;
}

/** Members of a record and of an event that stand in clear: kinds and times, which every page shows. */
const clearOfRecord: ReadonlySet<string> = new Set(['kind', 'v']);
const clearOfEvent: ReadonlySet<string> = new Set([
  '@context',
  'type',
  'eventTime',
  'eventTimeZoneOffset',
  'action',
  'bizStep',
  'disposition',
  'suyuan:activity',
]);
const none: ReadonlySet<string> = new Set();
/** Members whose own members are sealed one by one, since some of them are shown and others not. */
const inner = new Set(['ilmd']);

/** Digest of a record's sealed form, lower-case hex. `record`: its JCS text. */
export const sealedDigest = (record: string, seed: Uint8Array): string => hash('sha256', sealedText(record, seed), 'hex');

/** Seals the JCS text of a record, and tells every value that it hides. */
export function seal(record: string, seed: Uint8Array): Sealed {
  const values: SealedValue[] = [];
  const text = sealedText(record, seed, (path, digest, disclosure) => {
    values.push({
      pointer: path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      digest,
      text: disclosure,
    });
  });
  return { text, values };
}

type Told = (path: readonly string[], digest: string, disclosure: string) => void;

function sealedText(record: string, seed: Uint8Array, tell?: Told): string {
  const salt = salts(seed);
  const hide = (path: readonly string[], name: string, value: string): string => {
    const text = base64url(`["${salt()}",${name},${value}]`);
    const digest = hash('sha256', text, 'base64url');
    tell?.([...path, JSON.parse(name) as string], digest, text);
    return digest;
  };
  const sealed = (
    members: readonly Member[],
    path: readonly string[],
    shown: ReadonlySet<string>,
    more: readonly string[] = [],
  ): string => {
    const digests: string[] = [];
    const kept = [...more];
    for (const [name, value] of members) {
      const plain = name.slice(1, -1);
      if (shown.has(plain)) kept.push(`${name}:${value}`);
      else if (plain === '_sd' && isDigests(value)) digests.push(...(JSON.parse(value) as string[]));
      else if (inner.has(plain) && value.startsWith('{'))
        digests.push(hide(path, name, sealed(membersOf(value), [...path, plain], none)));
      else digests.push(hide(path, name, value));
    }
    if (digests.length > 0) kept.push(`"_sd":["${digests.sort().join('","')}"]`);
    // Member names in clear and `_sd` are ASCII without escapes: the order of their texts is the order of JCS.
    return `{${kept.sort().join(',')}}`;
  };
  const members = membersOf(record);
  const valueOf = (wanted: string): string | undefined => members.find(([name]) => name === `"${wanted}"`)?.[1];
  const body = sealed(membersOf(valueOf('body') ?? '{}'), ['body'], valueOf('kind') === '"event"' ? clearOfEvent : none);
  const envelope = members.filter(([name]) => name !== '"body"');
  return sealed(envelope, [], clearOfRecord, [`"body":${body}`]);
}

/** base64url of a text's UTF-8 bytes, by way of a buffer that is there already. */
function base64url(text: string): string {
  if (text.length * 3 > scratch.length) return Buffer.from(text).toString('base64url');
  return scratch.toString('base64url', 0, scratch.write(text));
}
const scratch = Buffer.alloc(16_384);

function salts(seed: Uint8Array): () => string {
  const input = Buffer.alloc(20);
  input.set(seed);
  let given = 0;
  const pair = Buffer.alloc(32);
  return () => {
    const at = given % 2 === 0 ? 0 : 16;
    if (at === 0) {
      input.writeUInt32BE(given / 2, 16);
      // A byte a character: a buffer of the hash's own would cost more than the hash.
      pair.write(hash('sha256', input, 'binary'), 'latin1');
    }
    given++;
    return pair.toString('base64url', at, at + 16);
  };
}

type Member = readonly [name: string, value: string];

/** The members of an object in JCS text, as they stand there: name with its quotes, value. */
export function membersOf(object: string): Member[] {
  const members: Member[] = [];
  for (let at = 1; at < object.length - 1;) {
    const colon = endOfString(object, at);
    const end = endOfValue(object, colon + 1);
    members.push([object.slice(at, colon), object.slice(colon + 1, end)]);
    at = end + 1;
  }
  return members;
}

/** Where the string that begins at `at` is over. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); ; quote = text.indexOf('"', quote + 1)) {
    if (quote < 0) throw new RangeError('the text of a record is cut short');
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const char = text.charCodeAt(at);
    if (char === 0x22) {
      at = endOfString(text, at);
      continue;
    }
    if (char === 0x7b || char === 0x5b) depth++;
    else if ((char === 0x7d || char === 0x5d) && depth-- === 0) return at;
    else if (char === 0x2c && depth === 0) return at;
    at++;
  }
  throw new RangeError('the text of a record is cut short');
}

const isDigests = (value: string): boolean => /^\["[\w-]{43}"(,"[\w-]{43}")*\]$/.test(value);
