import type { ComponentChildren } from 'preact';
import type { Role } from '../accounts/account.js';
import type { Lang } from '../domain/text.js';
import { deskT } from './field-words.js';
import { type Frame, page } from './layout.js';
import { Day, Err, Icon, LinkButton, Notice, State } from './parts.js';

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

const frame = (view: AdminFrame, title: string, here: Area): Frame => ({
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
const Once = ({ title, secret, note }: { title: string; secret: string; note: string }) => (
  <section class="panel" role="status">
    <h2>{title}</h2>
    <p>
      <code class="code secret">{secret}</code>
    </p>
    <p class="soft">{note}</p>
  </section>
);

const Table = ({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly ComponentChildren[])[] }) => (
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
const Act = ({ action, name, value, text, of }: { action: string; name: string; value: string; text: string; of: string }) => (
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

const Ask = (props: { id: string; label: string; value?: string; fault?: string; mode?: 'numeric' }) => (
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

const WhoFor = ({ asked, parties, lang }: { asked?: Asked; parties: readonly { item: string; name: string }[]; lang: Lang }) => {
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

export interface AccountsView extends AdminFrame {
  readonly accounts: readonly {
    readonly name: string;
    readonly role: Role;
    readonly party?: string;
    readonly division?: string;
    readonly created: number;
    readonly disabled: boolean;
  }[];
  readonly parties: readonly { item: string; name: string }[];
  readonly next?: string;
  readonly once?: { readonly name: string; readonly password: string };
  readonly asked?: Asked;
}

/** Who can sign in: make an account, reset a password, let nobody in any more. */
export function accountsPage(view: AccountsView): string {
  const { lang, accounts, once, asked } = view;
  const words = deskT(lang);
  const rows = accounts.map((account) => [
    account.name,
    roleName(account.role, lang),
    account.party ?? account.division ?? '—',
    <Day at={account.created} />,
    account.disabled ? <State>{words.disabled}</State> : words.active,
    <div class="acts">
      <Act action="/admin/accounts/reset" name="name" value={account.name} text={words.reset} of={account.name} />
      <Act
        action={account.disabled ? '/admin/accounts/enable' : '/admin/accounts/disable'}
        name="name"
        value={account.name}
        text={account.disabled ? words.enable : words.disable}
        of={account.name}
      />
    </div>,
  ]);
  return page(
    frame(view, words.accounts, 'accounts'),
    <main id="main">
      <div class="desk-head">
        <h1>{words.accounts}</h1>
      </div>
      {once === undefined ? null : <Once title={words.secretOf(once.name)} secret={once.password} note={words.inviteNote} />}
      <div class="desk-main">
        <section class="panel">
          <Table heads={[words.signInName, words.role, words.standing, words.created, words.state, words.doing]} rows={rows} />
          {view.next === undefined ? null : <LinkButton href={view.next}>{words.moreRows}</LinkButton>}
        </section>
        <aside>
          <section class="panel">
            <h2>{words.invite}</h2>
            <form class="form" method="post" action="/admin/accounts" novalidate>
              <Ask id="name" label={words.signInName} value={asked?.typed.name} fault={asked?.faults.name} />
              <WhoFor asked={asked} parties={view.parties} lang={lang} />
              <div>
                <button class="btn btn--main">{words.invite}</button>
              </div>
            </form>
          </section>
        </aside>
      </div>
    </main>,
  );
}

export interface KeysView extends AdminFrame {
  readonly keys: readonly {
    readonly id: string;
    readonly label: string;
    readonly role: Role;
    readonly party?: string;
    readonly division?: string;
    readonly scopes?: readonly string[];
    readonly created: number;
    readonly used?: number;
    readonly revoked: boolean;
  }[];
  readonly parties: readonly { item: string; name: string }[];
  readonly next?: string;
  readonly once?: { readonly id: string; readonly secret: string };
  readonly asked?: Asked;
}

/** The keys of machines: made, shown once, taken back. */
export function keysPage(view: KeysView): string {
  const { lang, keys, once, asked } = view;
  const words = deskT(lang);
  const scopes: Readonly<Record<string, string>> = {
    read: words.scopeRead,
    capture: words.scopeCapture,
    record: words.scopeRecord,
  };
  const rows = keys.map((key) => [
    key.label === '' ? <code class="code">{key.id}</code> : key.label,
    roleName(key.role, lang),
    key.party ?? key.division ?? '—',
    key.scopes?.map((scope) => scopes[scope] ?? scope).join(lang === 'zh' ? '、' : ', ') ?? '—',
    <Day at={key.created} />,
    key.used === undefined ? words.never : <Day at={key.used} />,
    key.revoked ? (
      <State>{words.revoked}</State>
    ) : (
      <Act action="/admin/keys/revoke" name="id" value={key.id} text={words.revoke} of={key.label} />
    ),
  ]);
  return page(
    frame(view, words.keys, 'keys'),
    <main id="main">
      <div class="desk-head">
        <h1>{words.keys}</h1>
      </div>
      {once === undefined ? null : <Once title={once.id} secret={once.secret} note={words.keyOnce} />}
      <div class="desk-main">
        <section class="panel">
          <Table
            heads={[words.keyFor, words.role, words.standing, words.scopes, words.created, words.lastUse, words.doing]}
            rows={rows}
          />
          {view.next === undefined ? null : <LinkButton href={view.next}>{words.moreRows}</LinkButton>}
        </section>
        <aside>
          <section class="panel">
            <h2>{words.newKey}</h2>
            <form class="form" method="post" action="/admin/keys" novalidate>
              <Ask id="label" label={words.keyFor} value={asked?.typed.label} fault={asked?.faults.label} />
              <WhoFor asked={asked} parties={view.parties} lang={lang} />
              <fieldset>
                <legend>{words.scopes}</legend>
                <div class="picks">
                  {Object.entries(scopes).map(([scope, text]) => (
                    <label class="pick">
                      <input type="checkbox" name="scopes" value={scope} aria-describedby="scopes-hint" />
                      <span>{text}</span>
                    </label>
                  ))}
                </div>
                <p class="small soft" id="scopes-hint">
                  {words.scopesHint}
                </p>
              </fieldset>
              <div>
                <button class="btn btn--main">{words.newKey}</button>
              </div>
            </form>
          </section>
        </aside>
      </div>
    </main>,
  );
}

export interface MandatesView extends AdminFrame {
  readonly mandates: readonly {
    readonly uri: string;
    readonly from: string;
    readonly to: string;
    readonly since: number;
    readonly until?: number;
    readonly state: 'active' | 'over' | 'revoked';
    readonly ours: boolean;
  }[];
  readonly saved: boolean;
}

/** Who entrusts whom, and until when. */
export function mandatesPage(view: MandatesView): string {
  const { lang, mandates } = view;
  const words = deskT(lang);
  const states = { active: words.active, over: words.over, revoked: words.revoked };
  return page(
    frame(view, words.mandates, 'mandates'),
    <main id="main">
      {view.saved ? <Notice icon="check">{words.savedNow}</Notice> : null}
      <div class="desk-head">
        <h1>{words.mandates}</h1>
        <div class="btns">
          <LinkButton href="/admin/mandates/new" icon="plus">
            {words.newMandate}
          </LinkButton>
        </div>
      </div>
      <section class="panel">
        {mandates.length === 0 ? <p class="soft">{words.noneYet}</p> : null}
        <ul class="finds">
          {mandates.map((mandate) => (
            <li>
              <Icon name="link" />
              <div>
                <b>{words.entrusts(mandate.from, mandate.to)}</b>
                <p class="soft">
                  <Day at={mandate.since} /> {mandate.until === undefined ? null : <Day at={mandate.until} />}{' '}
                  <State>{states[mandate.state]}</State>
                </p>
                {mandate.ours && mandate.state === 'active' ? (
                  <Act
                    action="/admin/mandates/revoke"
                    name="id"
                    value={mandate.uri}
                    text={words.revoke}
                    of={words.entrusts(mandate.from, mandate.to)}
                  />
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </section>
    </main>,
  );
}
