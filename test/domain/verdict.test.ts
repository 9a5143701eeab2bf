import { expect } from 'chai';
import fc from 'fast-check';
import { verdictOf, type VerdictInput } from '../../src/domain/verdict.js';

const fine: VerdictInput = {
  now: 1000,
  dispositions: ['sellable_accessible'],
  testFailed: false,
  sources: { recalled: false, testFailed: false, stopped: false },
  onlyMentioned: false,
};

describe('the verdict of a scan', () => {
  it('is "no problem found" when the record shows none', () => {
    expect(verdictOf(fine)).to.deep.equal({ kind: 'ok', cause: 'none' });
    expect(verdictOf({ ...fine, expiry: 1000, wait: { waited: 14, asked: 14 }, entriesAgree: true }).kind).to.equal('ok');
  });

  it('stops for a recall before anything else', () => {
    expect(verdictOf({ ...fine, dispositions: ['in_transit', 'recalled'], testFailed: true, expiry: 1 }).cause).to.equal(
      'recalled',
    );
  });

  it('stops for a failed test, a hold, a short wait and a date that has passed', () => {
    expect(verdictOf({ ...fine, testFailed: true })).to.deep.equal({ kind: 'stop', cause: 'test-failed' });
    expect(verdictOf({ ...fine, dispositions: ['non_sellable_other'] })).to.deep.equal({ kind: 'stop', cause: 'stopped' });
    expect(verdictOf({ ...fine, wait: { waited: 13, asked: 14 } })).to.deep.equal({ kind: 'stop', cause: 'waited-too-short' });
    expect(verdictOf({ ...fine, expiry: 999 })).to.deep.equal({ kind: 'stop', cause: 'expired' });
  });

  it('doubts what it cannot vouch for, and does not call it forbidden', () => {
    expect(verdictOf({ ...fine, entriesAgree: false })).to.deep.equal({ kind: 'doubt', cause: 'entries-disagree' });
    expect(verdictOf({ ...fine, sources: { recalled: true, testFailed: true, stopped: false } }).cause).to.equal(
      'source-recalled',
    );
    expect(verdictOf({ ...fine, sources: { recalled: false, testFailed: true, stopped: false } }).cause).to.equal(
      'source-test-failed',
    );
    expect(verdictOf({ ...fine, sources: { recalled: false, testFailed: false, stopped: true } }).cause).to.equal(
      'source-stopped',
    );
    expect(verdictOf({ ...fine, onlyMentioned: true })).to.deep.equal({ kind: 'doubt', cause: 'only-mentioned' });
  });

  it('never becomes better by a further bad fact', () => {
    const rank = { ok: 0, doubt: 1, stop: 2 };
    const bad: Partial<VerdictInput>[] = [
      { dispositions: ['recalled'] },
      { testFailed: true },
      { expiry: 1 },
      { entriesAgree: false },
      { onlyMentioned: true },
      { sources: { recalled: true, testFailed: false, stopped: false } },
      { wait: { waited: 0, asked: 7 } },
    ];
    fc.assert(
      fc.property(fc.subarray(bad), fc.constantFrom(...bad), (some, more) => {
        const before = verdictOf(Object.assign({}, fine, ...some) as VerdictInput);
        const after = verdictOf(Object.assign({}, fine, ...some, more) as VerdictInput);
        return rank[after.kind] >= rank[before.kind];
      }),
    );
  });
});
