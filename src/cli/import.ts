import type { App } from '../app.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault } from '../domain/text.js';
import { catalogue, Problem } from '../errors.js';
import { parseJson } from '../http/body.js';
import { captureTools, documentOf } from '../http/capture.js';
import { registry } from '../http/recording.js';
import { captureDocument, type EventOutcome } from '../jobs/capture.js';
import type { Outcome } from './commands.js';

/**
 * Captures an EPCIS 2.0 document, as `POST /epcis/capture` does, under the name of `party` (the registry's own when none is given).
 * `text` is the document; with `proceed` faulty events are left out, otherwise one of them keeps all out.
 */
export async function importDocument(app: App, text: string, party: string | undefined, proceed: boolean): Promise<Outcome> {
  const value = parsed(text);
  if ('faults' in value) return { faults: value.faults };
  const document = documentOf(app, value.document);
  if ('faults' in document) return { faults: document.faults };
  const most = app.config.captureEvents;
  if (document.events.length > most)
    return { faults: [{ pointer: '', message: { zh: `一次最多 ${most} 个事件`, en: `at most ${most} events at once` } }] };
  const author = { by: party ?? registry, role: 'producer' } as const;
  const { result } = await captureDocument(document, proceed ? 'proceed' : 'rollback', captureTools(app, author));
  const count = (outcome: EventOutcome['outcome']) => result.outcomes.filter((each) => each.outcome === outcome).length;
  const [recorded, duplicate] = [count('recorded'), count('duplicate')];
  const failed = result.outcomes.length - recorded - duplicate;
  const counts: JsonObject = { recorded, duplicate, failed };
  return { done: counts, faults: result.outcomes.flatMap(faultsOf) };
}

function parsed(text: string): { document: unknown } | { faults: readonly Fault[] } {
  try {
    return { document: parseJson(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { faults, detail } = error.details;
    const { zh, en } = catalogue[error.code];
    const message = { zh: `${zh}${detail ? `：${detail.zh}` : ''}`, en: `${en}${detail ? `: ${detail.en}` : ''}` };
    return { faults: faults ?? [{ pointer: '', message }] };
  }
}

/** What kept an event out, each with its place in the document; nothing for one that is in, or only fell with another. */
function faultsOf(outcome: EventOutcome): readonly Fault[] {
  const { pointer } = outcome;
  switch (outcome.outcome) {
    case 'invalid':
      return outcome.faults;
    case 'refused':
      return outcome.findings.map(({ message }) => ({ pointer, message }));
    case 'conflict': {
      const entry = outcome.entry;
      return [
        {
          pointer,
          message: { zh: `同一编号已记过别的内容（存证号 ${entry}）`, en: `the id is taken by other content (entry ${entry})` },
        },
      ];
    }
    default:
      return [];
  }
}
