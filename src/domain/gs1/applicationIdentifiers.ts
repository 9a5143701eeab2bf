import type { Fault, Text } from '../text.js';
import { rows } from './applicationIdentifierTable.js';
import { checkDigit } from './checkDigit.js';
import { type CouponCode, couponText } from './couponLint.js';
import { fault, type KeyValue } from './gs1Error.js';
import { characterSets, type Linter, linters, type Reason } from './linters.js';
import { type LintCode, lintTexts } from './lintTexts.js';

interface Component {
  readonly length: number;
  /** Up to `length` characters, at least one; else exactly. */
  readonly variable: boolean;
  readonly optional: boolean;
  readonly checks: readonly Linter[];
}

export interface ApplicationIdentifier {
  readonly ai: string;
  readonly title: Text;
  readonly components: readonly Component[];
  /** May stand in the query string of a Digital Link. */
  readonly attribute: boolean;
  /** No FNC1 follows it in a bar code. */
  readonly fixed: boolean;
  /** Of a Digital Link primary key: its sequences of qualifiers, e.g. [['22','10','21'],['235']]; else undefined. */
  readonly chains?: readonly (readonly string[])[];
  /** One of these groups must be with it. */
  readonly needs: readonly (readonly string[])[];
  /** None of these may be with it. */
  readonly bars: readonly string[];
}

function componentOf(text: string): Component {
  const [form, ...checks] = text.split(' ') as [string, ...string[]];
  const [, set, dots, length, optional] = /^([NXYZ])(\.\.)?(\d+)(\?)?$/.exec(form)!;
  return {
    length: Number(length),
    variable: dots !== undefined,
    optional: optional !== undefined,
    checks: [characterSets[set as 'N'], ...checks.map((name) => linters[name]!)],
  };
}

/** The identifiers that a range such as `3100-3105` or `91-99` stands for. */
function* expand(range: string): Generator<string> {
  const [first, last = first] = range.split('-') as [string, string?];
  for (let n = Number(first); n <= Number(last); n++) yield String(n).padStart(first.length, '0');
}

const table = new Map<string, ApplicationIdentifier>();
for (const [range, form, en, zh, extra = {}] of rows) {
  const components = form.split(' + ').map(componentOf);
  const chains = extra.chains?.split('|').map((chain) => (chain ? chain.split(',') : []));
  for (const ai of expand(range)) {
    table.set(ai, {
      ai,
      title: { zh, en },
      components,
      attribute: extra.attribute ?? true,
      fixed: extra.fixed ?? false,
      ...(chains && { chains }),
      needs: extra.needs ? extra.needs.split(',').map((group) => group.split('+')) : [],
      bars: extra.bars?.split(',') ?? [],
    });
  }
}

/** What the standard says of an application identifier of 2 to 4 digits; undefined when none is assigned. */
export const applicationIdentifier = (ai: string): ApplicationIdentifier | undefined => table.get(ai);
export const allApplicationIdentifiers = (): IterableIterator<ApplicationIdentifier> => table.values();

/** Why the value is not one of this application identifier, as a reason code; undefined when it is. The AI must exist. */
export function lint(ai: string, value: string): Reason | undefined {
  let rest = value;
  for (const { length, variable, optional, checks } of table.get(ai)!.components) {
    if (optional && rest === '') continue;
    const part = rest.slice(0, length);
    rest = rest.slice(length);
    // Characters before length: a letter among digits says more than a count.
    const wrong = checks[0]!(part);
    if (wrong) return wrong;
    if (part === '' || (!variable && part.length < length)) return 'too-short';
    for (const check of checks) {
      const reason = check(part);
      if (reason) return reason;
    }
  }
  return rest === '' ? undefined : 'too-long';
}

export const reasonText = (reason: Reason): Text =>
  Object.hasOwn(lintTexts, reason) ? lintTexts[reason as LintCode] : couponText(reason as CouponCode);

/** As lint, in words that name the AI; an AI that does not exist is a fault too. */
export function valueFault({ ai, value }: KeyValue): Fault | undefined {
  const known = table.get(ai);
  if (!known) return fault(`(${ai}) 不是 GS1 应用标识符`, `(${ai}) is not a GS1 application identifier`);
  const reason = lint(ai, value);
  if (!reason) return undefined;
  const text = reasonText(reason);
  const want = hint(known, value, reason);
  return fault(`(${ai}) ${known.title.zh}：${text.zh}${want.zh}`, `(${ai}) ${known.title.en} ${text.en}${want.en}`);
}

/** What would be right, where that can be said. */
function hint(known: ApplicationIdentifier, value: string, reason: Reason): Text {
  if (reason === 'too-short' || reason === 'too-long') return lengthText(known);
  if (reason !== 'incorrect-check-digit') return { zh: '', en: '' };
  const before = known.components.findIndex((component) => component.checks.includes(linters['csum']!));
  const from = known.components.slice(0, before).reduce((sum, component) => sum + component.length, 0);
  const right = checkDigit(value.slice(from, from + known.components[before]!.length - 1));
  return { zh: `（应为 ${right}）`, en: ` (should be ${right})` };
}

function lengthText({ components }: ApplicationIdentifier): Text {
  const most = components.reduce((sum, c) => sum + c.length, 0);
  const least = components.reduce((sum, c) => sum + (c.optional ? 0 : c.variable ? 1 : c.length), 0);
  return least === most
    ? { zh: `（应为 ${most} 位）`, en: ` (${most} characters are needed)` }
    : { zh: `（应为 ${least} 至 ${most} 位）`, en: ` (${least} to ${most} characters are needed)` };
}

/** Whether an AI is meant by a pattern such as `01`, `310n` or `31nn`. */
const matches = (pattern: string, ai: string) =>
  pattern.length === ai.length && [...pattern].every((c, i) => c === 'n' || c === ai[i]);

/** Pairs that contradict each other on one item (General Specifications 4.14.1). An AI does not bar itself. */
export function exclusionFaults(keys: readonly KeyValue[]): Fault[] {
  return keys.flatMap(({ ai }) =>
    (table.get(ai)?.bars ?? []).flatMap((pattern) =>
      keys
        .filter((other) => other.ai !== ai && matches(pattern, other.ai))
        .map((other) => fault(`(${ai}) 不能与 (${other.ai}) 同时出现`, `(${ai}) and (${other.ai}) must not be on one item`)),
    ),
  );
}

/**
 * What must be on the same item and is not (General Specifications 4.14.2). To be asked of everything that an item carries
 * together: one bar code of several need not be complete.
 */
export function requirementFaults(keys: readonly KeyValue[]): Fault[] {
  const has = (pattern: string) => keys.some(({ ai }) => matches(pattern, ai));
  return keys.flatMap(({ ai }) => {
    const needs = table.get(ai)?.needs ?? [];
    if (needs.length === 0 || needs.some((group) => group.every(has))) return [];
    const list = needs.map((group) => group.map((p) => `(${p})`).join('+'));
    return [fault(`(${ai}) 需要同时有 ${list.join(' 或 ')}`, `(${ai}) needs ${list.join(' or ')} on the same item`)];
  });
}
