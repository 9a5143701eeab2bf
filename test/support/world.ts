import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/record.js';
import { checkpointFile } from '../../src/ledger/checkpointFile.js';
import { readCheckpoint } from '../../src/ledger/checkpoint.js';
import { Checkpoints, type CheckpointsOptions } from '../../src/ledger/checkpoints.js';
import { draftOf, type Draft } from '../../src/ledger/draft.js';
import { Repeated, type Ledger, type Outcome } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Batch, Store } from '../../src/store/port.js';
import { audit } from './audit/audit.js';
import { faulty, type FaultyStore } from './faulty.js';

const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';

/** Event `n` of the farm, the same each time: it makes a lot of its own. */
export function event(n: number): Draft {
  const id = `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const body: JsonObject = {
    type: 'ObjectEvent',
    eventID: id,
    eventTime: new Date(1_700_000_000_000 + n * 1000).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [{ epcClass: `https://id.gs1.org/01/09520131000102/10/W${n}`, quantity: 10, uom: 'KGM' }],
  };
  return draftOf({ v: 1, kind: 'event', id, by: farm, body }, { role: 'producer' });
}

let parties = 0;
/** A statement under an id that was made for it just now: nothing in it tells that it was asked for before. */
export const party = (): Draft => {
  const id = `urn:suyuan:party:fresh-${++parties}`;
  return draftOf({ v: 1, kind: 'party', id, by: 'urn:suyuan:registry', body: { n: parties } }, { role: 'admin', fresh: true });
};

export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const clock = (): number => 1_800_000_000_000;

/** A ledger with its checkpoints over a store that can be told to fail, and everything that it ever signed. */
export class World {
  private readonly signed = new Map<string, { size: number; root: string; when: string }>();
  /** The disk lies: what it says it took is what may be signed. */
  lied = 0;

  private constructor(
    private readonly folder: string,
    private readonly real: Store,
    readonly store: FaultyStore,
    readonly ledger: Ledger,
    readonly checkpoints: Checkpoints,
  ) {}

  static async open(folder: string, options: Partial<CheckpointsOptions> = {}): Promise<World> {
    const real = await openSqlite(folder);
    try {
      let world: World | undefined;
      // What is signed while an append is under way is looked at too.
      const watched: Store = new Proxy(real, {
        get: (target, name) => {
          const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
          if (name !== 'append') return method.bind(target);
          return async (...args: Parameters<Store['append']>) => {
            await world?.look('before an append');
            const begun = target.append(...args);
            await world?.look('during an append');
            await begun;
            await world?.look('after an append');
          };
        },
      });
      const store = faulty(watched);
      const ledger = await openLedger(store, { clock });
      const checkpoints = await Checkpoints.open(store, ledger, { folder, origin: 'suyuan.test/log', asked: true, ...options });
      world = new World(folder, real, store, ledger, checkpoints);
      return world;
    } catch (error) {
      await real.close();
      throw error;
    }
  }

  /** Remembers what is signed now; nothing may be signed that the store does not have. */
  async look(when: string): Promise<void> {
    const { size, note } = this.checkpoints.current();
    expect(size, `signed ${when}`).to.be.at.most((await this.real.size()) + this.lied);
    const { root } = readCheckpoint(note);
    this.signed.set(note, { size, root: Buffer.from(root).toString('hex'), when });
  }

  async record(...drafts: Draft[]): Promise<void> {
    for (const outcome of await this.ledger.submit(drafts)) expect(outcome).to.have.property('recorded');
  }

  /** Records under a key, as a route with an Idempotency-Key does: the answer goes into the same append. */
  async once(key: string, draft: Draft): Promise<{ seq: number }> {
    const known = async () => (await this.store.get('answers', [key]))?.body;
    const before = await known();
    if (before !== undefined) return JSON.parse(before) as { seq: number };
    let answer = { seq: -1 };
    const attach = ([outcome]: readonly Outcome[]): Batch => {
      if (outcome && 'recorded' in outcome) answer = { seq: outcome.recorded.seq };
      return { answers: { put: [{ key, version: 1, expires: 1, body: JSON.stringify(answer) }] } };
    };
    const repeated = async () => (await known()) !== undefined;
    return this.ledger.submit([draft], { attach, repeated }).then(
      () => answer,
      async (error: unknown) => {
        if (!(error instanceof Repeated)) throw error;
        return JSON.parse((await known()) as string) as { seq: number };
      },
    );
  }

  async signedInFile(): Promise<number> {
    return readCheckpoint(await readFile(checkpointFile(this.folder), 'utf8')).size;
  }

  /** The process is gone: nothing is finished that a close would finish. */
  async die(): Promise<void> {
    await this.store.settled();
    clearInterval((this.checkpoints as unknown as { timer: NodeJS.Timeout }).timer);
    await this.store.close();
  }

  /** Opens what is left: it starts, everything in it agrees, and everything that was ever signed is its beginning. */
  async mustBeWhole(): Promise<void> {
    const store = await openSqlite(this.folder);
    try {
      const ledger = await openLedger(store, { clock });
      const checkpoints = await Checkpoints.open(store, ledger, { folder: this.folder, origin: 'suyuan.test/log', asked: true });
      const audited = await audit(store);
      expect(audited.faults).to.deep.equal([]);
      expect(ledger.size).to.equal(audited.size);
      expect(ledger.root()).to.equal(audited.tree.root().toString('hex'));
      for (const { size, root, when } of this.signed.values())
        expect(audited.tree.root(size).toString('hex'), `signed ${when}, ${size} entries`).to.equal(root);
      const found = audited.records.map(({ record }) => record.id);
      expect(new Set(found).size, 'each once').to.equal(found.length);
      await ledger.close();
      await checkpoints.close();
    } finally {
      await store.close();
    }
  }
}
