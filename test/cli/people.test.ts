import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { passwordMatches } from '../../src/accounts/password.js';
import { findAccount } from '../../src/accounts/accounts.js';
import { randomPassword } from '../../src/cli/password.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { newFolder, startServer, suyuan, type Server } from './process.js';

const party = 'urn:suyuan:party:3f0f3f0e-7a54-4b8e-9a27-6d1f3d2f8c11';

for (const running of [true, false])
  describe(`accounts and keys by the command line, ${running ? 'beside a running server' : 'with no server'}`, () => {
    const folder = newFolder();
    let server: Server | undefined;
    before(async () => {
      server = await startServer(folder.path);
      if (!running) await server.stop();
    });
    after(async () => {
      if (running) await server?.stop();
      folder.gone();
    });
    const run = (args: string[], input?: string) => suyuan([...args, '--data', folder.path], { input });

    it('adds an account with a random password that is shown once', async () => {
      const done = run(['user', 'add', 'grower', '--role', 'producer', '--party', party]);
      expect(done.err).to.equal('');
      const password = /: ([a-z0-9]{4}(-[a-z0-9]{4}){3})$/m.exec(done.out)?.[1] ?? '';
      const store = await openSqlite(folder.path, { readOnly: true });
      const account = await findAccount(store, 'grower');
      await store.close();
      expect(await passwordMatches(password, account?.password ?? '')).to.equal(true);
    });

    it('takes a password from standard input, and shows it nowhere', () => {
      const done = run(['user', 'add', 'chief', '--role', 'admin', '--password-stdin'], 'from a password store\n');
      expect(done).to.include({ code: 0, err: '' });
      expect(done.out).to.contain('chief').and.to.not.contain('from a password store');
    });

    it('says all that is wrong, line by line', () => {
      const done = run(['user', 'add', 'grower!', '--role', 'producer', '--password-stdin'], 'short');
      expect(done.code).to.equal(1);
      expect(
        done.err
          .trimEnd()
          .split('\n')
          .map((line) => line.split(':')[0]),
      ).to.deep.equal(['/name', '/party', '/password']);
      expect(run(['user', 'add', 'GROWER', '--role', 'admin']).err).to.match(/已有人用.*is taken/);
      expect(run(['user', 'disable', 'nobody']).err).to.match(/没有这个账号.*no such account/);
    });

    it('lists accounts without their passwords', () => {
      const rows = run(['user', 'list'])
        .out.trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(rows.map((row) => row.name)).to.deep.equal(['chief', 'grower']);
      for (const row of rows) expect(row).to.not.have.property('password');
    });

    it('disables and enables an account', () => {
      expect(run(['user', 'disable', 'chief']).code).to.equal(0);
      expect(run(['user', 'list']).out).to.contain('"disabled":true');
      expect(run(['user', 'enable', 'chief']).code).to.equal(0);
      expect(run(['user', 'list']).out).to.not.contain('disabled');
    });

    it('makes a key, lists it and takes it back', () => {
      const done = run([
        'key',
        'create',
        '--role',
        'producer',
        '--party',
        party,
        '--scope',
        'capture',
        'read',
        '--label',
        '冷库秤',
      ]);
      const secret = /sy1\.([0-9a-f]{16})\.[\w-]{43}/.exec(done.out);
      expect(secret, done.err).to.not.equal(null);
      const id = secret?.[1] ?? '';
      expect(run(['key', 'list']).out)
        .to.contain('冷库秤')
        .and.to.contain('"scopes":["capture","read"]')
        .and.to.not.contain('digest');
      expect(run(['key', 'revoke', id]).code).to.equal(0);
      expect(run(['key', 'list']).out).to.contain('"revoked":');
      expect(run(['key', 'revoke', '0123456789abcdef']).err).to.match(/没有这个密钥/);
    });

    it('makes a backup that opens as data of its own', async () => {
      const target = join(folder.path, 'copy');
      expect(run(['backup', target])).to.include({ code: 0, err: '' });
      const store = await openSqlite(target);
      expect(await findAccount(store, 'grower')).to.include({ role: 'producer', party });
      await store.close();
      expect(run(['backup', target])).to.include({ code: 1 });
      expect(run(['backup', target]).err.trimEnd().split('\n')).to.have.length(1);
      rmSync(target, { recursive: true });
    });
  });

describe('the command line', () => {
  it('makes no data folder out of a mistyped name', () => {
    const folder = newFolder();
    const done = suyuan(['user', 'list', '--data', join(folder.path, 'dtaa')]);
    expect(done.code).to.equal(1);
    expect(done.err).to.match(/里没有数据.*There is no data in/);
    folder.gone();
  });

  it('makes passwords that nobody can guess or misread', () => {
    const many = new Set(Array.from({ length: 200 }, () => randomPassword()));
    expect(many.size).to.equal(200);
    for (const password of many) expect(password).to.match(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
  });
});
