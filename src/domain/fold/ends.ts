import type { EpcisEvent } from '../epcis/event.js';
import { canonical } from '../gs1/identify.js';
import { cbvWord } from '../lot.js';

/** The party at an end of a transfer: the one that has the goods in hand there, else the owner (CBV 2.0 section 7.4). */
export function partyOf(event: EpcisEvent, end: 'source' | 'destination'): string | undefined {
  return endOf(event, end, 'possessing_party') ?? endOf(event, end, 'owning_party');
}

export const locationOf = (event: EpcisEvent, end: 'source' | 'destination'): string | undefined => endOf(event, end, 'location');

function endOf(event: EpcisEvent, end: 'source' | 'destination', type: string): string | undefined {
  const list = (end === 'source' ? event.sourceList : event.destinationList) ?? [];
  const found = list.find((e) => cbvWord(e.type) === type) as { source?: string; destination?: string } | undefined;
  const uri = found?.[end];
  return uri === undefined ? undefined : canonical(uri);
}
