import type { Fault } from '../text.js';
import * as cbv from './cbv.js';
import type { SensorElement, SensorMetadata, SensorReport } from './event.js';
import { below, fault, quoted } from './faults.js';
import { identifierFaults } from './identifierFaults.js';
import { type Around, timeFaults } from './around.js';
import { termFaults } from './terms.js';
import { parseTime } from './time.js';
import { isUnit } from './units.js';

/** What is wrong with the sensor elements of an event (EPCIS 2.0 section 7.3.7). */
export function sensorFaults(elements: readonly SensorElement[], pointer: string, around: Around): Fault[] {
  return elements.flatMap(({ sensorMetadata, sensorReport }, i) => {
    const at = below(pointer, i);
    return [
      ...(sensorMetadata === undefined ? [] : metadataFaults(sensorMetadata, below(at, 'sensorMetadata'), around)),
      ...sensorReport.flatMap((report, j) => reportFaults(report, below(below(at, 'sensorReport'), j), around)),
    ];
  });
}

const links = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'] as const;

function linkFaults(value: SensorMetadata | SensorReport, pointer: string): Fault[] {
  return links.flatMap((name) => {
    const link = value[name];
    return link === undefined ? [] : identifierFaults(link, 'outside', below(pointer, name));
  });
}

function metadataFaults(metadata: SensorMetadata, pointer: string, around: Around): Fault[] {
  const faults = linkFaults(metadata, pointer);
  for (const name of ['time', 'startTime', 'endTime'] as const) {
    const text = metadata[name];
    if (text !== undefined) faults.push(...timeFaults(text, below(pointer, name), around));
  }
  const { startTime, endTime } = metadata;
  if (startTime !== undefined && endTime !== undefined) {
    const [start, end] = [parseTime(startTime), parseTime(endTime)];
    if (start !== undefined && end !== undefined && start > end)
      faults.push(fault(below(pointer, 'endTime'), '结束早于开始', 'lies before startTime'));
  }
  return faults;
}

const measured = ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percValue'] as const;

function reportFaults(report: SensorReport, pointer: string, around: Around): Fault[] {
  const { prefixes } = around;
  const { type, exception, component, time, uom, minValue, maxValue, sDev, percRank, percValue } = report;
  const faults = termFaults(type, cbv.measurementTypes, prefixes, below(pointer, 'type'));
  faults.push(...linkFaults(report, pointer));
  if (exception !== undefined) faults.push(...termFaults(exception, cbv.sensorAlerts, prefixes, below(pointer, 'exception')));
  if (component !== undefined) faults.push(...termFaults(component, cbv.components, prefixes, below(pointer, 'component')));
  if (time !== undefined) faults.push(...timeFaults(time, below(pointer, 'time'), around));
  if (uom !== undefined && !isUnit(uom))
    faults.push(
      fault(
        below(pointer, 'uom'),
        `${quoted(uom)} 不是 UN/ECE Rec 20 的单位代码`,
        `${quoted(uom)} is not a unit code of UN/ECE Rec 20`,
      ),
    );
  // Pure numbers have no unit; what they count is said by the type or by microorganism, chemicalSubstance.
  if (
    uom === undefined &&
    cbv.measurementTypes.uris.has(type) &&
    !unitless.has(type) &&
    measured.some((name) => report[name] !== undefined)
  )
    faults.push(fault(below(pointer, 'uom'), '有测量值就要有单位', 'is missing: a measured value needs a unit'));
  if (minValue !== undefined && maxValue !== undefined && minValue > maxValue)
    faults.push(fault(below(pointer, 'maxValue'), '最大值小于最小值', 'is less than minValue'));
  if (sDev !== undefined && sDev < 0) faults.push(fault(below(pointer, 'sDev'), '标准差不能为负', 'must not be negative'));
  if (percRank !== undefined && (percRank < 0 || percRank > 100))
    faults.push(fault(below(pointer, 'percRank'), '百分位应在 0 到 100 之间', 'must lie between 0 and 100'));
  if ((percRank === undefined) !== (percValue === undefined)) {
    const missing = percRank === undefined ? 'percRank' : 'percValue';
    faults.push(fault(below(pointer, missing), '百分位和它的值要一起写', 'is missing: percRank and percValue go together'));
  }
  return faults;
}

const unitless: ReadonlySet<string> = new Set(['Dimensionless', 'Count', 'VolumeFraction']);
