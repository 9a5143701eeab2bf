import type { Store } from '../store/port.js';
import { readCheckpoint } from './checkpoint.js';
import type { Checkpoints } from './checkpoints.js';
import { cosignaturesOf } from './cosignature.js';
import type { Ledger } from './ledger.js';
import { nodeCrypto } from './node.js';
import { openNote, readNote, signatureLine, signaturesOf } from './note.js';
import { equal } from './proof.js';
import { submit, type Said, type Submitted } from './submission.js';
import { Unproven } from './unproven.js';
import type { WitnessAddress } from './witnessSettings.js';

export interface WitnessesOptions {
  readonly witnesses: readonly WitnessAddress[];
  /** So many of them must have cosigned a checkpoint before it is the one that the log serves; 0: it serves the newest. */
  readonly quorum: number;
  /** Told what the operator should know; `error` is an alarm. */
  readonly told: (level: 'info' | 'warn' | 'error', fields: { witness: string } & Record<string, unknown>, words: string) => void;
  /** Milliseconds between checkpoints that are submitted, at least. */
  readonly pace?: number;
  /** Milliseconds that a witness has for its answer. */
  readonly patience?: number;
}

/** A checkpoint under submission, and the cosignatures that it has so far. */
interface Round extends Submitted {
  readonly lines: Map<Peer, string>;
}

interface Peer extends WitnessAddress {
  /** Size that it cosigned last, as far as we know. */
  size: number;
  /** The newest round that it was done with. */
  done: Round | undefined;
  busy: Promise<void> | undefined;
  failures: number;
  /** Not asked before this time (performance.now). */
  after: number;
}

/** A witness that fails is asked again after twice the time, up to five minutes. */
const longestPause = 300_000;
/** Sizes that a witness may correct us to in one submission. */
const corrections = 4;

/**
 * Our witnesses: sends them the newest checkpoint every few seconds when the ledger has grown, and hands what they cosigned to
 * `checkpoints`. Nothing waits for it: a witness that is slow or away is left behind, each by itself.
 */
export class Witnesses {
  private round: Round | undefined;
  private storing: Promise<void> = Promise.resolve();
  private readonly stop = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly pace: number;

  private constructor(
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly checkpoints: Checkpoints,
    private readonly options: WitnessesOptions,
    private readonly peers: readonly Peer[],
  ) {
    this.pace = options.pace ?? 2000;
    this.timer = setInterval(() => this.tick(), this.pace).unref();
  }

  /** Begins with the cosigned checkpoint of the last run, where it still is one of this ledger. */
  static async open(store: Store, ledger: Ledger, checkpoints: Checkpoints, options: WitnessesOptions): Promise<Witnesses> {
    const peers = options.witnesses.map((witness): Peer => ({
      ...witness,
      size: 0,
      done: undefined,
      busy: undefined,
      failures: 0,
      after: 0,
    }));
    const witnesses = new Witnesses(store, ledger, checkpoints, options, peers);
    const kept = (await store.get('meta', ['cosigned']))?.body;
    if (kept !== undefined) await witnesses.resume(kept);
    return witnesses;
  }

  /** Starts a submission to each witness that has not the newest checkpoint and is not waiting. */
  private tick(): void {
    const { size, note } = this.checkpoints.current();
    if (size === 0) return;
    if (this.round?.note !== note) this.round = { size, note, lines: new Map() };
    const round = this.round;
    for (const peer of this.peers) {
      if (peer.busy || peer.done === round || performance.now() < peer.after) continue;
      peer.busy = this.ask(peer, round)
        .catch((error: unknown) => this.failed(peer, error instanceof Error ? error.name : 'fault'))
        .finally(() => (peer.busy = undefined));
    }
  }

  private async ask(peer: Peer, round: Round): Promise<void> {
    for (let attempt = 0; attempt <= corrections; attempt++) {
      // Another process of this ledger got it further than this round goes: the next round will do.
      if (peer.size > round.size) return;
      const proof = await this.checkpoints.prover.consistency(peer.size, round.size);
      const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(this.options.patience ?? 5000)]);
      const said = await submit(peer, round, peer.size, proof, signal);
      if (this.stop.signal.aborted) return;
      if (!('size' in said)) return this.heard(peer, round, said);
      if (said.size > this.ledger.size) return this.ahead(peer, said.size);
      peer.size = said.size;
    }
    this.failed(peer, 'it names another size each time');
  }

  private heard(peer: Peer, round: Round, said: Exclude<Said, { size: number }>): void {
    const witness = peer.key.name;
    if ('failed' in said) return this.failed(peer, said.failed);
    if ('forked' in said) {
      this.options.told(
        'error',
        { witness, status: said.forked, size: peer.size, checkpoint: round.note },
        'a witness holds another history of this ledger than ours',
      );
      peer.after = performance.now() + longestPause;
      return;
    }
    if (peer.failures > 0) this.options.told('info', { witness }, 'the witness answers again');
    Object.assign(peer, { size: round.size, done: round, failures: 0, after: 0 });
    round.lines.set(peer, said.lines);
    this.publish(round);
  }

  /** The witness has seen more of this ledger than there is: an old copy of the data is running, or somebody else signs with our key. */
  private ahead(peer: Peer, size: number): void {
    const here = this.ledger.size;
    this.options.told('error', { witness: peer.key.name, size, here }, 'a witness has cosigned a larger ledger than this one');
    peer.after = performance.now() + longestPause;
  }

  private failed(peer: Peer, why: string): void {
    const witness = peer.key.name;
    // Told once, and again when the pauses have become long.
    const level = peer.failures === 0 || peer.failures % 10 === 0 ? 'warn' : 'info';
    this.options.told(level, { witness, why, failures: peer.failures + 1 }, 'the witness did not cosign');
    const pause = Math.min(longestPause, this.pace * 2 ** Math.min(peer.failures++, 20));
    peer.after = performance.now() + pause * (0.8 + Math.random() * 0.4);
  }

  /** Hands on a checkpoint with its cosignatures, when it is the newest such or has more of them. */
  private publish({ size, note, lines }: Round): void {
    const now = this.checkpoints.cosigned;
    const enough = this.options.quorum > 0 && lines.size >= this.options.quorum;
    if (now && (size < now.size || (now.enough && !enough))) return;
    const cosigned = { size, note: note + this.peers.map((peer) => lines.get(peer) ?? '').join(''), enough };
    this.checkpoints.cosigned = cosigned;
    this.storing = this.storing
      .then(() => this.keep(cosigned.note))
      .catch((error: unknown) =>
        this.options.told('warn', { witness: '', why: (error as Error).name }, 'cosignatures could not be stored'),
      );
  }

  private async keep(note: string): Promise<void> {
    // Only the newest of those that wait is worth a write.
    if (this.checkpoints.cosigned?.note !== note) return;
    const version = (await this.store.get('meta', ['cosigned']))?.version ?? 0;
    await this.store.put('meta', { name: 'cosigned', version: version + 1, body: note }, version);
  }

  private async resume(kept: string): Promise<void> {
    try {
      const { size, root } = readCheckpoint(kept);
      const read = readNote(kept);
      const { keys, prover } = this.checkpoints;
      const key = keys.all.find((each) => signaturesOf(read, each).length > 0);
      if (!key || size > this.ledger.size || !equal(await prover.root(size), root)) throw new Unproven('checkpoint');
      openNote(nodeCrypto, kept, key);
      const note = `${read.text}\n${read.signatures
        .filter(({ name }) => name === key.name)
        .map((s) => signatureLine(s, s.signature))
        .join('')}`;
      const round: Round = { size, note, lines: new Map() };
      for (const peer of this.peers) {
        if (cosignaturesOf(nodeCrypto, read, [peer.key]).length === 0) continue;
        peer.size = size;
        round.lines.set(
          peer,
          signaturesOf(read, peer.key)
            .map((s) => signatureLine(s, s.signature))
            .join(''),
        );
      }
      if (round.lines.size > 0) this.publish(round);
    } catch (error) {
      if (!(error instanceof Unproven)) throw error;
      this.options.told('warn', { witness: '', why: error.message }, 'the stored cosignatures are not of this ledger');
    }
  }

  /** Ends what is under way, and stores what there is. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    await Promise.all(this.peers.map(({ busy }) => busy));
    await this.storing;
  }
}
