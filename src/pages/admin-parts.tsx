import type { ComponentChildren } from 'preact';
import type { Role } from '../accounts/account.js';
import type { Lang } from '../domain/text.js';
import { deskT } from './field-words.js';
import type { Frame } from './layout.js';
import { Err } from './parts.js';

export interface AdminFrame {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly who: string;
}
type Area = 'parties' | 'places' | 'mandates' | 'accounts' | 'keys';

/** The menu of the administration. */
export const adminNav = (lang: Lang, here: Area): NonNullable<Frame['nav']> => {
  const words = deskT(lang);
  const areas: readonly (readonly [Area, string])[] = [
    ['parties', words.parties],
    ['places', words.places],
    ['mandates', words.mandates],
    ['accounts', words.accounts],
    ['keys', words.keys],
  ];
  return [
    ...areas.map(([area, text]) => ({ text, href: `/admin/${area}`, here: area === here })),
    { text: words.account, href: '/account' },
  ];
};

export const frame = (view: AdminFrame, title: string, here: Area): Frame => ({
  lang: view.lang,
  title,
  address: view.address,
  host: view.host,
  theme: 'desk',
  hidden: true,
  nav: adminNav(view.lang, here),
  who: view.who,
});

export const roleName = (role: Role, lang: Lang): string => {
  const words = deskT(lang);
  return {
    producer: words.roleProducer,
    operator: words.roleOperator,
    laboratory: words.roleLaboratory,
    inspector: words.roleInspector,
    admin: words.roleAdmin,
  }[role];
};

/** What is shown once and kept nowhere. */
export const Once = ({ title, secret, note }: { title: string; secret: string; note: string }) => (
  <section class="panel" role="status">
    <h2>{title}</h2>
    <p>
      <code class="code secret">{secret}</code>
    </p>
    <p class="soft">{note}</p>
  </section>
);

export const Table = ({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly ComponentChildren[])[] }) => (
  <div class="scroll">
    <table class="stack" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th role="columnheader" scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(([first, ...cells]) => (
          <tr role="row">
            <th role="rowheader" scope="row">
              {first}
            </th>
            {cells.map((cell, index) => (
              <td role="cell" data-l={heads[index + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** A button that changes one thing: a form of its own, since links change nothing. */
export const Act = ({
  action,
  name,
  value,
  text,
  of,
}: {
  action: string;
  name: string;
  value: string;
  text: string;
  of: string;
}) => (
  <form method="post" action={action} class="act">
    <input type="hidden" name={name} value={value} />
    <button class="quiet">
      {text}
      <span class="vh"> {of}</span>
    </button>
  </form>
);

const Choose = (props: {
  id: string;
  label: string;
  options: readonly (readonly [string, string])[];
  value?: string;
  fault?: string;
}) => (
  <div>
    <label class="q" for={props.id}>
      {props.label}
    </label>
    <select
      class="input"
      id={props.id}
      name={props.id}
      aria-describedby={props.fault === undefined ? undefined : `${props.id}-error`}
      aria-invalid={props.fault === undefined ? undefined : 'true'}
    >
      {props.options.map(([value, text]) => (
        <option value={value} selected={value === props.value}>
          {text}
        </option>
      ))}
    </select>
    {props.fault === undefined ? null : <Err id={`${props.id}-error`}>{props.fault}</Err>}
  </div>
);

export const Ask = (props: { id: string; label: string; value?: string; fault?: string; mode?: 'numeric' }) => (
  <div>
    <label class="q" for={props.id}>
      {props.label}
    </label>
    <input
      class="input"
      id={props.id}
      name={props.id}
      value={props.value}
      inputmode={props.mode}
      autocomplete="off"
      spellcheck={false}
      maxlength={200}
      aria-describedby={props.fault === undefined ? undefined : `${props.id}-error`}
      aria-invalid={props.fault === undefined ? undefined : 'true'}
    />
    {props.fault === undefined ? null : <Err id={`${props.id}-error`}>{props.fault}</Err>}
  </div>
);

/** What was typed of an account or a key, and what is wrong with it, by control. */
export interface Asked {
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
}

export const WhoFor = ({
  asked,
  parties,
  lang,
}: {
  asked?: Asked;
  parties: readonly { item: string; name: string }[];
  lang: Lang;
}) => {
  const words = deskT(lang);
  const roles: readonly Role[] = ['producer', 'operator', 'laboratory', 'inspector', 'admin'];
  return (
    <>
      <Choose
        id="role"
        label={words.role}
        options={roles.map((role) => [role, roleName(role, lang)] as const)}
        value={asked?.typed.role}
        fault={asked?.faults.role}
      />
      <Choose
        id="party"
        label={words.party}
        options={[['', '—'], ...parties.map(({ item, name }) => [item, name] as const)]}
        value={asked?.typed.party}
        fault={asked?.faults.party}
      />
      <Ask id="division" label={words.division} mode="numeric" value={asked?.typed.division} fault={asked?.faults.division} />
    </>
  );
};
