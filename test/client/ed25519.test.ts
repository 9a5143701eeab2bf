import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { expect } from 'chai';
import { verifyEd25519 } from '../../src/client/ed25519.js';
import { fromHex } from '../../src/ledger/merkle.js';
import { verifyEd25519 as nodes } from '../../src/ledger/node.js';

describe("the browser's Ed25519", () => {
  // RFC 8032 section 7.1: public key, message, signature.
  const vectors = [
    ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
    ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
    ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
  ] as const; // prettier-ignore

  it('takes the signatures of RFC 8032', () => {
    for (const [key, message, signature] of vectors)
      expect(verifyEd25519(fromHex(signature), fromHex(message), fromHex(key))).to.equal(true);
  });

  it('says what Node says, of right signatures and of ones with a bit turned anywhere', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    for (let n = 0; n < 60; n++) {
      const message = randomBytes(n);
      const signature = sign(null, message, privateKey);
      expect(verifyEd25519(signature, message, key)).to.equal(true);
      for (const part of [signature, message, key].filter((bytes) => bytes.length > 0)) {
        const [at, bit] = [randomBytes(1).readUInt8() % part.length, n % 8];
        part.writeUInt8((part[at] as number) ^ (1 << bit), at);
        expect(verifyEd25519(signature, message, key))
          .to.equal(false)
          .and.equal(nodes(signature, message, key));
        part.writeUInt8((part[at] as number) ^ (1 << bit), at);
      }
    }
  });

  it('refuses what is no key, no point and no reduced scalar', () => {
    const [key, message, signature] = vectors[1].map(fromHex) as [Uint8Array, Uint8Array, Uint8Array];
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = BigInt(`0x${Buffer.from(signature.slice(32)).reverse().toString('hex')}`) + order;
    const more = Uint8Array.from(signature);
    for (let at = 32; at < 64; at++, s >>= 8n) more[at] = Number(s & 255n);
    const wrong: [Uint8Array, Uint8Array][] = [
      [more, key],
      [signature.slice(1), key],
      [signature, key.slice(1)],
      [signature, new Uint8Array(32).fill(255)],
      [signature, new Uint8Array(32)],
      [new Uint8Array(64), key],
      [new Uint8Array(64).fill(255), key],
    ];
    for (const [sig, pub] of wrong) expect(verifyEd25519(sig, message, pub)).to.equal(false);
  });
});
