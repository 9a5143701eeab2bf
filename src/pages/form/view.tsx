import type { ComponentChildren } from 'preact';
import type { Lang, Text } from '../../domain/text.js';
import { fieldT } from '../field-words.js';
import { Err, Icon } from '../parts.js';
import type { Field, Form } from './tree.js';

/** Where the form is posted, and in which language it speaks. */
interface Where {
  readonly lang: Lang;
  readonly action: string;
}

const hintId = (field: Field) => `${field.id}-hint`;
const errorId = (field: Field) => `${field.id}-error`;
const said = (field: Field) => field.hint !== undefined || field.note !== undefined;

/** Ties a control to what is said of it: its hint, what was worked out, and its faults. */
const told = (field: Field) => ({
  'aria-describedby':
    [...(said(field) ? [hintId(field)] : []), ...(field.faults.length > 0 ? [errorId(field)] : [])].join(' ') || undefined,
  'aria-invalid': field.faults.length > 0 ? ('true' as const) : undefined,
});

/** Where what is not listed is typed or scanned. */
const Other = ({ field, lang }: { field: Field; lang: Lang }) =>
  field.other === undefined ? null : (
    <label class="other">
      <span class="small">{fieldT(lang).orType}</span>
      <input class="input" name={`${field.name}+`} value={field.other} autocomplete="off" spellcheck={false} maxlength={400} />
    </label>
  );

const Beside = ({ field, lang }: { field: Field; lang: Lang }) => (
  <>
    <Other field={field} lang={lang} />
    {said(field) ? (
      <p class="small soft" id={hintId(field)}>
        {[field.note, field.hint]
          .filter((text): text is Text => text !== undefined)
          .map((text) => (
            <span class="said">{text[lang]}</span>
          ))}
      </p>
    ) : null}
    {field.faults.length > 0 ? (
      <Err id={errorId(field)}>{field.faults.map((fault) => fault[lang]).join(lang === 'zh' ? '；' : '; ')}</Err>
    ) : null}
  </>
);

const Label = ({ field, lang, number }: { field: Field; lang: Lang; number?: number }) => (
  <>
    {number === undefined ? '' : `${number} `}
    {field.label[lang]}
    {field.free ? <span class="may">{fieldT(lang).mayBeEmpty}</span> : null}
  </>
);

const Picks = ({ field, lang }: { field: Extract<Field, { widget: 'picks' | 'checks' }>; lang: Lang }) => (
  <div class="picks">
    {field.choices.map((choice, index) => (
      <label class="pick">
        <input
          type={field.widget === 'picks' ? 'radio' : 'checkbox'}
          id={index === 0 ? field.id : `${field.id}-${index}`}
          name={field.name}
          value={choice.value}
          checked={field.widget === 'picks' ? choice.value === field.value : field.values.includes(choice.value)}
          {...told(field)}
        />
        <span>
          {choice.label[lang]}
          {choice.note === undefined ? null : <small>{choice.note[lang]}</small>}
        </span>
      </label>
    ))}
    {field.choices.length === 0 ? (
      <p class="soft" id={field.id}>
        {fieldT(lang).nothingToPick}
      </p>
    ) : null}
  </div>
);

const Select = ({ field, lang }: { field: Extract<Field, { widget: 'picks' | 'select' }>; lang: Lang }) => (
  <select class="input" id={field.id} name={field.name} required={field.required} {...told(field)}>
    {field.choices.some((choice) => choice.value === '') ? null : <option value="">{fieldT(lang).pickOne}</option>}
    {field.choices.map((choice) => (
      <option value={choice.value} selected={choice.value === field.value}>
        {choice.label[lang]}
        {choice.note === undefined ? '' : ` · ${choice.note[lang]}`}
      </option>
    ))}
  </select>
);

/** The control alone, for a field that is one control. */
const Control = ({ field, lang }: { field: Field; lang: Lang }) => {
  const common = { id: field.id, name: field.name, required: field.required, ...told(field) };
  switch (field.widget) {
    case 'input': {
      const big = field.mode === 'text' ? '' : ' input--big';
      return (
        <input
          class={`input${big}`}
          type="text"
          inputmode={field.mode}
          value={field.value}
          maxlength={field.most}
          autocomplete="off"
          {...common}
        />
      );
    }
    case 'long':
      return (
        <textarea class="input" rows={field.series ? 6 : 3} spellcheck={!field.series} {...common}>
          {field.value}
        </textarea>
      );
    case 'time':
      return (
        <>
          <input class="input" type="datetime-local" step={60} value={field.value} {...common} />
          {field.exact === '' ? null : <input type="hidden" name={`${field.name}@`} value={field.exact} />}
        </>
      );
    case 'date':
      return <input class="input" type="date" value={field.value} {...common} />;
    case 'select':
    case 'picks':
      return <Select field={field} lang={lang} />;
    default:
      return null;
  }
};

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

const WithUnit = ({ field, lang }: { field: Field; lang: Lang }) =>
  field.widget === 'input' && field.unit !== undefined ? (
    <div class="unit">
      <Control field={field} lang={lang} />
      <span class="nb">{field.unit[lang]}</span>
    </div>
  ) : (
    <Control field={field} lang={lang} />
  );

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
