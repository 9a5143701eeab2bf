import type { Lang, Text } from '../domain/text.js';
import { NotSaved, Questions } from './form/view.js';
import type { Form } from './form/tree.js';
import { correctionT } from './corrections.js';
import { fieldT } from './field-words.js';
import { day, number, shortDay } from './format.js';
import { page } from './layout.js';
import { Icon, Notice } from './parts.js';

/** What the form has worked out of the interval that was written: when the crop may be harvested. */
export interface Earliest {
  /** A crop waits for its harvest, an animal for slaughter or market. */
  readonly of: 'harvest' | 'use';
  /** Unix milliseconds of the first day on which it may. */
  readonly at: number;
  /** Whole days from today; 0 when it may be harvested already. */
  readonly days: number;
}

export interface ActivityView {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  /** Path that the form is posted to. */
  readonly action: string;
  readonly title: Text;
  readonly hint?: Text;
  readonly form: Form;
  /** Of this very form: sent twice, it makes one entry. */
  readonly token: string;
  /** The party that this is recorded for, when it is not one's own. */
  readonly behalf?: { readonly id: string; readonly name: string };
  /** The entry that this one takes the place of. */
  readonly corrects?: number;
  readonly earliest?: Earliest;
  /** Whether the form asks for days to wait, so that working them out is offered. */
  readonly waits?: boolean;
}

const Ready = ({ earliest, lang }: { earliest: Earliest; lang: Lang }) => {
  const words = fieldT(lang);
  return (
    <div class="ready" role="status">
      <p>
        {earliest.of === 'harvest' ? words.earliest : words.earliestUse}
        <br />
        {words.wait(earliest.days)}
      </p>
      <b>
        <time datetime={day(earliest.at)}>{shortDay(earliest.at, lang)}</time>
      </b>
    </div>
  );
};

/** One entry: every question of an activity, made from its schema. Works without script. */
export function activityPage(view: ActivityView): string {
  const { lang, form } = view;
  const words = fieldT(lang);
  const failed = form.faulty.length > 0 || form.rest.length > 0;
  const title = view.title[lang];
  return page(
    {
      lang,
      title: failed ? `${words.notSaved} ${title}` : title,
      address: view.address,
      host: view.host,
      theme: 'field',
      hidden: true,
      brand: {
        text: title,
        href: view.behalf === undefined ? '/field' : `/field?for=${encodeURIComponent(view.behalf.id)}`,
        back: true,
      },
    },
    <main class="wrap" id="main">
      <h1 class="vh">{title}</h1>
      <NotSaved form={form} lang={lang} />
      {view.behalf === undefined ? null : <Notice icon="person">{words.behalfOf(view.behalf.name)}</Notice>}
      {view.corrects === undefined ? null : <Notice icon="pen">{correctionT(lang).correcting(number(view.corrects))}</Notice>}
      {view.hint === undefined ? null : <Notice icon="info">{view.hint[lang]}</Notice>}
      <form class="form" method="post" action={view.action} novalidate>
        {/* Enter in a text field presses the first button: it must save, not add a line. */}
        <button class="vh" name="save" value="1" tabindex={-1} aria-hidden="true">
          {words.save}
        </button>
        <input type="hidden" name="token" value={view.token} />
        {view.corrects === undefined ? null : <input type="hidden" name="corrects" value={view.corrects} />}
        {view.behalf === undefined ? null : <input type="hidden" name="for" value={view.behalf.id} />}
        <Questions form={form} where={{ lang, action: view.action }} />
        {view.waits ? (
          <div>
            <button class="btn" name="check" value="1" formnovalidate formaction={`${view.action}#ready`}>
              <Icon name="clock" />
              {words.check}
            </button>
          </div>
        ) : null}
        <div class="dock" id="ready">
          {view.earliest === undefined ? null : <Ready earliest={view.earliest} lang={lang} />}
          <button class="btn btn--main" name="save" value="1">
            {failed ? null : <Icon name="check" />}
            {failed ? words.saveAgain : words.save}
          </button>
        </div>
      </form>
    </main>,
  );
}
