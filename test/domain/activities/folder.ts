import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { readActivities } from '../../../src/domain/activity/read.js';
import type { Activity } from '../../../src/domain/activities.js';
import type { JsonObject } from '../../../src/domain/record.js';

const read = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;

export const files: ReadonlyMap<string, JsonObject> = new Map(
  readdirSync('schemas/activities').map((name) => [`activities/${name}`, read(join('schemas/activities', name))]),
);
export const activities: ReadonlyMap<string, Activity> = readActivities(files);

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
export const validateFields = (activity: Activity): ValidateFunction => ajv.compile(activity.fields);
export const validateActivity: ValidateFunction = ajv.compile(read('schemas/activity.json'));

const reference = '../shared/reference/epcis/epcis-json-schema.json';
/** A check by GS1's own schema of EPCIS 2.0.1, or nothing where the reference data is not present. */
export function gs1Validation(): ValidateFunction | undefined {
  if (!existsSync(reference)) {
    console.log(`      (skipped: ${reference} is not here)`);
    return undefined;
  }
  const draft7 = new Ajv({ allErrors: true, strict: false });
  formats.default(draft7 as unknown as Ajv2020);
  return draft7.compile(read(reference));
}
