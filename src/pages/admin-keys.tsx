import type { Role } from '../accounts/account.js';
import { Act, type AdminFrame, Ask, type Asked, frame, Once, roleName, Table, WhoFor } from './admin-parts.js';
import { deskT } from './field-words.js';
import { page } from './layout.js';
import { Day, LinkButton, State } from './parts.js';

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
