import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Lang } from '../domain/text.js';
import { assetPath } from './asset.js';
import { sprite } from './icons.js';
import { t } from './messages.js';
import { Icon } from './parts.js';

/** The kinds of page: `read` for anyone (one column), `field` for producers, `desk` for inspectors and admins, `labels` to print. */
export type Theme = 'read' | 'field' | 'desk' | 'labels';

export interface Frame {
  readonly lang: Lang;
  /** Without the name of the project. */
  readonly title: string;
  /** Path and query of this page as it was asked for: the language switch keeps it. */
  readonly address: string;
  /** Host of the public address: what the bar shows, so that a copied page is found out. */
  readonly host: string;
  readonly theme?: Theme;
  /** What stands for the mark's word on pages of a party; `back` makes it a way back instead of home. */
  readonly brand?: { readonly text: string; readonly href: string; readonly back?: true };
  /** Links of a desk's main menu. */
  readonly nav?: readonly { readonly text: string; readonly href: string; readonly here?: boolean }[];
  /** Who is signed in, on desks: a name to show. */
  readonly who?: string;
  /** Where the skip link goes: id of an element, and words when "skip to the page" does not do. */
  readonly skip?: { readonly to: string; readonly text?: string };
  /** Bundles of dist/assets to load after the page (`verify.js`); pages work without. */
  readonly scripts?: readonly string[];
  readonly foot?: ComponentChildren;
  /** The page is wider than a reading column, and so is its foot. */
  readonly wide?: boolean;
  /** Not for search engines: results, errors and whatever belongs to an account. */
  readonly hidden?: boolean;
}

/** This address with another language asked for: the server sets a cookie and comes back without it. */
export function inOtherLang(address: string, lang: Lang): string {
  const cut = address.indexOf('?');
  // As it was sent: two slashes, or a backslash, at its beginning would name another host.
  const path = (cut < 0 ? address : address.slice(0, cut)).replace(/^[/\\]+/, '/');
  const query = new URLSearchParams(cut < 0 ? '' : address.slice(cut + 1));
  query.set('lang', lang);
  return `${path}?${query.toString()}`;
}

const tag = { zh: 'zh-CN', en: 'en' } as const;

function Bar({ frame }: { frame: Frame }) {
  const words = t(frame.lang);
  const other: Lang = frame.lang === 'zh' ? 'en' : 'zh';
  const { brand } = frame;
  return (
    <header class={frame.theme === 'labels' ? 'bar no-print' : 'bar'}>
      <a class="brand" href={brand?.href ?? '/'}>
        {brand?.back ? (
          <span class="flip">
            <Icon name="go" />
          </span>
        ) : (
          <Icon name="logo" />
        )}
        {brand?.text ?? words.name}
      </a>
      {frame.nav === undefined ? null : (
        <nav aria-label={words.mainMenu}>
          {frame.nav.map((link) => (
            <a href={link.href} aria-current={link.here ? 'page' : undefined}>
              {link.text}
            </a>
          ))}
        </nav>
      )}
      {frame.who === undefined ? null : <span class="who-am">{frame.who}</span>}
      <span class="host" title={words.trueAddress}>
        {frame.theme === 'field' ? null : (
          <>
            <Icon name="lock" />
            {frame.host}
          </>
        )}
      </span>
      <a href={inOtherLang(frame.address, other)} hreflang={tag[other]} lang={tag[other]} rel="nofollow">
        {other === 'en' ? 'English' : '中文'}
      </a>
    </header>
  );
}

/** A whole document: the frame around `children` (which bring their own `<main>`). No inline style or script: a strict policy holds. */
export function page(frame: Frame, children: ComponentChildren): string {
  const words = t(frame.lang);
  const theme = frame.theme ?? 'read';
  const head = render(
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{`${frame.title} · ${words.name}`}</title>
      <meta name="color-scheme" content="light dark" />
      {frame.hidden ? <meta name="robots" content="noindex" /> : null}
      <link rel="stylesheet" href={assetPath('suyuan.css')} />
      <link rel="icon" type="image/svg+xml" href={assetPath('mark.svg')} />
      {frame.scripts?.map((name) => (
        <script src={assetPath(name)} defer />
      ))}
    </head>,
  );
  const body = render(
    <>
      <a class="skip" href={`#${frame.skip?.to ?? 'main'}`}>
        {frame.skip?.text ?? words.skipMain}
      </a>
      <Bar frame={frame} />
      {children}
      {frame.foot === undefined ? null : (
        <footer class={theme === 'read' && !frame.wide ? 'foot wrap' : 'foot'}>{frame.foot}</footer>
      )}
    </>,
  );
  const bodyClass = theme === 'read' ? '' : ` class="${theme}"`;
  return `<!doctype html>\n<html lang="${tag[frame.lang]}">${head}<body${bodyClass}>${sprite(body)}${body}</body></html>\n`;
}
