import { createHash, createPrivateKey, createPublicKey, verify as verifySignature, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { verify } from '../../src/cli/verify.js';
import type { LedgerRecord } from '../../src/domain/record.js';
import { draftOf } from '../../src/ledger/draft.js';
import { entryText, linksOf, linkText, streamOf } from '../../src/ledger/entry.js';
import { fromHex, hex, leafHash } from '../../src/ledger/merkle.js';
import { sha256 } from '../../src/ledger/node.js';
import { seal } from '../../src/ledger/seal.js';

const readme = readFileSync('src/ledger/README.md', 'utf8');
const block = (name: string): string => new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';

/** `name = value`, or `name =` and lines of hex below. */
const values = new Map(
  block('example')
    .split(/\n(?=[a-z][\w ]* =)/)
    .map((part) => [part.slice(0, part.indexOf(' =')), part.slice(part.indexOf(' =') + 2).trim()] as const),
);
const value = (name: string): string => {
  const found = values.get(name);
  if (found === undefined) throw new Error(`the example has no ${name}`);
  return found;
};
const bytes = (name: string): Buffer => Buffer.from(value(name).replaceAll('\n', ''), 'hex');
const sha = (...parts: (string | Uint8Array)[]): Buffer => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes('secret key')]),
  format: 'der',
  type: 'pkcs8',
});

describe('the worked example of the ledger', () => {
  it('follows step by step with nothing but SHA-256 and Ed25519', () => {
    for (const name of ['record', 'sealed', 'entry 0', 'link 0', 'link 1'])
      expect(bytes(`${name} in hex`).toString('utf8'), name).to.equal(value(name));
    expect(sha(value('marked disclosure')).toString('base64url')).to.equal(value('marked digest'));
    for (const n of [0, 1, 2, 3, 4]) {
      const [inHex = '', inBase64 = ''] = value(`salt ${n}`).split(' ');
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(Math.floor(n / 2));
      expect(
        sha(bytes('seed'), counter)
          .subarray((n % 2) * 16, (n % 2) * 16 + 16)
          .toString('hex'),
      ).to.equal(inHex);
      expect((JSON.parse(Buffer.from(value(`disclosure ${n}`), 'base64url').toString()) as string[])[0]).to.equal(inBase64);
      expect(sha(value(`disclosure ${n}`)).toString('base64url')).to.equal(value(`digest ${n}`));
      expect(value('sealed')).to.include(`"${value(`digest ${n}`)}"`);
    }
    expect(sha(value('sealed')).toString('hex')).to.equal(value('digest of the record'));
    const record = JSON.parse(value('record')) as LedgerRecord;
    expect(sha('https://id.gs1.org/01/09520131000102/10/A1').toString('hex')).to.equal(value('stream of the lot'));
    expect(sha(record.by).toString('hex')).to.equal(value('stream of the party'));
    for (const n of [0, 1]) expect(sha(zero, value(`link ${n}`)).toString('hex')).to.equal(value(`leaf of link ${n}`));
    expect(sha(one, bytes('leaf of link 0'), bytes('leaf of link 1')).toString('hex')).to.equal(value('root over the links'));
    for (const n of [0, 1]) expect(sha(zero, value(`entry ${n}`)).toString('hex')).to.equal(value(`leaf ${n}`));
    expect(sha(one, bytes('leaf 0'), bytes('leaf 1')).toString('hex')).to.equal(value('root over both'));
    const publicKey = createPublicKey(privateKey);
    expect(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')).to.equal(value('public key'));
    expect(sha('suyuan.example/log\n', one, bytes('public key')).subarray(0, 4).toString('hex')).to.equal(value('key id'));
    expect(verifySignature(null, bytes('checkpoint text in hex'), publicKey, bytes('signature'))).to.equal(true);
    expect(sign(null, bytes('checkpoint text in hex'), privateKey).toString('hex')).to.equal(value('signature'));
  });

  it('is what the ledger writes', () => {
    const record = JSON.parse(value('record')) as LedgerRecord;
    const draft = draftOf(record, { role: 'producer', seed: bytes('seed') });
    expect(draft.text).to.equal(value('record'));
    expect(draft.digest).to.equal(value('digest of the record'));
    const sealed = seal(draft.text, draft.seed);
    expect(sealed.text).to.equal(value('sealed'));
    expect(sealed.values.map(({ pointer }) => pointer)).to.deep.equal([
      '/body/eventID',
      '/body/quantityList',
      '/by',
      '/hidden',
      '/id',
    ]);
    const streams = draft.streams.map((uri) => ({ stream: streamOf(sha256, uri) }));
    const links = linksOf(streams);
    expect(links.map(linkText)).to.deep.equal([value('link 0'), value('link 1')]);
    const entry = entryText(sha256, { kind: 'event', time: 1_795_406_400_000, digest: draft.digest }, links);
    expect(entry).to.equal(value('entry 0'));
    const leaf = leafHash(sha256, entry);
    expect(hex(leaf)).to.equal(value('leaf 0'));
    const next = linksOf(streams.map(({ stream }) => ({ stream, head: { count: 1, hash: fromHex(value('leaf 0')) } })));
    expect(next.map(linkText)).to.deep.equal([value('link 0 of entry 1'), value('link 1 of entry 1')]);
  });

  it('ends in a receipt that holds, and with any bit of it turned does not, and says so', () => {
    const receipt = Buffer.from(block('receipt'));
    expect(verify(receipt, value('vkey'))).to.deep.include({ code: 0 });
    expect(verify(receipt, undefined)).to.include({ code: 2 });
    for (let at = 0; at < receipt.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const turned = Buffer.from(receipt);
        turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
        const { code, text } = verify(turned, value('vkey'));
        expect(code, `bit ${bit} of byte ${at}: ${text.en}`).to.equal(1);
      }
  });

  it('is a receipt of no other shape', () => {
    const receipt = block('receipt');
    const wrong: [string, RegExp][] = [
      [receipt.replace('@v1', '@v2'), /malformed \(1\)/],
      [receipt.replace(/extra .*/, 'extra !!'), /malformed \(2\)/],
      [receipt.replace('index 0', 'index 00'), /malformed \(3\)/],
      [receipt.replace('index 0', 'index 1'), /not in the tree/],
      [receipt.replace('index 0', 'index 2'), /beyond the checkpoint/],
      [receipt.replace('index 0\n', 'index 0\nAAAA\n'), /malformed \(4\)/],
      [receipt.replace(/index 0\n.*\n/, 'index 0\n'), /not in the tree/],
      [receipt.replace('\n\n', '\n'), /malformed|not a well-formed/],
      [receipt.slice(0, -30), /not a well-formed/],
      [receipt.replace(/extra .*\n/, ''), /entry is malformed/],
      [receipt.replace('\n2\n', '\n3\n'), /signature of the checkpoint is wrong/],
      ['', /malformed/],
    ];
    for (const [text, why] of wrong) {
      const told = verify(Buffer.from(text), value('vkey'));
      expect(told.code).to.equal(1);
      expect(told.text.en).to.match(why);
    }
  });
});
