import type { Schema } from '../route.js';
import type { Text } from '../domain/text.js';

/** Shorthands of the table. */
export const words = (zh: string, en: string): Text => ({ zh, en });
export const text = (maxLength = 400): Schema => ({ type: 'string', minLength: 1, maxLength });
export const anObject: Schema = { type: 'object' };
export const recorded: Schema = { $ref: 'api/recorded.json' };
export const jsonBody = ['application/json'] as const;

/** Query parameters; others are refused. */
export const query = (properties: Record<string, Schema> = {}, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A parameter that may be empty: a field of a form that was left blank. */
export const blank = (maxLength = 400): Schema => ({ type: 'string', maxLength });
/** Who recorded it on whose behalf: `?for=<party>`. */
export const onBehalf = { for: blank() };

export const page = 'text/html';
export const pages = { 200: page } as const;
export const form = { types: ['application/x-www-form-urlencoded'], schema: { type: 'object' } } as const;
