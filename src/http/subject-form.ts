import type { App } from '../app.js';
import type { Fault, Text } from '../domain/text.js';
import { proposed } from '../pages/form/defaults.js';
import type { Posted } from '../pages/form/posted.js';
import { type Choice, formOf } from '../pages/form/tree.js';
import { unitName } from '../pages/format.js';
import { type SubjectFrame, subjectPage } from '../pages/subject.js';
import { type Answer, html } from './call.js';
import { privately } from './signin.js';
import { subjectSchema, type SubjectKind, unitChoices } from './subject.js';

export interface SubjectView {
  readonly frame: SubjectFrame;
  readonly kind: SubjectKind;
  readonly title: Text;
  /** Path that the form is posted to. */
  readonly action: string;
  readonly posted: Posted;
  readonly token: string;
  readonly faults: readonly Fault[];
  /** Given when a known subject is changed. */
  readonly id?: string;
  readonly behalf?: string;
  /** To choose from, in the registry's forms. */
  readonly parties?: readonly Choice[];
}

/** The form of a party, place, product or mandate, as it was typed and with what is wrong in it. */
export function showSubject(app: App, status: number, view: SubjectView): Answer {
  const { kind, posted, faults, id, behalf, parties, frame, ...rest } = view;
  const schema = subjectSchema(app, kind, id !== undefined, parties !== undefined);
  const filled = proposed(schema, posted, { now: new Date(app.clock()).toISOString(), number: String, unit: 'KGM' });
  const form = formOf(schema, filled, faults, {
    choices: (widget) => (widget === 'unit' ? unitChoices(app) : widget === 'party' ? (parties ?? []) : []),
    unit: (code) => ({ zh: unitName(code, 'zh'), en: unitName(code, 'en') }),
  });
  return html(
    status,
    subjectPage({ ...frame, ...rest, form, ...(id !== undefined && { id }), ...(behalf !== undefined && { behalf }) }),
    privately,
  );
}
