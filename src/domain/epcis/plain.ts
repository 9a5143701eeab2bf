import type { Fault } from '../text.js';
import { below, fault } from './faults.js';

const deepest = 24;
const longestText = 4096;
const longestName = 512;

/**
 * What no JSON of an event may hold, wherever it stands: nesting without end, names that mean something to the language,
 * texts with null characters or half characters, numbers that not every reader reads alike.
 */
export function plainFaults(value: unknown): Fault[] {
  const faults: Fault[] = [];
  walk(value, '', 0, faults);
  return faults;
}

function walk(value: unknown, pointer: string, depth: number, faults: Fault[]): void {
  if (typeof value === 'string') textFaults(value, pointer, faults);
  else if (typeof value === 'number') numberFaults(value, pointer, faults);
  else if (typeof value !== 'object' || value === null) return;
  else if (depth >= deepest) faults.push(fault(pointer, `嵌套超过 ${deepest} 层`, `is nested deeper than ${deepest} levels`));
  else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) walk(value[i], below(pointer, i), depth + 1, faults);
  else
    for (const name of Object.keys(value)) {
      if (name === '__proto__') faults.push(fault(below(pointer, name), '不允许用这个名称', 'may not be used as a name'));
      else if (name.length > longestName)
        faults.push(
          fault(pointer, `有超过 ${longestName} 个字的名称`, `has a member name of more than ${longestName} characters`),
        );
      else walk((value as Record<string, unknown>)[name], below(pointer, name), depth + 1, faults);
    }
}

function textFaults(text: string, pointer: string, faults: Fault[]): void {
  if (text.length > longestText)
    faults.push(fault(pointer, `最多 ${longestText} 个字`, `must have at most ${longestText} characters`));
  if (text.includes('\0') || !text.isWellFormed())
    faults.push(fault(pointer, '含有不允许的字符', 'has characters that are not allowed'));
}

function numberFaults(value: number, pointer: string, faults: Fault[]): void {
  if (!Number.isFinite(value)) faults.push(fault(pointer, '不是有限的数', 'is not a finite number'));
  else if (significantDigits(value) > 15)
    faults.push(fault(pointer, '数字超过 15 位有效数字', 'has more than 15 significant digits'));
}

/** How many digits a number needs. JSON readers agree on up to 15 (RFC 8259 section 6: IEEE 754 doubles), so more are refused. */
const significantDigits = (value: number): number => {
  const text = String(Math.abs(value));
  // A point, and a nought before it, may stand beside the digits: fewer characters than these need not be counted.
  return text.length <= 15
    ? text.length
    : text
        .replace(/e.*$/, '')
        .replace('.', '')
        .replace(/^0+|0+$/g, '').length;
};

const suspicious = /[[,:\s]-?[\d.]{16,}/;
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/**
 * The numbers of a JSON text that are written with more than 15 significant digits: once parsed, those that a double rounds to
 * something shorter cannot be told any more. Texts are left alone.
 */
export function longNumbers(json: string): string[] {
  if (!suspicious.test(json)) return [];
  const found: string[] = [];
  for (const [text] of json.matchAll(token)) {
    if (text.startsWith('"')) continue;
    const digits = text
      .replace(/[eE].*$/, '')
      .replace(/[.-]/g, '')
      .replace(/^0+|0+$/g, '');
    if (digits.length > 15) found.push(text);
  }
  return found;
}
