import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonObject } from './domain/record.js';
import type { Fault, Text } from './domain/text.js';

const folder = fileURLToPath(new URL('../../schemas', import.meta.url));

/** Every file under schemas/, compiled on first use. */
export interface Schemas {
  /** The files by `$id` (their path under schemas/). */
  readonly files: ReadonlyMap<string, JsonObject>;
  /** A check by a file's id or by an inline schema: every fault with its JSON Pointer, none when the value fits. */
  check(schema: string | object): (value: unknown) => Fault[];
}

/** Loads schemas/ from disk. `more` adds files or replaces them by `$id` (tests add an activity this way). */
export function loadSchemas(more: readonly JsonObject[] = []): Schemas {
  const files = new Map<string, JsonObject>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.json')) continue;
    const schema = JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject;
    files.set(name.replaceAll('\\', '/'), schema);
  }
  for (const schema of more) files.set(String(schema.$id), schema);

  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: false, messages: true, ownProperties: true });
  formats.default(ajv);
  // RFC 3339 has leap seconds, and the pattern takes a few more than there are; a Date has none, and every time becomes one.
  const time = ajv.formats['date-time'] as { readonly validate: (text: string) => boolean };
  ajv.addFormat('date-time', { ...time, validate: (text: string) => time.validate(text) && !Number.isNaN(Date.parse(text)) });
  // An activity file is not itself a schema: its `fields` are, and they are checked inline.
  for (const [id, schema] of files)
    if (!/^activities\/(?!fields)/.test(id)) ajv.addSchema(schema.$id === id ? schema : { ...schema, $id: id }, id);

  const compiled = new Map<string | object, (value: unknown) => Fault[]>();
  const check = (schema: string | object): ((value: unknown) => Fault[]) => {
    let found = compiled.get(schema);
    if (!found) {
      const validate = typeof schema === 'string' ? ajv.getSchema(schema) : ajv.compile(schema);
      if (!validate) throw new Error(`no schema ${String(schema)}`);
      found = (value) => (validate(value) ? [] : faultsOf(validate));
      compiled.set(schema, found);
    }
    return found;
  };
  return { files, check };
}

function faultsOf(validate: ValidateFunction): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const error of validate.errors ?? []) {
    // `if` only says that one of its branches failed; the branch has its own error.
    if (error.keyword === 'if') continue;
    const fault = { pointer: pointerOf(error), message: wordsOf(error) };
    const key = fault.pointer + fault.message.en;
    if (!seen.has(key)) faults.push(fault);
    seen.add(key);
  }
  return faults;
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function pointerOf(error: ErrorObject): string {
  const params = error.params as Record<string, string>;
  const member = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty ?? params.propertyName;
  return member === undefined ? error.instancePath : `${error.instancePath}/${escape(member)}`;
}

function wordsOf(error: ErrorObject): Text {
  const p = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired':
      return { zh: '没有填', en: 'is missing' };
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'propertyNames':
      return { zh: '没有这一项', en: 'is not a known member' };
    case 'type':
      return { zh: `类型应为 ${String(p.type)}`, en: `must be ${String(p.type)}` };
    case 'enum':
      return {
        zh: `只能是 ${(p.allowedValues as unknown[]).join('、')}`,
        en: `must be one of ${(p.allowedValues as unknown[]).join(', ')}`,
      };
    case 'const':
      return { zh: `应为 ${JSON.stringify(p.allowedValue)}`, en: `must be ${JSON.stringify(p.allowedValue)}` };
    case 'oneOf':
    case 'anyOf':
      return { zh: '不是可选的值', en: 'is none of the allowed forms' };
    case 'maxLength':
      return { zh: `最多 ${String(p.limit)} 个字`, en: `must have at most ${String(p.limit)} characters` };
    case 'minLength':
      return p.limit === 1
        ? { zh: '没有填', en: 'is empty' }
        : { zh: `至少 ${String(p.limit)} 个字`, en: `must have at least ${String(p.limit)} characters` };
    case 'minItems':
      return { zh: `至少 ${String(p.limit)} 项`, en: `must have at least ${String(p.limit)} items` };
    case 'maxItems':
      return { zh: `最多 ${String(p.limit)} 项`, en: `must have at most ${String(p.limit)} items` };
    case 'uniqueItems':
      return { zh: '有重复', en: 'must not repeat an item' };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { zh: `应 ${String(p.comparison)} ${String(p.limit)}`, en: `must be ${String(p.comparison)} ${String(p.limit)}` };
    case 'pattern':
      return { zh: '格式不对', en: `does not have the form ${String(p.pattern)}` };
    case 'format':
      return { zh: `不是有效的${formatNames[String(p.format)] ?? String(p.format)}`, en: `is not a valid ${String(p.format)}` };
    default:
      return { zh: '不合要求', en: error.message ?? 'is wrong' };
  }
}

const formatNames: Record<string, string> = { 'date-time': '时间', date: '日期', uri: '网址', uuid: ' UUID', email: '邮箱' };
