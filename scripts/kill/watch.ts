import { createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkpointFile } from '../../src/ledger/checkpointFile.js';
import type { NaiveTree } from '../../test/support/audit/tree.js';

interface Seen {
  readonly size: number;
  readonly root: string;
  readonly where: string;
}

/** Collects every checkpoint that the service signs, and holds them against the ledger later. Reads the notes with code of its own. */
export class Watch {
  private readonly seen = new Map<string, Seen>();
  private largest = 0;
  readonly faults: string[] = [];
  private key: { readonly vkey: string; readonly verify: (text: string, signature: Buffer) => boolean } | undefined;

  get count(): number {
    return this.seen.size;
  }

  /** Asks for the checkpoint over and over until the service is gone. */
  async work(url: string, pauseMs: number): Promise<void> {
    for (;;) {
      try {
        const [note, vkey] = await Promise.all(['checkpoint', 'vkey'].map(async (name) => textOf(`${url}/log/${name}`)));
        this.useKey((vkey as string).trim());
        const { size } = this.take(note as string, 'over HTTP');
        if (size < this.largest) this.faults.push(`the log showed ${this.largest} entries and then ${size}`);
        this.largest = Math.max(this.largest, size);
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** The checkpoint that lies outside the database: whole whenever the process ended, or not there yet. */
  async readFile(folder: string): Promise<void> {
    const note = await readFile(checkpointFile(folder), 'utf8').catch(() => undefined);
    if (note !== undefined && this.key) this.take(note, 'in the file');
  }

  /** Every tree that was ever signed is the beginning of the present one. */
  heldBy(tree: NaiveTree): string[] {
    const faults = [...this.faults];
    if (this.largest > tree.leaves.length) faults.push(`the log showed ${this.largest} entries, ${tree.leaves.length} are left`);
    for (const { size, root, where } of this.seen.values())
      if (size > tree.leaves.length || tree.root(size).toString('base64') !== root)
        faults.push(`the checkpoint of ${size} entries seen ${where} is not of this ledger`);
    return faults;
  }

  private useKey(vkey: string): void {
    if (this.key?.vkey === vkey) return;
    if (this.key) this.faults.push(`the key of the log changed from ${this.key.vkey} to ${vkey}`);
    const bytes = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64');
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    this.key = { vkey, verify: (text, signature) => verify(null, Buffer.from(text), key, signature) };
  }

  private take(note: string, where: string): Seen {
    const at = note.indexOf('\n\n');
    const text = note.slice(0, at + 1);
    const [, size = '', root = ''] = text.split('\n');
    const signatures = note
      .slice(at + 2)
      .trim()
      .split('\n');
    const good = signatures.some((line) => this.key?.verify(text, Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(4)));
    if (!good) this.faults.push(`a checkpoint seen ${where} is not signed by the key of the log: ${JSON.stringify(note)}`);
    const seen = { size: Number(size), root, where };
    this.seen.set(`${size} ${root}`, seen);
    return seen;
  }
}

async function textOf(url: string): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} was answered ${answer.status} ${text}`);
  return text;
}
