import { stat } from 'node:fs/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import supertest from 'supertest';
import { demoFile } from '../../src/cli/demo.js';
import { openDemo, replayStories } from '../../src/demo.js';
import { draftStatement } from '../../src/http/recording.js';
import { noon, openService, type Caller, type Service } from '../support/service.js';
import { replay } from './told.js';

const lots = async ({ app }: Service): Promise<Map<string, unknown>> => {
  const rows = await app.store.range('lots', { prefix: [], limit: 1000 });
  return new Map(rows.map(({ item, body }) => [item, JSON.parse(body)]));
};

describe('the first start', () => {
  let service: Service;
  before(async () => {
    service = await openService({ config: { demo: true } });
  });
  after(() => service.close());

  it('tells every story through the ledger, each record at its own time and marked as demonstration', async () => {
    const sheet = (await openDemo(service.app))!;
    expect(sheet.scans.map(({ path }) => path)).to.deep.equal([
      '/01/09520131000102/10/PJ261018A3',
      '/01/09520117000508/10/DB260912-07',
      '/01/09520184000203/10/WH261119',
    ]);
    const records = await service.app.store.range('records', { prefix: [], limit: 1000 });
    expect(records.map(({ seq }) => seq)).to.deep.equal(replay.steps.map((_, n) => n));
    expect(records.map(({ time }) => time)).to.deep.equal(replay.steps.map(({ time }) => time));
    for (const { body } of records) expect(JSON.parse(body).demo).to.equal(true);
  });

  it('leaves sign-ins that only the owner of the data can read, and that work', async () => {
    expect((await stat(demoFile(service.folder))).mode & 0o777).to.equal(0o600);
    const sheet = (await openDemo(service.app))!;
    expect(sheet.signIns.map(({ name }) => name)).to.include.members(['qingshiba', 'heji', 'sichuan', 'chengdu', 'admin']);
    expect(new Set(sheet.signIns.map(({ password }) => password)).size).to.equal(sheet.signIns.length);
    const { name, password } = sheet.signIns[0]!;
    await supertest(service.server).post('/signin').type('form').send({ name, password }).expect(303);
    await supertest(service.server)
      .post('/signin')
      .type('form')
      .send({ name, password: 'wrong-password' })
      .expect((answer) => expect(answer.status).not.to.equal(303));
  });

  it('is the only one that does', async () => {
    const size = service.app.ledger.size;
    const first = await openDemo(service.app);
    expect(await openDemo(service.app)).to.deep.equal(first);
    expect(service.app.ledger.size).to.equal(size);
  });
});

describe('the stories', () => {
  it('are not told where there are records, nor unless asked for', async () => {
    const service = await openService();
    expect(await openDemo(service.app)).to.equal(undefined);
    const story = { time: noon };
    await service.app.ledger.submit([
      draftStatement(
        service.app,
        { by: 'urn:suyuan:registry', role: 'admin', story },
        'party',
        'urn:suyuan:uscc:93510131MA61UQ4D52',
        {
          type: 'organisation',
          name: { zh: '合作社' },
          division: '510131',
        },
      ),
    ]);
    expect(await openDemo({ ...service.app, config: { ...service.app.config, demo: true } })).to.equal(undefined);
    expect(service.app.ledger.size).to.equal(1);
    await service.close();
  });

  it('go on where a start was cut short, as if it had not been', async () => {
    const [cut, whole] = [await openService({ config: { demo: true } }), await openService({ config: { demo: true } })];
    await openDemo(whole.app);
    const failing = {
      ...cut.app,
      ledger: {
        ...cut.app.ledger,
        size: 0,
        submit: async (drafts: never, options: never) => {
          if (cut.app.ledger.size > 100) throw new Error('the power went');
          return cut.app.ledger.submit(drafts, options);
        },
      },
    };
    let told = '';
    await openDemo(failing).catch((error: Error) => (told = error.message));
    expect(told).to.equal('the power went');
    expect(cut.app.ledger.size).to.be.within(101, replay.steps.length - 1);
    // The next start is on another day, and without the flag.
    cut.now += 3 * 86_400_000;
    const sheet = await openDemo({ ...cut.app, config: { ...cut.app.config, demo: false } });
    expect(sheet!.scans[0]!.path).to.equal('/01/09520131000102/10/PJ261018A3');
    expect(await lots(cut)).to.deep.equal(await lots(whole));
    await Promise.all([cut.close(), whole.close()]);
  });

  it('could have been told over HTTP by those who tell them: same records, same lots', async () => {
    const [over, direct] = [await openService({ now: replay.steps[0]!.time }), await openService()];
    await replayStories(direct.app, replay);
    const callers = new Map<string, Caller>();
    for (const step of replay.steps) {
      over.now = step.time;
      if (step.kind !== 'event') {
        const author = { by: step.by, role: step.role, story: { time: step.time } };
        await over.app.ledger.submit([draftStatement(over.app, author, step.kind, step.id, step.body)]);
        continue;
      }
      const division = step.role === 'inspector' ? { division: '510117' } : {};
      const caller = callers.get(step.by) ?? (await over.as(step.role, { party: step.by, ...division }));
      callers.set(step.by, caller);
      const answer = await caller.post(`/api/activities/${step.activity}`).send(step.values);
      expect(answer.status, `${step.story} ${step.activity}: ${JSON.stringify(answer.body)}`).to.equal(201);
    }
    expect(over.app.ledger.size).to.equal(direct.app.ledger.size);
    expect(await lots(over)).to.deep.equal(await lots(direct));
    await Promise.all([over.close(), direct.close()]);
  });

  it('lose nothing on the way: what was made is held, sold, used or lost', async () => {
    const service = await openService();
    await replayStories(service.app, replay);
    for (const [item, lot] of (await lots(service)) as Map<
      string,
      {
        totals: Record<string, Record<string, string>>;
        holdings: { quantity?: string; unit?: string }[];
        began: { how: string };
        growing?: true;
        ended?: unknown;
      }
    >) {
      for (const [unit, { made, received, sold, used, lost }] of Object.entries(lot.totals)) {
        if (lot.growing && lot.ended) continue;
        const begun = Number(lot.began.how === 'received' ? received : made);
        const held = lot.holdings.filter((each) => each.unit === unit).reduce((sum, each) => sum + Number(each.quantity), 0);
        expect(held + Number(sold) + Number(used) + Number(lost), `${item} ${unit}`).to.be.closeTo(begun, 1e-9);
        expect(held, item).to.be.at.least(0);
      }
    }
    await service.close();
  });
});
