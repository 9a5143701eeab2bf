import type { Lang } from '../domain/text.js';
import { accountWords } from './words/account.js';
import { cbvWords } from './words/cbv.js';
import { commonWords } from './words/common.js';
import { correctionWords } from './words/corrections.js';
import { deskWords } from './words/desk.js';
import { fieldWords } from './words/field.js';
import { linkTypeWords, linkWords } from './words/links.js';
import { masterWords } from './words/master.js';
import { mentionWords } from './words/mentions.js';
import { homeWords } from './words/home.js';
import { scanWords } from './words/scan.js';

/** A word in both languages: text, or a function that puts values into it (the same values in both). */
export type Word =
  | { readonly zh: string; readonly en: string }
  | { readonly zh: (...values: never[]) => string; readonly en: (...values: never[]) => string };
export type Words = Readonly<Record<string, Word>>;
type In<W extends Words> = { readonly [K in keyof W]: W[K]['zh'] };

/** Every table of words, by area; an area adds its file under words/ and a line here. A test holds them complete and distinct. */
export const tables = {
  common: commonWords,
  scan: scanWords,
  correction: correctionWords,
  home: homeWords,
  field: fieldWords,
  account: accountWords,
  master: masterWords,
  desk: deskWords,
  cbv: cbvWords,
  mentions: mentionWords,
  links: linkWords,
  linkTypes: linkTypeWords,
} as const satisfies Record<string, Words>;

/** The words of a table in one language: `const t = inLang(words); t('zh').key`. */
export function inLang<W extends Words>(words: W): (lang: Lang) => In<W> {
  const pick = (lang: Lang) =>
    Object.freeze(Object.fromEntries(Object.entries(words).map(([key, word]) => [key, word[lang]]))) as In<W>;
  const both = { zh: pick('zh'), en: pick('en') };
  return (lang) => both[lang];
}

/** The words that every page may need: `t(lang).key`. */
export const t = inLang(commonWords);
