import type { ComponentChildren } from 'preact';
import type { Lang } from '../domain/text.js';
import { day, machineTime, minute } from './format.js';
import type { IconName } from './icons.js';
import { t } from './messages.js';

/** Shared components: each is a class of assets/suyuan.css; when to use which is in the ui guide. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="i" aria-hidden="true">
    <use href={`#${name}`} />
  </svg>
);

/** `2026-10-18` in a `<time>`. */
export const Day = ({ at }: { at: number }) => <time datetime={day(at)}>{day(at)}</time>;
/** `2026-10-18 07:40` in a `<time>`. */
export const Minute = ({ at }: { at: number }) => <time datetime={machineTime(at)}>{minute(at)}</time>;

const marks = {
  ok: (
    <>
      <circle cx="28" cy="28" r="26" fill="none" stroke="currentColor" stroke-width="3" />
      <path fill="none" stroke="currentColor" stroke-width="5" d="m15 29 9 9 17-20" />
    </>
  ),
  stop: (
    <>
      <path fill="none" stroke="currentColor" stroke-width="3" d="M17 2h22l15 15v22L39 54H17L2 39V17z" />
      <path fill="currentColor" d="M13 24h30v8H13z" />
    </>
  ),
  doubt: (
    <>
      <path fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round" d="M28 4 54 50H2z" />
      <path fill="none" stroke="currentColor" stroke-width="4" d="M28 21v14M28 40v4" />
    </>
  ),
} as const;
export type VerdictKind = keyof typeof marks;

/** The one answer of a scan or error page: three shapes for three verdicts. */
export const Verdict = (props: { kind: VerdictKind; title: string; line: string; children?: ComponentChildren }) => (
  <section class={`verdict verdict--${props.kind}`}>
    <div class="verdict-head">
      <svg class="mark" viewBox="0 0 56 56" aria-hidden="true">
        {marks[props.kind]}
      </svg>
      <div>
        <h1>{props.title}</h1>
        <p>{props.line}</p>
      </div>
    </div>
    {props.children === undefined ? null : <div class="verdict-body">{props.children}</div>}
  </section>
);

/** The seal 验讫: only where the record was verified. */
export const Seal = ({ lang }: { lang: Lang }) => (
  <svg class="stamp" viewBox="0 0 96 96" role="img" aria-label={t(lang).verifiedSeal}>
    <path fill="currentColor" d="M5 6 30 4l34 1 27-1 1 26-1 33 1 28-28 1-32-1-27 1-1-29 1-31z" />
    <rect x="9.5" y="9.5" width="77" height="77" fill="none" class="in" />
    <text x="67" y="44">
      溯
    </text>
    <text x="67" y="80">
      源
    </text>
    <text x="29" y="44">
      验
    </text>
    <text x="29" y="80">
      讫
    </text>
  </svg>
);
/** The empty frame 未核: nothing is vouched for. */
export const NoSeal = ({ lang }: { lang: Lang }) => (
  <svg class="stamp stamp--none" viewBox="0 0 96 96" role="img" aria-label={t(lang).noSeal}>
    <rect x="5" y="5" width="86" height="86" />
    <text x="48" y="44">
      未
    </text>
    <text x="48" y="80">
      核
    </text>
  </svg>
);

/** A word in a shape: `ok` verified, `stop` danger (with the octagon), plain = in progress. */
export const State = ({ kind, children }: { kind?: 'ok' | 'stop'; children: ComponentChildren }) => (
  <span class={kind === undefined ? 'state' : `state state--${kind}`}>
    {kind === undefined ? null : <Icon name={kind === 'ok' ? 'check' : 'stop'} />}
    {children}
  </span>
);

/** One banner under the bar: about the state of the page. */
export const Notice = ({ kind, icon = 'info', children }: { kind?: 'stop'; icon?: IconName; children: ComponentChildren }) => (
  <div class={kind === undefined ? 'notice' : 'notice notice--stop'} role={kind === 'stop' ? 'alert' : 'status'}>
    <Icon name={icon} />
    <p>{children}</p>
  </div>
);

/** An error beside its field: cannot be saved. Name the same `id` in the field's aria-describedby. */
export const Err = ({ id, children }: { id?: string; children: ComponentChildren }) => (
  <p class="err" id={id}>
    <Icon name="stop" />
    <span>{children}</span>
  </p>
);
/** Saved, but locked: a triangle and a broken frame, never confused with an error. */
export const Hold = ({ children }: { children: ComponentChildren }) => (
  <div class="hold">
    <Icon name="alert" />
    <div>{children}</div>
  </div>
);
/** What to do next, with an icon beside the word. */
export const LinkButton = (props: { href: string; icon?: IconName; kind?: 'main' | 'stop'; children: ComponentChildren }) => (
  <a class={props.kind === undefined ? 'btn' : `btn btn--${props.kind}`} href={props.href}>
    {props.icon === undefined ? null : <Icon name={props.icon} />}
    {props.children}
  </a>
);
