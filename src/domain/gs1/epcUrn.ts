import { checkDigit } from './checkDigit.js';
import { canonicalBase, checkLink, pathOfKeys } from './digitalLink.js';
import { fault, type Faulty, GS1Error, isFaulty, type KeyValue } from './gs1Error.js';
import { decodeSegment } from './percent.js';
import { locateKey } from './locate.js';
import { normaliseUri } from './uri.js';

export interface Scheme {
  readonly ai: string;
  /** Digits of company prefix and reference together; without it the reference is free text after the prefix. */
  readonly digits?: number;
  /** The first digit of the reference (indicator, extension) stands before the prefix in the key. */
  readonly front?: true;
  /** What the key begins with besides. */
  readonly lead?: string;
  /** Components after the reference that belong to the key (ITIP: piece and total). */
  readonly more?: number;
  /** AI of the last component; '' when it is appended to the key itself. */
  readonly serial?: string;
}

/** The EPC schemes of TDS 2.0 (section 6.3) with a Digital Link form. Keys with `digits` carry a check digit that the URN has not. */
export const schemes: Readonly<Record<string, Scheme>> = {
  'id:sgtin': { ai: '01', digits: 13, front: true, serial: '21' },
  'class:lgtin': { ai: '01', digits: 13, front: true, serial: '10' },
  'id:upui': { ai: '01', digits: 13, front: true, serial: '235' },
  'id:itip': { ai: '8006', digits: 13, front: true, more: 2, serial: '21' },
  'id:sscc': { ai: '00', digits: 17, front: true },
  'id:sgln': { ai: '414', digits: 12, serial: '254' },
  'id:pgln': { ai: '417', digits: 12 },
  'id:grai': { ai: '8003', digits: 12, lead: '0', serial: '' },
  'id:gdti': { ai: '253', digits: 12, serial: '' },
  'id:sgcn': { ai: '255', digits: 12, serial: '' },
  'id:giai': { ai: '8004' },
  'id:gsrn': { ai: '8018', digits: 17 },
  'id:gsrnp': { ai: '8017', digits: 17 },
  'id:cpi': { ai: '8010', serial: '8011' },
  'id:ginc': { ai: '401' },
  'id:gsin': { ai: '402', digits: 16 },
};

/** Schemes whose pattern with a `*` for the serial number is a class that has a Digital Link (CBV 2.0, section 8.3). */
const classPatterns = new Set(['sgtin', 'upui', 'itip', 'grai', 'gdti', 'sgcn', 'cpi']);

const malformed = (urn: string): Faulty => ({
  faults: [fault(`EPC URN 格式不对：${urn}`, `is a malformed EPC URN: ${urn}`)],
});

/** The components of a URN body; the last one may hold dots itself. */
function components(body: string, count: number): string[] | undefined {
  const all = body.split('.');
  if (all.length < count) return undefined;
  return [...all.slice(0, count - 1), all.slice(count - 1).join('.')];
}

export function keysOf(
  scheme: Scheme,
  [prefix, reference, ...rest]: readonly string[],
  pattern: boolean,
): KeyValue[] | undefined {
  if (!/^\d{4,12}$/.test(prefix ?? '') || reference === undefined) return undefined;
  const { digits, front, lead = '', more = 0, serial } = scheme;
  let value = prefix! + decodeSegment(reference);
  if (digits !== undefined) {
    if (!/^\d*$/.test(reference) || value.length !== digits) return undefined;
    if (front) value = reference[0]! + prefix! + reference.slice(1);
    value += checkDigit(value);
  } else if (reference === '') return undefined;
  value = lead + value + rest.slice(0, more).join('');
  if (serial === undefined || pattern) return [{ ai: scheme.ai, value }];
  const last = decodeSegment(rest[more] ?? '');
  if (last === '') return undefined;
  if (serial === '') return [{ ai: scheme.ai, value: value + last }];
  // An SGLN without extension is written with the extension 0 (TDS 2.0, section 6.3.3).
  if (serial === '254' && last === '0') return [{ ai: scheme.ai, value }];
  return [
    { ai: scheme.ai, value },
    { ai: serial, value: last },
  ];
}

/** The keys that an EPC URN stands for; undefined when it has no Digital Link form (other schemes, wider patterns, raw tags). */
export function keysOfUrn(urn: string): readonly KeyValue[] | Faulty | undefined {
  const match = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/s.exec(urn);
  if (!match) return undefined;
  const [, kind, name, body] = match as unknown as [string, string, string, string];
  const scheme = schemes[kind === 'idpat' ? `id:${name}` : `${kind}:${name}`];
  if (!scheme) return undefined;
  const list = components(body, 2 + (scheme.more ?? 0) + (scheme.serial === undefined ? 0 : 1));
  if (!list) return kind === 'idpat' && body.includes('*') ? undefined : malformed(urn);
  const stars = kind === 'idpat' ? list.filter((c) => c.includes('*')).length : 0;
  if (stars > 0 && (stars > 1 || list.at(-1) !== '*' || !classPatterns.has(name))) return undefined;
  const keys = keysOf(scheme, list, stars > 0);
  if (!keys) return malformed(urn);
  const checked = checkLink({ stem: canonicalBase, keys, query: '' });
  return isFaulty(checked) ? checked : keys;
}

/**
 * An EPC URN as canonical Digital Link URI (TDS 2.0, CBV 2.0 section 8). URNs without a Digital Link form (other schemes, raw
 * tags, wider patterns) come back normalised. Throws GS1Error when the URN is malformed.
 */
export function fromUrn(urn: string): string {
  const normal = normaliseUri(urn);
  if (typeof normal !== 'string') throw new GS1Error(normal.faults);
  const keys = keysOfUrn(normal);
  if (keys === undefined) return normal;
  if (isFaulty(keys)) throw new GS1Error(keys.faults);
  return canonicalBase + pathOfKeys(keys);
}

/** The length of the company prefix that an EPC URN shows, which its Digital Link form loses; undefined where there is none. */
export function companyPrefixLength(urn: string): number | undefined {
  const match = /^urn:epc:(?:id|class|idpat):([a-z]+):(\d{4,12})\./i.exec(urn);
  return match && (schemes[`id:${match[1]}`] ?? schemes[`class:${match[1]}`]) ? match[2]!.length : undefined;
}

/** TDS 2.0 section 5.4: what a URN component may hold unescaped. */
const encodeComponent = (text: string) =>
  text.replace(/[^0-9A-Za-z!'()*+,\-.:;=_]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));

/** Which scheme writes these keys; undefined when no EPC URN can say what they say. */
function schemeFor(keys: readonly KeyValue[]): string | undefined {
  const has = (ai: string) => keys.some((key) => key.ai === ai);
  const [{ ai, value }] = keys as [KeyValue];
  const only = (name: string) => (keys.length === 1 ? name : undefined);
  switch (ai) {
    case '01':
      return has('21') ? 'id:sgtin' : has('10') ? 'class:lgtin' : has('235') ? 'id:upui' : only('idpat:sgtin');
    case '8006':
      return has('21') ? 'id:itip' : only('idpat:itip');
    case '414':
      return has('7040') ? undefined : 'id:sgln';
    case '8003':
      return value.length > 14 ? 'id:grai' : 'idpat:grai';
    case '253':
      return value.length > 13 ? 'id:gdti' : 'idpat:gdti';
    case '255':
      return value.length > 13 ? 'id:sgcn' : 'idpat:sgcn';
    case '8010':
      return has('8011') ? 'id:cpi' : only('idpat:cpi');
    default: {
      const name = Object.keys(schemes).find((key) => schemes[key]!.ai === ai);
      return name && only(name);
    }
  }
}

/**
 * A Digital Link URI as EPC URN. The URN shows where the GS1 Company Prefix ends and a Digital Link does not, so the caller must
 * know: from the URN that it was (companyPrefixLength), or from the owner's registration. Where it is not known, keep the Digital
 * Link: a wrong length gives a URN that looks right and names another key. A prefix has 4 to 12 digits.
 *
 * What has no URN (AI 22 alone, 7040, 8013, 8019, 415, other URIs) comes back unchanged. Beside a serial number a lot (10) or
 * variant (22) is left out, beside a lot the variant: the URN has no room for them. Throws GS1Error on malformed input.
 */
export function toUrn(uri: string, companyPrefixLength: number): string {
  const located = locateKey(uri);
  if (!located) return uri;
  const link = isFaulty(located) ? located : checkLink(located);
  if (isFaulty(link)) throw new GS1Error(link.faults);
  const name = schemeFor(link.keys);
  if (!name) return uri;
  const scheme = schemes[name.replace('idpat', 'id')]!;
  const key = link.keys[0]!.value.slice(scheme.lead?.length ?? 0);
  const length = companyPrefixLength;
  const digits = scheme.digits ?? key.length - 1;
  if (!Number.isInteger(length) || length < 4 || length > Math.min(12, digits - (scheme.front ? 1 : 0))) {
    throw new GS1Error([
      fault(
        `厂商识别代码长度 ${length} 不适用于 (${link.keys[0]!.ai})`,
        `a company prefix of ${length} digits does not fit (${link.keys[0]!.ai})`,
      ),
    ]);
  }
  const body = key.slice(0, digits);
  const front = scheme.front ? body[0]! : '';
  const numbers = body.slice(front.length);
  const tail = key.slice(digits + 1);
  const list = [numbers.slice(0, length)];
  if (scheme.digits === undefined) list.push(encodeComponent(key.slice(length)));
  else list.push(front + numbers.slice(length));
  if (scheme.more) list.push(tail.slice(0, 2), tail.slice(2, 4));
  if (name.startsWith('idpat')) list.push('*');
  else if (scheme.serial === '') list.push(encodeComponent(tail));
  else if (scheme.serial) list.push(encodeComponent(link.keys.find((k) => k.ai === scheme.serial)?.value ?? '0'));
  return `urn:epc:${name}:${list.join('.')}`;
}
