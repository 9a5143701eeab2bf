import { measurementTypes } from '../cbv.js';
import type { Prefixes } from '../context.js';
import { converted } from '../conversion.js';
import type { SensorElement, SensorReport } from '../event.js';
import { term } from '../hash.js';
import { thingOrText } from '../identifier.js';
import type { Condition } from '../query.js';
import { parseTime } from '../time.js';
import { compares } from './field.js';

type SensorCondition = Extract<Condition, { kind: 'sensorTime' | 'sensorType' | 'sensorText' | 'sensorFlag' | 'measure' }>;

/** Whether a sensor element, in its metadata or one of its reports, is what a parameter asks for. */
export function sensorHolds(
  { sensorMetadata, sensorReport }: SensorElement,
  condition: SensorCondition,
  prefixes: Prefixes,
): boolean {
  // The public part of another party's event may have lost its reports.
  const reports = sensorReport ?? [];
  switch (condition.kind) {
    case 'sensorTime': {
      const { of, op, time } = condition;
      const said = [sensorMetadata?.[of], ...(of === 'time' ? reports.map((report) => report.time) : [])];
      return said.some((text) => {
        const at = text === undefined ? undefined : parseTime(text);
        return at !== undefined && compares(op, at, time);
      });
    }
    case 'sensorType':
      return reports.some(({ type }) => type !== undefined && condition.any.includes(term(type, measurementTypes, prefixes)));
    case 'sensorText': {
      const { of, any } = condition;
      const above = of === 'deviceID' || of === 'dataProcessingMethod' || of === 'bizRules' ? [sensorMetadata?.[of]] : [];
      return [...above, ...reports.map((report) => report[of])].some((text) => text !== undefined && equals(of, text, any));
    }
    case 'sensorFlag':
      return reports.some(({ booleanValue }) => booleanValue === condition.value);
    case 'measure':
      return reports.some((report) => measureHolds(report, condition));
  }
}

function equals(of: string, text: string, any: readonly string[]): boolean {
  if (of === 'stringValue') return any.includes(text);
  // Hexadecimal digits mean the same in both cases (xsd:hexBinary).
  if (of === 'hexBinaryValue') return any.some((one) => one.toLowerCase() === text.toLowerCase());
  return any.includes(text) || any.includes(thingOrText(text));
}

/** A standard deviation is a difference of two values: the zero of a temperature scale does not count. */
function measureHolds(report: SensorReport, { of, op, any, uom }: Extract<SensorCondition, { kind: 'measure' }>): boolean {
  const value = report[of];
  if (value === undefined) return false;
  const amount =
    uom === undefined ? value : report.uom === undefined ? undefined : converted(value, report.uom, uom, of === 'sDev');
  return amount !== undefined && any.some((wanted) => compares(op, amount, wanted));
}
