import type { Fault } from '../text.js';

/** An application identifier with its value, percent-encoding undone. */
export interface KeyValue {
  readonly ai: string;
  readonly value: string;
}

/** The input is not what it claims to be; every fault that was found. */
export interface Faulty {
  readonly faults: readonly Fault[];
}

/** Thrown where a function answers with plain text and the input is not well-formed GS1. */
export class GS1Error extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map((f) => f.message.en).join('; '));
    this.name = 'GS1Error';
  }
}

export const faultAt = (pointer: string, zh: string, en: string): Fault => ({ pointer, message: { zh, en } });
export const fault = (zh: string, en: string): Fault => faultAt('', zh, en);
export const isFaulty = <T extends object>(result: T | Faulty): result is Faulty => 'faults' in result;
