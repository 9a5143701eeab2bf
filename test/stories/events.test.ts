import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LedgerRecord } from '../../src/domain/record.js';
import { gs1Validation } from '../domain/activities/folder.js';
import { toldService } from './told.js';

describe('every event of the stories', () => {
  it('is valid by GS1’s schema, as the ledger keeps it', async function () {
    const validate = gs1Validation();
    if (!validate) this.skip();
    const service = await toldService();
    const rows = await service.app.store.range('records', { prefix: [], limit: 1000 });
    const events = rows
      .filter(({ kind }) => kind === 'event')
      .map(({ body }) => JSON.parse(body) as { record?: LedgerRecord } & LedgerRecord);
    expect(events.length).to.be.greaterThan(150);
    for (const each of events) {
      const event = (each.record ?? each).body;
      validate(event);
      expect(validate.errors ?? [], JSON.stringify(event).slice(0, 300)).to.deep.equal([]);
    }
    await service.close();
  });
});
