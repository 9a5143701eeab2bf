import { createHash, generateKeyPairSync, sign, verify, createPublicKey, type KeyObject } from 'node:crypto';
import { mth, proof } from '../ledger/naive.js';

/** A log of somebody else, made with nothing of ours: C2SP's formats as their texts have them, over the naive tree. */
export class OtherLog {
  readonly vkey: string;
  private readonly key: KeyObject;
  private readonly id: Buffer;

  constructor(
    readonly origin: string,
    readonly entries: Buffer[] = [],
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.key = privateKey;
    const typed = Buffer.concat([Buffer.of(1), Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')]);
    this.id = createHash('sha256').update(`${origin}\n`).update(typed).digest().subarray(0, 4);
    this.vkey = `${origin}+${this.id.toString('hex')}+${typed.toString('base64')}`;
  }

  grow(count: number, what = 'entry'): this {
    for (let n = 0; n < count; n++) this.entries.push(Buffer.from(`${what} ${this.entries.length}`));
    return this;
  }
  /** A log with the same key and the same first entries, which may then go its own way. */
  fork(size: number): OtherLog {
    return Object.assign(Object.create(OtherLog.prototype) as OtherLog, this, { entries: this.entries.slice(0, size) });
  }
  text(size = this.entries.length): string {
    return `${this.origin}\n${size}\n${mth(this.entries.slice(0, size)).toString('base64')}\n`;
  }
  signature(text: string): string {
    return `— ${this.origin} ${Buffer.concat([this.id, sign(null, Buffer.from(text), this.key)]).toString('base64')}\n`;
  }
  checkpoint(size = this.entries.length): string {
    const text = this.text(size);
    return `${text}\n${this.signature(text)}`;
  }
  proof(old: number, size = this.entries.length): string {
    if (old === 0 || old === size) return '';
    return proof(old, this.entries.slice(0, size))
      .map((hash) => `${hash.toString('base64')}\n`)
      .join('');
  }
  /** The body of add-checkpoint. */
  request(old: number, size = this.entries.length): string {
    return `old ${old}\n${this.proof(old, size)}\n${this.checkpoint(size)}`;
  }
}

/** The time of a cosignature line, checked as tlog-cosignature's text says; undefined when it does not hold. */
export function cosignatureTime(vkey: string, text: string, line: string): number | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey.trim()) ?? [];
  const typed = Buffer.from(encoded, 'base64');
  const digest = createHash('sha256').update(`${name}\n`).update(typed).digest('hex');
  const [dash, by, base64 = ''] = line.replace(/\n$/, '').split(' ');
  const bytes = Buffer.from(base64, 'base64');
  if (typed[0] !== 4 || digest.slice(0, 8) !== id || dash !== '—' || by !== name || bytes.length !== 76) return undefined;
  if (bytes.subarray(0, 4).toString('hex') !== id) return undefined;
  const time = bytes.readBigUInt64BE(4);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }, format: 'jwk' });
  const message = `cosignature/v1\ntime ${time}\n${text}`;
  return verify(null, Buffer.from(message), key, bytes.subarray(12)) ? Number(time) : undefined;
}
