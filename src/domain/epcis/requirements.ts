import type { Fault } from '../text.js';
import type {
  AggregationEvent,
  AssociationEvent,
  EpcisEvent,
  ObjectEvent,
  TransactionEvent,
  TransformationEvent,
} from './event.js';
import { fault } from './faults.js';

const some = (...lists: (readonly unknown[] | undefined)[]): boolean =>
  lists.some((list) => list !== undefined && list.length > 0);

/** What the members of an event require of each other: the rules of its type and action (EPCIS 2.0 section 7.4). */
export function requirementFaults(event: EpcisEvent): Fault[] {
  const faults: Fault[] = [];
  const ids = event.errorDeclaration?.correctiveEventIDs;
  if (event.eventID !== undefined && ids?.includes(event.eventID))
    faults.push(fault('/errorDeclaration/correctiveEventIDs', '事件不能更正它自己', 'names the event itself'));
  switch (event.type) {
    case 'ObjectEvent':
      return [...faults, ...objectFaults(event)];
    case 'AggregationEvent':
    case 'AssociationEvent':
      return [...faults, ...childrenFaults(event)];
    case 'TransactionEvent':
      return [...faults, ...transactionFaults(event)];
    case 'TransformationEvent':
      return [...faults, ...transformationFaults(event)];
  }
}

function objectFaults({ epcList, quantityList, ilmd, action, sensorElementList, readPoint }: ObjectEvent): Fault[] {
  const faults: Fault[] = [];
  if (ilmd !== undefined && action !== 'ADD')
    faults.push(fault('/ilmd', '批次主数据只能在 ADD 时给出', 'is allowed only with action ADD'));
  if (some(epcList, quantityList)) return faults;
  if (!some(sensorElementList))
    faults.push(fault('', '没有说是什么：要有 epcList 或 quantityList', 'names no thing: it needs epcList or quantityList'));
  else if (readPoint === undefined)
    faults.push(fault('/readPoint', '只有传感器数据时要写读取点', 'is missing: sensor data about no thing needs a read point'));
  return faults;
}

function childrenFaults(event: AggregationEvent | AssociationEvent): Fault[] {
  const { action, parentID, childEPCs, childQuantityList } = event;
  const faults: Fault[] = [];
  if (parentID === undefined && action !== 'OBSERVE')
    faults.push(fault('/parentID', `${action} 时要写上级`, `is missing: action ${action} needs a parent`));
  if (!some(childEPCs, childQuantityList) && action !== 'DELETE')
    faults.push(fault('/childEPCs', `${action} 时要写下级`, `is missing: action ${action} needs childEPCs or childQuantityList`));
  if (parentID !== undefined && childEPCs?.includes(parentID))
    faults.push(fault('/parentID', '上级不能是自己的下级', 'is among its own children'));
  return faults;
}

function transactionFaults({ action, bizTransactionList, epcList, quantityList, parentID }: TransactionEvent): Fault[] {
  const faults: Fault[] = [];
  if (bizTransactionList === undefined || bizTransactionList.length === 0)
    faults.push(fault('/bizTransactionList', '至少要有一份单据', 'must name at least one transaction'));
  if (!some(epcList, quantityList) && action !== 'DELETE')
    faults.push(fault('/epcList', `${action} 时要写是什么`, `is missing: action ${action} needs epcList or quantityList`));
  if (parentID !== undefined && epcList?.includes(parentID))
    faults.push(fault('/parentID', '上级不能在 epcList 中', 'is in epcList too'));
  return faults;
}

function transformationFaults(event: TransformationEvent): Fault[] {
  const inputs = some(event.inputEPCList, event.inputQuantityList);
  const outputs = some(event.outputEPCList, event.outputQuantityList);
  if (event.transformationID !== undefined)
    return inputs || outputs ? [] : [fault('', '没有投入也没有产出', 'has neither inputs nor outputs')];
  const faults: Fault[] = [];
  if (!inputs)
    faults.push(
      fault('/inputQuantityList', '没有投入（或 transformationID）', 'is missing: needs inputs, or a transformationID'),
    );
  if (!outputs)
    faults.push(
      fault('/outputQuantityList', '没有产出（或 transformationID）', 'is missing: needs outputs, or a transformationID'),
    );
  return faults;
}
