import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import type { Text } from '../domain/text.js';
import { chance, type Chance } from './secret.js';

/** RFC 7914: 32 MiB and about a tenth of a second; three passes, as OWASP's table pairs with this size. */
const cost = { ln: 15, r: 8, p: 3 };
const hashBytes = 32;
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{22})\$([\w+/]{43})$/;

/** Fewer characters are refused, more are not a password but a load (NIST SP 800-63B section 3.1.1.2 asks for at least 64). */
export const passwordLength = { min: 10, max: 200 };

/** What is wrong with a password somebody wants, if anything. */
export function passwordFault(password: string, name: string): Text | undefined {
  const length = [...password].length;
  if (length < passwordLength.min || length > passwordLength.max)
    return {
      zh: `密码要 ${passwordLength.min} 到 ${passwordLength.max} 个字符`,
      en: `a password has ${passwordLength.min} to ${passwordLength.max} characters`,
    };
  if (password.toLowerCase() === name.toLowerCase() || new Set(password).size < 4)
    return { zh: '这个密码太容易猜', en: 'this password is too easy to guess' };
  return undefined;
}

/** The stored form, in the PHC notation: parameters, salt of 128 bits, hash. */
export async function hashPassword(password: string, random: Chance = chance): Promise<string> {
  const salt = Buffer.from(random(16));
  const hash = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether the password is the one that `stored` was made of. Takes the same time for a wrong one; false for a form it cannot read. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, ln, r, p, salt, hash] = form.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const derived = await derive(password, Buffer.from(salt, 'base64'), { ln: Number(ln), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'));
}

/** Checked when there is no such account, so that a missing name takes as long as a wrong password. */
export const nobodysPassword = `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** How many hashes may be worked on at once: each takes 32 MiB and a thread that the rest of the process wants too. */
const atOnce = 2;
const waiting: (() => void)[] = [];
let working = 0;

/** NFKC first, so that one password typed on two keyboards is the same bytes (NIST SP 800-63B section 3.1.1.2). */
async function derive(password: string, salt: Buffer, { ln, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r };
  if (working >= atOnce) await new Promise<void>((go) => waiting.push(go));
  else working += 1;
  try {
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    const next = waiting.shift();
    if (next === undefined) working -= 1;
    else next();
  }
}
