import { inLang } from './messages.js';
import { accountWords } from './words/account.js';
import { deskWords } from './words/desk.js';
import { fieldWords } from './words/field.js';

/** Words of the producer's pages, of sign-in and of the administration: `fieldT(lang).key`. */
export const fieldT = inLang(fieldWords);
export const accountT = inLang(accountWords);
export const deskT = inLang(deskWords);
