import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { openDemo } from '../../src/demo.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { differences } from '../support/audit/again.js';
import { openService } from '../support/service.js';

describe('everything that is stored of the demo stories', function () {
  this.timeout(60_000);

  it('follows from their records: recorded again they give the same rows, and a row that is missing or too many is seen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    try {
      const service = await openService({ folder, config: { demo: true } });
      await openDemo(service.app);
      await service.close();
      const found = async (sql?: string): Promise<string[]> => {
        if (sql !== undefined) {
          const db = new DatabaseSync(databaseFile(folder));
          db.exec(sql);
          db.close();
        }
        const store = await openSqlite(folder);
        try {
          return await differences(store);
        } finally {
          await store.close();
        }
      };
      expect(await found()).to.deep.equal([]);
      expect(await found('DELETE FROM happenings WHERE seq = (SELECT max(seq) FROM happenings)')).to.not.be.empty;
      expect((await found(`UPDATE lots SET time = time + 1 WHERE item = (SELECT min(item) FROM lots)`)).join()).to.match(/lots/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
