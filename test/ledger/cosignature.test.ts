import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { addCheckpointText, readAddCheckpoint, readSize } from '../../src/ledger/addCheckpoint.js';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { cosignatureLine, cosignaturesOf, cosignedText, witnessesOf } from '../../src/ledger/cosignature.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { cosigned, noteKey, readNote, readVkey, vkeyText, type NoteKey } from '../../src/ledger/note.js';
import { readLogKeys, readWitnesses } from '../../src/ledger/witnessSettings.js';
import { cosignatureTime, OtherLog } from '../support/otherLog.js';
import { stepOf } from './note.test.js';

interface Someone {
  readonly key: NoteKey;
  line(text: string, time?: number): string;
}
function witness(name: string, pair = generateKeyPairSync('ed25519')): Someone {
  const x = createPublicKey(pair.privateKey).export({ format: 'jwk' }).x ?? '';
  const key = noteKey(sha256, name, Buffer.from(x, 'base64url'), cosigned);
  return { key, line: (text, time = 1_795_406_400) => cosignatureLine(key, time, sign(null, Buffer.from(cosignedText(time, text)), pair.privateKey)) };
} // prettier-ignore

const log = new OtherLog('orchard.test/log').grow(3);
const trusted = readVkey(sha256, log.vkey);
const [one, two, three] = ['one.test/w', 'two.test/w', 'three.test/w'].map((name) => witness(name)) as [
  Someone,
  Someone,
  Someone,
];
const note = (...lines: string[]) => log.checkpoint() + lines.join('');
const found = (text: string, keys = [one.key, two.key, three.key]) => cosignaturesOf(nodeCrypto, readNote(text), keys);

describe('a cosignature', () => {
  it('is what its specification says, and is read back with its time', () => {
    for (const time of [1, 2 ** 32 - 1, 2 ** 32, 1_795_406_400, Number.MAX_SAFE_INTEGER]) {
      const line = one.line(log.text(), time);
      expect(cosignatureTime(vkeyText(one.key), log.text(), line)).to.equal(time);
      expect(found(note(line))).to.deep.equal([{ key: one.key, time }]);
    }
  });

  it('of the example in the specification has the bytes that are shown there', () => {
    // c2sp.org/tlog-cosignature, first example: key id, time 1679315147 and signature of witness.example.com/w1.
    const shown = '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n'; // prettier-ignore
    const [, , encoded = ''] = shown.trimEnd().split(' ');
    const bytes = Buffer.from(encoded, 'base64');
    const key: NoteKey = { type: cosigned, name: 'witness.example.com/w1', keyId: '8d66cf3f', publicKey: new Uint8Array(32) };
    expect(cosignatureLine(key, 1_679_315_147, bytes.subarray(12))).to.equal(shown);
    expect(cosignedText(1_679_315_147, 'example.com/behind-the-sofa\n')).to.equal(
      'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n',
    );
  });

  it('has keys of its own kind: a key of a log is none, and none of them signs a log', () => {
    const vkey = vkeyText(one.key);
    expect(readVkey(sha256, vkey, cosigned)).to.deep.equal(one.key);
    expect(stepOf(() => readVkey(sha256, vkey))).to.equal('key');
    expect(stepOf(() => readVkey(sha256, log.vkey, cosigned))).to.equal('key');
    expect(stepOf(() => found(log.checkpoint(), [{ ...trusted }]))).to.equal('cosignature');
  });

  it('is refused with any bit of it or of the checkpoint turned', () => {
    const bytes = Buffer.from(note(one.line(log.text())));
    const policy = { keys: [one.key], quorum: 1 };
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(bytes);
        turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
        const step = stepOf(() => openCheckpoint(nodeCrypto, turned.toString('utf8'), { ...trusted, witnesses: policy }));
        expect(step, `bit ${bit} of byte ${at}`).to.not.equal(undefined);
      }),
      { numRuns: 400 },
    );
  });

  it('is none when it is short, long, without a time, or over another text', () => {
    const right = one.line(log.text());
    const [, , encoded = ''] = right.trimEnd().split(' ');
    const with_ = (bytes: Buffer) => note(`— ${one.key.name} ${bytes.toString('base64')}\n`);
    const bytes = Buffer.from(encoded, 'base64');
    for (const wrong of [
      with_(bytes.subarray(0, 75)),
      with_(Buffer.concat([bytes, Buffer.of(0)])),
      with_(Buffer.concat([bytes.subarray(0, 4), bytes.subarray(12)])),
      note(one.line(log.text(), 0)),
      note(one.line(log.text(2))),
      note(one.line(log.text()), one.line(log.text(2))),
    ])
      expect(stepOf(() => found(wrong))).to.equal('cosignature');
  });
});

describe('a quorum of witnesses', () => {
  const policy = (quorum: number, ...keys: Someone[]) => ({ keys: keys.map(({ key }) => key), quorum });
  const step = (text: string, witnesses: ReturnType<typeof policy>) =>
    stepOf(() => openCheckpoint(nodeCrypto, text, { ...trusted, witnesses }));

  it('is reached by so many of those that are named, and by nobody else', () => {
    const text = log.text();
    const both = note(one.line(text), three.line(text));
    expect(step(both, policy(2, one, two, three))).to.equal(undefined);
    expect(step(both, policy(3, one, two, three))).to.equal('witnesses');
    expect(step(both, policy(2, one, two))).to.equal('witnesses');
    expect(step(note(), policy(1, one))).to.equal('witnesses');
    expect(step(note(), policy(0, one))).to.equal(undefined);
    expect(witnessesOf(nodeCrypto, readNote(both), policy(1, one, two, three)).map(({ key }) => key.name)).to.deep.equal(['one.test/w', 'three.test/w']);
  }); // prettier-ignore

  it('counts no key twice: neither two lines of one, nor one key under two names', () => {
    const pair = generateKeyPairSync('ed25519');
    const [a, b] = [witness('a.test', pair), witness('b.test', pair)];
    const text = log.text();
    expect(step(note(a.line(text), b.line(text)), policy(2, a, b))).to.equal('witnesses');
    expect(step(note(one.line(text, 1), one.line(text, 2)), policy(2, one, two))).to.equal('witnesses');
    expect(step(note(one.line(text)), policy(2, one, one))).to.equal('witnesses');
  });

  it('is asked for beside the signature of the log, not instead of it', () => {
    const text = log.text();
    expect(step(`${text}\n${one.line(text)}`, policy(1, one))).to.equal('unsigned');
    const impostor = new OtherLog(log.origin).grow(3);
    expect(step(impostor.checkpoint() + one.line(text), policy(1, one))).to.equal('unsigned');
  });
});

describe('what goes to a witness and comes from it', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }), (old, proof) => {
        const checkpoint = log.checkpoint();
        const read = readAddCheckpoint(addCheckpointText({ old, proof, checkpoint }));
        expect([read.old, read.checkpoint]).to.deep.equal([old, checkpoint]);
        expect(read.proof.map((hash) => Buffer.from(hash).toString('hex'))).to.deep.equal(proof.map((hash) => Buffer.from(hash).toString('hex')));
      }),
    );
    expect(addCheckpointText({ old: 2, proof: [], checkpoint: log.checkpoint() })).to.equal(`old 2\n\n${log.checkpoint()}`);
  }); // prettier-ignore

  it('is read or refused, never more, whatever it is', () => {
    const piece = fc.oneof(fc.constantFrom('old ', '0', '\n', '\n\n', '— ', '=', 'A'.repeat(43)), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (parts) => void stepOf(() => readAddCheckpoint(parts.join('')))), { numRuns: 500 });
  }); // prettier-ignore

  it('tells a size in one form only', () => {
    expect(readSize('text/x.tlog.size', '50\n')).to.equal(50);
    expect(readSize('text/x.tlog.size; charset=utf-8', '0\n')).to.equal(0);
    for (const [type, body] of [['text/plain', '10\n'], ['text/x.tlog.size', ''], ['text/x.tlog.size', '050\n'], ['text/x.tlog.size', '-1\n'], ['text/x.tlog.size', '1e3\n'], ['text/x.tlog.size', '9007199254740993\n'], [null, '1\n']] as const)
      expect(readSize(type, body), `${type} ${body}`).to.equal(undefined);
  }); // prettier-ignore

  it('is configured by keys that are what they say, each once', () => {
    const vkey = vkeyText(one.key);
    expect(readLogKeys(` ${log.vkey} , ${log.vkey}`)).to.deep.equal({ value: [trusted, trusted] });
    expect(readWitnesses(`https://one.test/witness/ ${vkey},http://10.0.0.2:3000/w ${vkeyText(two.key)}`)).to.deep.equal({
      value: [{ url: 'https://one.test/witness', key: one.key }, { url: 'http://10.0.0.2:3000/w', key: two.key }],
    });
    for (const wrong of [vkey, 'x'])
      expect(readLogKeys(wrong)).to.have.keys('zh', 'en');
    for (const wrong of ['https://one.test', `ftp://one.test ${vkey}`, `https://u:p@one.test ${vkey}`, `https://one.test ${log.vkey}`, `https://a.test ${vkey},https://b.test ${vkey}`, `https://one.test ${vkey} more`])
      expect(readWitnesses(wrong), wrong).to.have.keys('zh', 'en');
  }); // prettier-ignore
});
