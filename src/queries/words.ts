import type { Activity } from '../domain/activities.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { cbvWord } from '../domain/lot.js';
import type { Text } from '../domain/text.js';

/** How an event is called in a history: by its activity, else by its business step (CBV 2.0 section 7.1). */
export interface Title {
  readonly key: string;
  readonly title: Text;
  readonly icon: string;
  readonly stage: string;
}

const say = (zh: string, en: string, icon: string, stage: string) => ({ title: { zh, en }, icon, stage });
const steps: Readonly<Record<string, Omit<Title, 'key'>>> = {
  commissioning: say('登记', 'Registered', 'pen', 'processing'),
  creating_class_instance: say('生产', 'Produced', 'plant', 'processing'),
  inspecting: say('检查', 'Inspected', 'search', 'processing'),
  sampling: say('抽样', 'Sampled', 'flask', 'processing'),
  packing: say('装箱', 'Packed', 'box', 'processing'),
  unpacking: say('拆箱', 'Unpacked', 'box', 'processing'),
  repackaging: say('重新包装', 'Repacked', 'box', 'processing'),
  storing: say('入库', 'Stored', 'cold', 'transport'),
  loading: say('装车', 'Loaded', 'truck', 'transport'),
  unloading: say('卸货', 'Unloaded', 'in', 'transport'),
  shipping: say('发货', 'Shipped', 'truck', 'transport'),
  departing: say('出发', 'Departed', 'truck', 'transport'),
  transporting: say('运输', 'Transported', 'truck', 'transport'),
  arriving: say('到达', 'Arrived', 'pin', 'transport'),
  receiving: say('收货', 'Received', 'in', 'transport'),
  accepting: say('验收', 'Accepted', 'check', 'transport'),
  sensor_reporting: say('温湿度记录', 'Sensor readings', 'meter', 'transport'),
  stocking: say('上架', 'Put on the shelf', 'store', 'retail'),
  retail_selling: say('卖出', 'Sold', 'store', 'retail'),
  holding: say('封存', 'Put on hold', 'lock', 'processing'),
  destroying: say('销毁', 'Destroyed', 'stop', 'retail'),
  decommissioning: say('注销', 'Decommissioned', 'stop', 'retail'),
};
const types: Readonly<Record<EpcisEvent['type'], Omit<Title, 'key'>>> = {
  ObjectEvent: say('有记录', 'Observed', 'eye', 'processing'),
  AggregationEvent: say('装在一起', 'Put together', 'box', 'processing'),
  TransformationEvent: say('加工', 'Processed', 'plant', 'processing'),
  TransactionEvent: say('交易', 'Traded', 'paper', 'transport'),
  AssociationEvent: say('关联', 'Associated', 'link', 'processing'),
};

export function activityOf(event: EpcisEvent): string | undefined {
  const name = event['suyuan:activity'];
  return typeof name === 'string' ? name : undefined;
}

export function titleOf(event: EpcisEvent, activities: ReadonlyMap<string, Activity>): Title {
  const name = activityOf(event);
  const activity = name === undefined ? undefined : activities.get(name);
  if (activity) {
    const kind = activity.name === 'process' ? choiceWords(activities, 'process', 'kind', event['suyuan:kind']) : undefined;
    const title = kind ? { zh: kind.zh, en: `${activity.did.en}: ${kind.en.toLowerCase()}` } : activity.did;
    return { key: kind ? `process ${kind.en}` : activity.name, title, icon: activity.icon, stage: activity.stage };
  }
  const step = cbvWord(event.bizStep);
  const known = step !== undefined && Object.hasOwn(steps, step) ? steps[step] : undefined;
  return { key: step ?? event.type, ...(known ?? types[event.type]) };
}

/** Words of a choice of an activity's form: of `residue` in the field `kind` of `test`, "农药残留". */
export function choiceWords(
  activities: ReadonlyMap<string, Activity>,
  activity: string,
  field: string,
  value: unknown,
): Text | undefined {
  const schema = activities.get(activity)?.fields.properties[field];
  return (schema?.oneOf ?? schema?.items?.oneOf)?.find((choice) => choice.const === value)?.['x-label'];
}

const kinds: Readonly<Record<string, Text>> = {
  plot: { zh: '园地', en: 'a plot' },
  pond: { zh: '池塘', en: 'a pond' },
  barn: { zh: '圈舍', en: 'a barn' },
  plant: { zh: '加工厂', en: 'a plant' },
  'cold-store': { zh: '冷库', en: 'a cold store' },
  warehouse: { zh: '仓库', en: 'a warehouse' },
  shop: { zh: '零售门店', en: 'a shop' },
  market: { zh: '市场', en: 'a market' },
  site: { zh: '工地', en: 'a site' },
  laboratory: { zh: '检测机构', en: 'a laboratory' },
};
/** What kind of place it is, in words; of a vehicle nothing (its plate is nobody's business). */
export const placeKind = (kind: unknown): Text | undefined =>
  typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
