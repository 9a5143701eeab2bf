import type { Lang, Text } from '../../domain/text.js';
import { fieldT } from '../field-words.js';
import { Err } from '../parts.js';
import type { Field } from './tree.js';

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

export const Beside = ({ field, lang }: { field: Field; lang: Lang }) => (
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

export const Label = ({ field, lang, number }: { field: Field; lang: Lang; number?: number }) => (
  <>
    {number === undefined ? '' : `${number} `}
    {field.label[lang]}
    {field.free ? <span class="may">{fieldT(lang).mayBeEmpty}</span> : null}
  </>
);

export const Picks = ({ field, lang }: { field: Extract<Field, { widget: 'picks' | 'checks' }>; lang: Lang }) => (
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
export const Control = ({ field, lang }: { field: Field; lang: Lang }) => {
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

export const WithUnit = ({ field, lang }: { field: Field; lang: Lang }) =>
  field.widget === 'input' && field.unit !== undefined ? (
    <div class="unit">
      <Control field={field} lang={lang} />
      <span class="nb">{field.unit[lang]}</span>
    </div>
  ) : (
    <Control field={field} lang={lang} />
  );
