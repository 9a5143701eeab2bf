import type { ComponentChildren } from 'preact';
import type { Lang } from '../../domain/text.js';
import { fieldT } from '../field-words.js';
import { Icon } from '../parts.js';
import { Beside, Control, Label, Picks, WithUnit } from './controls.js';
import type { Field, Form } from './tree.js';

/** Where the form is posted, and in which language it speaks. */
interface Where {
  readonly lang: Lang;
  readonly action: string;
}

const isChoice = (field: Field) => field.widget === 'picks' || field.widget === 'checks';

/** Fields one below the other; an amount and the unit after it share a row. */
const Rows = ({ fields, where }: { fields: readonly Field[]; where: Where }) => {
  const rows: Field[][] = [];
  for (const field of fields) {
    const before = rows.at(-1);
    const pairs = before?.length === 1 && before[0]?.widget === 'input' && before[0].mode !== 'text' && field.widget === 'select';
    if (pairs) before.push(field);
    else rows.push([field]);
  }
  return (
    <>
      {rows.map((row) =>
        row.length > 1 ? <Row fields={row} lang={where.lang} /> : row.map((field) => <Inner field={field} where={where} />),
      )}
    </>
  );
};

const Row = ({ fields, lang }: { fields: readonly Field[]; lang: Lang }) => (
  <div class="inner">
    <div class="unit">
      {fields.map((field) => (
        <label>
          <span class="small">
            <Label field={field} lang={lang} />
          </span>
          <Control field={field} lang={lang} />
        </label>
      ))}
    </div>
    {fields.map((field) => (
      <Beside field={field} lang={lang} />
    ))}
  </div>
);

/** A field within a group or a line. */
const Inner = ({ field, where }: { field: Field; where: Where }) => {
  if (field.widget === 'picks' || field.widget === 'checks' || field.widget === 'group' || field.widget === 'lines') {
    return (
      <fieldset
        class="inner"
        id={field.widget === 'group' ? field.id : undefined}
        tabindex={field.widget === 'group' ? -1 : undefined}
      >
        <legend>
          <Label field={field} lang={where.lang} />
        </legend>
        <Body field={field} where={where} />
        <Beside field={field} lang={where.lang} />
      </fieldset>
    );
  }
  return (
    <div class="inner">
      <label class="small" for={field.id}>
        <Label field={field} lang={where.lang} />
      </label>
      <WithUnit field={field} lang={where.lang} />
      <Beside field={field} lang={where.lang} />
    </div>
  );
};

const Lines = ({ field, where }: { field: Extract<Field, { widget: 'lines' }>; where: Where }) => {
  const words = fieldT(where.lang);
  return (
    <>
      <ol class="lines" id={field.id}>
        {field.lines.map((line, index) => (
          <li id={`${field.id}-${index}-line`}>
            {field.lines.length === 1 ? null : (
              <p class="line-head">
                <b>{words.line(index + 1)}</b>
                <button
                  class="quiet"
                  name="remove"
                  value={`${field.name}/${index}`}
                  formaction={`${where.action}#${field.id}`}
                  formnovalidate
                >
                  {words.removeLine}
                  <span class="vh">{words.line(index + 1)}</span>
                </button>
              </p>
            )}
            <Rows fields={line} where={where} />
          </li>
        ))}
      </ol>
      {field.full ? null : (
        <button
          class="btn"
          name="add"
          value={field.name}
          formaction={`${where.action}#${field.id}-${field.lines.length}-line`}
          formnovalidate
        >
          <Icon name="plus" />
          {words.addLine}
        </button>
      )}
    </>
  );
};

const Body = ({ field, where }: { field: Field; where: Where }): ComponentChildren => {
  if (field.widget === 'picks' || field.widget === 'checks') return <Picks field={field} lang={where.lang} />;
  if (field.widget === 'lines') return <Lines field={field} where={where} />;
  return field.widget === 'group' ? <Rows fields={field.fields} where={where} /> : null;
};

/** One question of the form: a numbered block. */
const Block = ({ field, number, where }: { field: Field; number: number; where: Where }) =>
  isChoice(field) || field.widget === 'group' || field.widget === 'lines' ? (
    <fieldset id={field.widget === 'group' ? field.id : undefined} tabindex={field.widget === 'group' ? -1 : undefined}>
      <legend>
        <Label field={field} lang={where.lang} number={number} />
      </legend>
      <Body field={field} where={where} />
      <Beside field={field} lang={where.lang} />
    </fieldset>
  ) : (
    <div>
      <label class="q" for={field.id}>
        <Label field={field} lang={where.lang} number={number} />
      </label>
      <WithUnit field={field} lang={where.lang} />
      <Beside field={field} lang={where.lang} />
    </div>
  );

/** What is already filled in below the fold, so that nothing is recorded unseen. */
const Filled = ({ fields, lang }: { fields: readonly Field[]; lang: Lang }) => {
  const said = fields.flatMap((field) => {
    const value = 'value' in field && field.value !== '' ? field.value : undefined;
    if (value === undefined) return [];
    const choice = 'choices' in field ? field.choices.find((one) => one.value === value) : undefined;
    return [`${field.label[lang]} ${choice?.label[lang] ?? value}`];
  });
  return said.length === 0 ? null : (
    <span class="small soft">
      {fieldT(lang).filled}
      {said.join(fieldT(lang).listComma)}
    </span>
  );
};

/** Every question of a form; the caller brings `<form>`, hidden controls and the button that saves. */
export const Questions = ({ form, where }: { form: Form; where: Where }) => (
  <>
    {form.fields.map((field, index) => (
      <Block field={field} number={index + 1} where={where} />
    ))}
    {form.more.length === 0 ? null : (
      <details class="more" open={form.more.some((field) => form.faulty.includes(field))}>
        <summary>
          <span>
            <u>{fieldT(where.lang).mayAlso(form.more.length)}</u>
            <Filled fields={form.more} lang={where.lang} />
          </span>
        </summary>
        {form.more.map((field, index) => (
          <Block field={field} number={form.fields.length + index + 1} where={where} />
        ))}
      </details>
    )}
  </>
);

/** Why nothing was saved, each reason a link to its control. */
export const NotSaved = ({ form, lang }: { form: Form; lang: Lang }) => {
  const words = fieldT(lang);
  if (form.faulty.length === 0 && form.rest.length === 0) return null;
  return (
    <div class="notice notice--stop" role="alert">
      <Icon name="stop" />
      <div>
        {form.faulty.length === 0 ? null : (
          <p>
            {words.notSavedOnly}
            {form.faulty.map((field, index) => (
              <>
                {index === 0 ? '' : words.listComma}
                <a href={`#${field.id}`}>{field.label[lang]}</a>
              </>
            ))}
            {words.fullStop}
          </p>
        )}
        {form.rest.length === 0 ? null : <p>{words.notSaved}</p>}
        {form.rest.map((message) => (
          <p>{message[lang]}</p>
        ))}
      </div>
    </div>
  );
};
