import { replayStories, storyFiles } from '../../src/demo.js';
import type { JsonObject } from '../../src/domain/record.js';
import { replayOf, type ReplayStep } from '../../src/domain/story.js';
import { noon, openService, type Caller, type Service } from '../support/service.js';

export const replay = replayOf(storyFiles(), noon);

/** The service after all stories were told, at noon of day 0. */
export async function toldService(): Promise<Service> {
  const service = await openService();
  await replayStories(service.app, replay);
  return service;
}

/** URI of a party of the stories by its Chinese name. */
export function partyNamed(zh: string): string {
  const said = replay.steps.find(
    (step): step is Exclude<ReplayStep, { kind: 'event' }> => step.kind === 'party' && (step.body.name as JsonObject).zh === zh,
  );
  if (!said) throw new Error(`no party ${zh}`);
  return said.id;
}

export const as = (service: Service, zh: string): Promise<Caller> => service.as('producer', { party: partyNamed(zh) });

/** The scan page as it is read: text without markup, one blank between words. */
export async function page(caller: Caller, path: string, lang: 'zh' | 'en'): Promise<string> {
  const { text } = await caller.get(path).set('accept', 'text/html').set('accept-language', lang).expect(200);
  return text
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** The JSON of an item as the caller may see it. */
export async function item(caller: Caller, path: string, query = ''): Promise<Item> {
  const { body } = await caller.get(`/api/items${path}${query}`).expect(200);
  return body as Item;
}

interface Item {
  readonly verdict: { readonly kind: string };
  readonly tests: readonly { readonly passed: boolean; readonly report?: string; readonly of?: JsonObject }[];
  readonly journey: readonly {
    readonly title: { readonly zh: string };
    readonly count: number;
    readonly temperature?: JsonObject;
  }[];
  readonly origin: JsonObject;
  readonly state?: State;
  readonly items?: readonly { readonly entry: number; readonly event: JsonObject; readonly hidden?: JsonObject }[];
}

export interface State {
  readonly holdings: readonly {
    readonly party: string;
    readonly place?: string;
    readonly quantity?: string;
    readonly unit?: string;
    readonly in?: string;
    readonly transit?: JsonObject;
  }[];
  readonly totals?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly ended?: JsonObject;
  readonly persistent: readonly string[];
}

/** What a state holds in a unit, of the hands that `of` accepts. */
export const held = (state: State, unit: string, of: (holding: State['holdings'][number]) => boolean = () => true): number =>
  state.holdings.filter((each) => each.unit === unit && of(each)).reduce((sum, each) => sum + Number(each.quantity), 0);
