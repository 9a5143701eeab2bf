import type { Lang } from '../domain/text.js';
import { accountT } from './field-words.js';
import { page } from './layout.js';
import { Err, Icon, Notice } from './parts.js';

interface View {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
}
export interface SignInView extends View {
  /** Path of this server to go to afterwards. */
  readonly next: string;
  readonly name?: string;
  /** Whether the person was on the way to a page that needs an account. */
  readonly needed?: boolean;
  readonly fault?: string;
}

/** The sign-in form. What went wrong is one sentence: which of name and password was wrong is not told. */
export function signInPage(view: SignInView): string {
  const words = accountT(view.lang);
  const told = view.fault === undefined ? {} : { 'aria-describedby': 'fault', 'aria-invalid': 'true' as const };
  return page(
    { lang: view.lang, title: words.signInTitle, address: view.address, host: view.host, theme: 'field', hidden: true },
    <main class="wrap" id="main">
      {view.needed && view.fault === undefined ? <Notice icon="key">{words.needed}</Notice> : null}
      <div class="day">
        <h1>{words.signInTitle}</h1>
      </div>
      <form class="form" method="post" action="/signin">
        <input type="hidden" name="next" value={view.next} />
        <div>
          <label class="q" for="name">
            {words.name}
          </label>
          <input
            class="input"
            id="name"
            name="name"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            maxlength={200}
            value={view.name}
            {...told}
          />
        </div>
        <div>
          <label class="q" for="password">
            {words.password}
          </label>
          <input
            class="input"
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxlength={400}
            {...told}
          />
          {view.fault === undefined ? null : <Err id="fault">{view.fault}</Err>}
        </div>
        <div class="dock">
          <button class="btn btn--main">
            <Icon name="key" />
            {words.signInTitle}
          </button>
        </div>
      </form>
      <p class="note soft">{words.forgot}</p>
    </main>,
  );
}

export interface AccountView extends View {
  readonly name: string;
  readonly home: string;
  readonly done?: boolean;
  /** What is wrong with which control. */
  readonly faults?: Readonly<Partial<Record<'old' | 'new' | 'again', string>>>;
}

/** One's own account: change the password, sign out. */
export function accountPage(view: AccountView): string {
  const words = accountT(view.lang);
  const ask = (name: 'old' | 'new' | 'again', label: string, autocomplete: string, hint?: string) => {
    const fault = view.faults?.[name];
    const told = [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`]
      .filter((id) => id !== '')
      .join(' ');
    return (
      <div>
        <label class="q" for={name}>
          {label}
        </label>
        <input
          class="input"
          id={name}
          name={name}
          type="password"
          autocomplete={autocomplete}
          required
          maxlength={400}
          aria-describedby={told === '' ? undefined : told}
          aria-invalid={fault === undefined ? undefined : 'true'}
        />
        {hint === undefined ? null : (
          <p class="small soft" id={`${name}-hint`}>
            {hint}
          </p>
        )}
        {fault === undefined ? null : <Err id={`${name}-fault`}>{fault}</Err>}
      </div>
    );
  };
  return page(
    {
      lang: view.lang,
      title: words.account,
      address: view.address,
      host: view.host,
      theme: 'field',
      hidden: true,
      brand: { text: words.account, href: view.home, back: true },
    },
    <main class="wrap" id="main">
      {view.done ? <Notice icon="check">{words.changed}</Notice> : null}
      <div class="day">
        <h1>{words.changePassword}</h1>
        <p class="soft">{words.as(view.name)}</p>
      </div>
      <form class="form" method="post" action="/account/password">
        {ask('old', words.oldPassword, 'current-password')}
        {ask('new', words.newPassword, 'new-password', words.atLeast)}
        {ask('again', words.newAgain, 'new-password')}
        <div>
          <button class="btn btn--main">{words.changePassword}</button>
        </div>
      </form>
      <form class="note" method="post" action="/signout">
        <button class="btn">
          <Icon name="out" />
          {words.signOut}
        </button>
      </form>
    </main>,
  );
}
