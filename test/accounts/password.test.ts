import { scryptSync } from 'node:crypto';
import { expect } from 'chai';
import { hashPassword, nobodysPassword, passwordFault, passwordMatches } from '../../src/accounts/password.js';

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

describe('passwords', () => {
  it('are stored as a memory-hard hash with its parameters and a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('猕猴桃 in the orchard'), hashPassword('猕猴桃 in the orchard')]);
    expect(one).to.match(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).to.not.equal(two);
    expect(await passwordMatches('猕猴桃 in the orchard', one)).to.equal(true);
    expect(await passwordMatches('猕猴桃 in the orchards', one)).to.equal(false);
  });

  it('are checked with the parameters that they were stored with', async () => {
    const salt = Buffer.alloc(16, 7);
    const hash = scryptSync('from an older version', salt, 32, { N: 1024, r: 4, p: 2 });
    const stored = `$scrypt$ln=10,r=4,p=2$${unpadded(salt)}$${unpadded(hash)}`;
    expect(await passwordMatches('from an older version', stored)).to.equal(true);
    expect(await passwordMatches('from an older version', stored.replace('ln=10', 'ln=11'))).to.equal(false);
  });

  it('are the same bytes however they were typed', async () => {
    const stored = await hashPassword('ｓｕｙｕａｎ２０２６é');
    expect(await passwordMatches('suyuan2026e\u0301', stored)).to.equal(true);
  });

  it('never match what cannot be read, nor the account that does not exist', async () => {
    for (const stored of ['', 'plain', '$scrypt$ln=15,r=8,p=3$short$x', '$2b$10$abcdefghijklmnopqrstuv'])
      expect(await passwordMatches('', stored), stored).to.equal(false);
    expect(await passwordMatches('', nobodysPassword)).to.equal(false);
  });

  it('are refused when short, long, one letter over and over, or the name', () => {
    for (const bad of ['', 'short', '密码密码', 'aaaaaaaaaaaa', 'x1y2'.repeat(51), 'Zhang-Qingyuan'])
      expect(passwordFault(bad, 'zhang-qingyuan')?.zh, bad).to.be.a('string');
    expect(passwordFault('correct horse', 'zhang')).to.equal(undefined);
    expect(passwordFault('山高水长风清月白云淡', 'zhang')).to.equal(undefined);
  });
});
