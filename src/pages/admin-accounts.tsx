import type { Role } from '../accounts/account.js';
import { Act, type AdminFrame, Ask, type Asked, frame, Once, roleName, Table, WhoFor } from './admin-parts.js';
import { deskT } from './field-words.js';
import { page } from './layout.js';
import { Day, LinkButton, State } from './parts.js';

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
