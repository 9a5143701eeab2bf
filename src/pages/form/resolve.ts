import type { Json, JsonObject } from '../../domain/record.js';
import type { FieldSchema } from './schema.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A schema without `$ref` and `allOf`, as the forms read it: what stands beside a reference wins over what it points to.
 * References name a file of `files` by its `$id`, with a JSON Pointer into it, or a place in the same file (`#/$defs/lot`).
 */
export const resolve = (schema: JsonObject, file: string, files: ReadonlyMap<string, JsonObject>): FieldSchema =>
  full(schema, file, files, 0) as FieldSchema;

const full = (schema: JsonObject, file: string, files: ReadonlyMap<string, JsonObject>, depth: number): JsonObject => {
  // Deeper than any form: only a schema that contains itself comes here.
  if (depth > 32) throw new Error(`${file} refers to itself`);
  const { $ref, allOf, ...own } = schema;
  const parts: JsonObject[] = [];
  if (typeof $ref === 'string') {
    const [path = '', pointer = ''] = $ref.split('#');
    const target = path === '' ? file : path;
    parts.push(full(at(files.get(target), pointer, $ref), target, files, depth + 1));
  }
  if (Array.isArray(allOf)) for (const part of allOf) if (isObject(part)) parts.push(full(part, file, files, depth + 1));
  const result = [...parts, own].reduce(merge, {});
  if (isObject(result.properties)) {
    const entries = Object.entries(result.properties).map(([name, child]) => [
      name,
      isObject(child) ? full(child, file, files, depth + 1) : child,
    ]);
    result.properties = Object.fromEntries(entries) as JsonObject;
  }
  if (isObject(result.items)) result.items = full(result.items, file, files, depth + 1);
  return result;
};

const at = (document: JsonObject | undefined, pointer: string, ref: string): JsonObject => {
  let found: Json | undefined = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  if (!isObject(found)) throw new Error(`nothing stands at ${ref}`);
  return found;
};

const merge = (before: JsonObject, after: JsonObject): JsonObject => ({
  ...before,
  ...after,
  ...(isObject(before.properties) && isObject(after.properties) && { properties: { ...before.properties, ...after.properties } }),
  ...(Array.isArray(before.required) && Array.isArray(after.required) && { required: [...before.required, ...after.required] }),
});
