import type { JsonObject, Mark } from './record.js';

/** Which values of a statement its schema hides: `x-personal` (`natural`: unless the party is an organisation), `x-confidential`. */
export function markOf(schema: JsonObject, root: JsonObject): Mark | undefined {
  const personal = schema['x-personal'];
  if (personal === true || (personal === 'natural' && root.type !== 'organisation')) return 'personal';
  return schema['x-confidential'] === true ? 'confidential' : undefined;
}
