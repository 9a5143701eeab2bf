import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { fromBase64, toBase64 } from '../../src/ledger/base64.js';
import { checkpointText, openCheckpoint, readCheckpoint } from '../../src/ledger/checkpoint.js';
import { fromHex, hex } from '../../src/ledger/merkle.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { noteKey, openNote, readNote, readVkey, signatureLine, vkeyText } from '../../src/ledger/note.js';
import { Unproven, type Step } from '../../src/ledger/unproven.js';

/** The step at which a check fails; undefined when it does not. Anything else than Unproven is a fault of the program. */
export function stepOf(check: () => unknown): Step | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Unproven) return error.step;
    throw error;
  }
}

/** RFC 8032 section 7.1, test 1. */
const secret = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
const key = noteKey(sha256, 'suyuan.test/log', publicKey);
const signed = (text: string, by = key) => `${text}\n${signatureLine(by, sign(null, Buffer.from(text), privateKey))}`;

describe('base 64', () => {
  it('is that of Node for any bytes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).to.equal(Buffer.from(bytes).toString('base64'));
        expect(hex(fromBase64(toBase64(bytes)) as Uint8Array)).to.equal(hex(bytes));
      }),
    );
  });

  it('takes one text for the same bytes', () => {
    for (const text of ['A', 'AA', 'AAA', 'AA=', 'AB==', 'AAB=', '=AAA', 'A===', 'A-_A', 'AA==AAAA', ' AAA', 'AAA\n', 'AA=A'])
      expect(fromBase64(text), text).to.equal(undefined);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const bytes = fromBase64(text);
        if (bytes) expect(toBase64(bytes)).to.equal(text);
      }),
    );
  });
});

describe('a signed note', () => {
  it('is read and verified as other implementations wrote it', () => {
    // The example of Go's sumdb/note package.
    const theirs = readVkey(sha256, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
    expect(openNote(nodeCrypto, note, theirs).text).to.equal(text);
    expect(stepOf(() => openNote(nodeCrypto, note.replace('answer', 'Answer'), theirs))).to.equal('signature');
  });

  it('has keys whose id is told by their name and type', () => {
    // The key of Go's checksum database, as its tools carry it.
    const go = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    expect(vkeyText(readVkey(sha256, go))).to.equal(go);
    expect(vkeyText(readVkey(sha256, vkeyText(key)))).to.equal(vkeyText(key));
    for (const wrong of [
      '',
      'a+b',
      go.replace('033d', '033e'),
      go.replace('golang', 'golanG'),
      go.replace('+Ac4z', '+Bc4z'),
      go.slice(0, -4),
      `${go}+x`,
    ])
      expect(
        stepOf(() => readVkey(sha256, wrong)),
        wrong,
      ).to.equal('key');
  });

  it('passes over signatures of others, and refuses one wrong signature of its key among right ones', () => {
    const note = signed('suyuan.test/log\n1\nx\n');
    const others = `— other.test ${toBase64(new Uint8Array(68))}\n— ${key.name} ${toBase64(new Uint8Array(68))}\n`;
    expect(stepOf(() => openNote(nodeCrypto, note + others, key))).to.equal(undefined);
    expect(stepOf(() => openNote(nodeCrypto, note + signatureLine(key, new Uint8Array(64)), key))).to.equal('signature');
    expect(stepOf(() => openNote(nodeCrypto, `text\n\n${others}`, key))).to.equal('unsigned');
  });

  it('is cut at its last blank line', () => {
    const { text, signatures } = readNote(signed('one\n\ntwo\n'));
    expect(text).to.equal('one\n\ntwo\n');
    expect(signatures).to.have.length(1);
  });

  it('is refused in every wrong shape', () => {
    const line = signatureLine(key, new Uint8Array(64));
    const wrong = [
      '', '\n', '\n\n', 'text\n', `text\n${line}`, `\n${line}`, `text\n\n${line.trimEnd()}`, `text\r\n\n${line}`, `te\txt\n\n${line}`,
      `text\n\n${line}\n`, `text\n\n${line.replace('—', '-')}`, `text\n\n${line.replace(' ', '  ')}`, `text\n\n— a+b AAAAAAAA\n`, `text\n\n— a AAAA\n`,
      `text\n\n—  AAAAAAAA\n`, `text\n\n— a\u3000b AAAAAAAA\n`, `text\n\n— a AAAAAAAB==\n`, `text\n\n${line.repeat(101)}`,
    ]; // prettier-ignore
    for (const note of wrong)
      expect(
        stepOf(() => readNote(note)),
        JSON.stringify(note).slice(0, 90),
      ).to.equal('note');
  });

  it('is read or refused, never more, whatever it is', () => {
    const piece = fc.constantFrom('\n', '\n\n', '— ', 'a ', 'AAAAAAAA', '=', '+', '\u0000', '\u2028', 'é');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 20 }), (parts) => {
        stepOf(() => openCheckpoint(nodeCrypto, parts.join(''), key));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 7);
  const text = checkpointText({ origin: key.name, size: 12, root });

  it('says origin, size and root, and is opened with the key of that origin only', () => {
    expect(text).to.equal(`suyuan.test/log\n12\n${root.toString('base64')}\n`);
    expect(openCheckpoint(nodeCrypto, signed(text), key)).to.deep.include({ origin: key.name, size: 12 });
    const other = checkpointText({ origin: 'other.test/log', size: 12, root });
    expect(stepOf(() => openCheckpoint(nodeCrypto, signed(other), key))).to.equal('origin');
    const stranger = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    const theirs = noteKey(sha256, key.name, Buffer.from(stranger, 'base64url'));
    expect(stepOf(() => openCheckpoint(nodeCrypto, signed(text), theirs))).to.equal('unsigned');
    expect(stepOf(() => openCheckpoint(nodeCrypto, signed(text), { ...theirs, keyId: key.keyId }))).to.equal('signature');
  });

  it('may carry extension lines, and no other shape', () => {
    expect(readCheckpoint(signed(`${text}more\n`)).size).to.equal(12);
    const base = root.toString('base64');
    const shapes = ['a\n1\n', `\n1\n${base}\n`, `a\n01\n${base}\n`, `a\n-1\n${base}\n`, `a\n1e3\n${base}\n`, `a\n9007199254740992\n${base}\n`, `a\n1\n${base.slice(4)}\n`, `a\n1\n${base}\n\nb\n`]; // prettier-ignore
    for (const shape of shapes)
      expect(
        stepOf(() => readCheckpoint(signed(shape))),
        shape,
      ).to.equal('checkpoint');
  });

  it('is refused with any bit of it turned', () => {
    const note = Buffer.from(signed(text));
    const body = Buffer.from(text).length;
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(note);
        turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
        const step = stepOf(() => openCheckpoint(nodeCrypto, turned.toString('utf8'), key));
        expect(step, `bit ${bit} of byte ${at}`).to.not.equal(undefined);
        if (at < body - 1) expect(step).to.be.oneOf(['signature', 'note']);
      }),
      { numRuns: 300 },
    );
  });
});
