import { checkDigit, hasCheckDigit } from './checkDigit.js';
import { arrange, canonicalBase, checkLink, pathOfKeys } from './digitalLink.js';
import { elementString, looksLikeElementString, parseElementString } from './elementString.js';
import { keysOfUrn } from './epcUrn.js';
import { fault, type Faulty, GS1Error, isFaulty, type KeyValue } from './gs1Error.js';
import { locateKey } from './locate.js';
import { Recent } from '../recent.js';
import { normaliseUri } from './uri.js';

/** class: a lot; instance: a single item; unit: a logistic unit; product: a GTIN without lot or serial, a part or model. */
export type IdentifierKind = 'class' | 'instance' | 'product' | 'unit' | 'party' | 'place' | 'asset' | 'document' | 'other';

export interface Identifier {
  /** Canonical Digital Link on https://id.gs1.org (keys and qualifiers, no query string); else the normalised URI. */
  readonly uri: string;
  readonly kind: IdentifierKind;
  /** Primary key, then qualifiers; empty for what is not GS1. */
  readonly keys: readonly KeyValue[];
  /** Application identifiers beside the key: of the query string, or of the element string. */
  readonly attributes: readonly KeyValue[];
}

const byPrimary: Readonly<Record<string, IdentifierKind>> = {
  '00': 'unit',
  '253': 'document',
  '255': 'document',
  // A consignment or shipment is a grouping that documents speak of, not a thing that holds lots.
  '401': 'document',
  '402': 'document',
  '414': 'place',
  '415': 'party',
  '417': 'party',
  '8003': 'asset',
  '8004': 'asset',
  '8013': 'product',
  '8017': 'party',
  '8018': 'party',
};

function kindOf(keys: readonly KeyValue[]): IdentifierKind {
  const known = byPrimary[keys[0]!.ai];
  if (known) return keys.some(({ ai }) => ai === '8020') ? 'document' : known;
  const has = (ai: string) => keys.some((key) => key.ai === ai);
  if (has('21') || has('235') || has('8011')) return 'instance';
  return has('10') ? 'class' : 'product';
}

const identifier = (keys: readonly KeyValue[], attributes: readonly KeyValue[] = []): Identifier => ({
  uri: canonicalBase + pathOfKeys(keys),
  kind: kindOf(keys),
  keys,
  attributes,
});

const canonicalItem = /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:\/10\/([\w.-]{1,20}))?(?:\/21\/([\w.-]{1,20}))?$/;
const canonicalOther = /^https:\/\/id\.gs1\.org\/(00\/\d{18}|41[47]\/\d{13})$/;

/** What the write path meets nearly always, already canonical: one regular expression and one check digit. */
function identifyCanonical(text: string): Identifier | undefined {
  const item = canonicalItem.exec(text);
  if (item) {
    const [, gtin, lot, serial] = item;
    if (!hasCheckDigit(gtin!)) return undefined;
    const keys: KeyValue[] = [{ ai: '01', value: gtin! }];
    if (lot !== undefined) keys.push({ ai: '10', value: lot });
    if (serial !== undefined) keys.push({ ai: '21', value: serial });
    const kind = serial !== undefined ? 'instance' : lot !== undefined ? 'class' : 'product';
    return { uri: text, kind, keys, attributes: [] };
  }
  const other = canonicalOther.exec(text);
  if (!other) return undefined;
  const [ai, value] = other[1]!.split('/') as [string, string];
  return hasCheckDigit(value) ? { uri: text, kind: byPrimary[ai]!, keys: [{ ai, value }], attributes: [] } : undefined;
}

function identifyLink(text: string): Identifier | Faulty {
  const located = locateKey(text);
  if (!located) return identifyOther(text);
  const link = isFaulty(located) ? located : checkLink(located);
  return isFaulty(link) ? link : identifier(link.keys, link.attributes);
}

function identifyUrn(text: string): Identifier | Faulty {
  const normal = normaliseUri(text);
  if (typeof normal !== 'string') return normal;
  const keys = keysOfUrn(normal);
  if (keys === undefined) return other(normal);
  return isFaulty(keys) ? keys : identifier(keys);
}

function identifyElements(text: string): Identifier | Faulty {
  const parsed = parseElementString(text);
  if (isFaulty(parsed)) return parsed;
  const arranged = arrange(parsed);
  if (isFaulty(arranged)) return arranged;
  return identifier(arranged.keys, arranged.attributes);
}

function identifyNumber(digits: string): Identifier | Faulty {
  const name = digits.length === 18 ? 'SSCC' : `GTIN-${digits.length}`;
  if (!hasCheckDigit(digits)) {
    const right = checkDigit(digits.slice(0, -1));
    return {
      faults: [
        fault(
          `${name} ${digits} 的校验码不对（应为 ${right}）`,
          `the check digit of the ${name} ${digits} is wrong (should be ${right})`,
        ),
      ],
    };
  }
  return identifier([digits.length === 18 ? { ai: '00', value: digits } : { ai: '01', value: digits.padStart(14, '0') }]);
}

/** Our own names of parties and places say what they are; of any other URI nothing is known. */
const ownKinds: readonly (readonly [string, IdentifierKind])[] = [
  ['urn:suyuan:uscc:', 'party'],
  ['urn:suyuan:party:', 'party'],
  ['urn:suyuan:place:', 'place'],
];
const other = (uri: string): Identifier => ({
  uri,
  kind: ownKinds.find(([start]) => uri.startsWith(start))?.[1] ?? 'other',
  keys: [],
  attributes: [],
});

function identifyOther(text: string): Identifier | Faulty {
  const normal = normaliseUri(text);
  return typeof normal === 'string' ? other(normal) : normal;
}

/**
 * What a text identifies. Accepts a GS1 Digital Link URI of any domain, an EPC URN (TDS 2.0), a GS1 element string
 * (human-readable or as scanned), a bare GTIN-8, -12, -13, -14 or SSCC, and any other absolute URI, which is only normalised.
 * The same thing gives the same `uri` whatever form it came in. Faults name the application identifier and the reason.
 */
export function identify(text: string): Identifier | Faulty {
  const known = lately.get(text);
  if (known !== undefined) return known;
  const found = identifyAnew(text);
  if (text.length <= 200 && !isFaulty(found)) lately.set(text, found);
  return found;
}

/** One record asks of each identifier in it some six times, and many records name the same parties and places. */
const lately = new Recent<string, Identifier>(10_000);

function identifyAnew(text: string): Identifier | Faulty {
  const canonical = identifyCanonical(text);
  if (canonical) return canonical;
  const trimmed = text.trim();
  if (/^https?:\/\//i.test(trimmed)) return identifyLink(trimmed);
  if (/^urn:epc:/i.test(trimmed)) return identifyUrn(trimmed);
  if (looksLikeElementString(trimmed)) return identifyElements(trimmed);
  if (/^(?:\d{8}|\d{12,14}|\d{18})$/.test(trimmed)) return identifyNumber(trimmed);
  return identifyOther(trimmed);
}

function mustIdentify(text: string): Identifier {
  const found = identify(text);
  if (isFaulty(found)) throw new GS1Error(found.faults);
  return found;
}

/** The one URI of what the text identifies. Throws GS1Error with the faults. */
export const canonical = (text: string): string => mustIdentify(text).uri;

/** Whether an identifier is of something that is traced: a lot, a single item or a logistic unit. */
export function isLot(uri: string): boolean {
  const found = identify(uri);
  return !isFaulty(found) && (found.kind === 'class' || found.kind === 'instance' || found.kind === 'unit');
}

/** Human-readable text of an identifier for a label: `(01)…(10)…`, or the URI where it has no keys. */
export function labelText(uri: string): string {
  const { keys, uri: normal } = mustIdentify(uri);
  return keys.length > 0 ? elementString(keys) : normal;
}
