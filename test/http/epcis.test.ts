import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { type EpcisEvent, itemsOf } from '../../src/domain/epcis/event.js';
import { pathOf } from '../../src/domain/gs1/digitalLink.js';
import { filesIn, readJson, referenceFolder } from '../domain/epcis/reference.js';
import { right } from '../domain/epcis/wrong.js';
import { type Caller, openService, type Service } from '../support/service.js';

const producer = { party: 'https://id.gs1.org/417/4012345000009' };
const neighbour = { party: 'https://id.gs1.org/417/0614141000005' };
const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

type Json = { [name: string]: unknown };
const documentOf = (...eventList: unknown[]): Json => ({
  '@context': [context, { ex: 'https://ns.example.org/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-23T00:00:00Z',
  epcisBody: { eventList },
});
const seen = (serial: string, more: Json = {}): Json => ({
  ...right.object,
  action: 'OBSERVE',
  bizStep: 'inspecting',
  epcList: [`https://id.gs1.org/01/04012345111118/21/${serial}`],
  quantityList: [],
  ...more,
});
const uuid = (n: number): string => `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

describe('POST /epcis/capture', () => {
  let service: Service;
  let caller: Caller;
  beforeEach(async () => {
    service = await openService();
    caller = await service.as('producer', producer);
  });
  afterEach(() => service.close());

  /** Captures and gives the finished job. */
  async function jobFor(
    document: unknown,
    headers: Record<string, string> = {},
  ): Promise<Json & { events: Json[]; errors: Json[] }> {
    const answer = await caller
      .post('/epcis/capture')
      .set(headers)
      .send(document as object);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    const job = await caller.get(answer.headers.location as string);
    expect(job.status).to.equal(200);
    return job.body as never;
  }
  const outcomes = (job: { events: Json[] }) => job.events.map(({ outcome }) => outcome);

  it('answers 202 with a job that says what became of each event', async () => {
    const job = await jobFor(documentOf(seen('1', { eventID: uuid(1) }), seen('2')));
    expect(job).to.include({ running: false, success: true, captureErrorBehaviour: 'rollback' });
    expect(job.errors).to.deep.equal([]);
    expect(job.events[0]).to.deep.equal({ pointer: '/epcisBody/eventList/0', eventID: uuid(1), outcome: 'recorded', entry: 0 });
    expect(job.events[1]!.eventID).to.match(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(service.app.ledger.size).to.equal(2);
  });

  it('takes JSON-LD by name, and one event that stands alone', async () => {
    const answer = await caller
      .post('/epcis/capture')
      .set('content-type', 'application/ld+json')
      .send(JSON.stringify(documentOf(seen('1'))));
    expect(answer.status).to.equal(202);
    expect(outcomes(await jobFor({ '@context': context, ...seen('2') }))).to.deep.equal(['recorded']);
  });

  it('writes nothing with rollback when one event is wrong, and names its fault in the document', async () => {
    const job = await jobFor(documentOf(seen('1'), seen('2', { bizStep: 'shiping' }), seen('3')));
    expect(job).to.include({ success: false, running: false });
    expect(outcomes(job)).to.deep.equal(['withheld', 'invalid', 'withheld']);
    expect(job.errors).to.have.length(1);
    expect(job.errors[0]).to.include({ type: 'epcisException:ValidationException', pointer: '/epcisBody/eventList/1/bizStep' });
    expect(service.app.ledger.size).to.equal(0);
  });

  it('writes the others with proceed', async () => {
    const document = documentOf(seen('1'), seen('2', { bizStep: 'shiping' }), seen('3'));
    const job = await jobFor(document, { 'GS1-Capture-Error-Behaviour': 'proceed' });
    expect(job).to.include({ success: false, captureErrorBehaviour: 'proceed' });
    expect(outcomes(job)).to.deep.equal(['recorded', 'invalid', 'recorded']);
    expect(service.app.ledger.size).to.equal(2);
  });

  it('writes a repeated event once, in whatever form it comes again', async () => {
    const lot = { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 200, uom: 'KGM' };
    const event = { ...right.object, epcList: [], quantityList: [lot], 'ex:note': 'a' };
    const first = await jobFor(documentOf(event));
    const again = {
      ...event,
      eventTime: '2026-03-04T03:00:30.000Z',
      quantityList: [{ ...lot, epcClass: 'https://id.gs1.org/01/04012345123456/10/998877' }],
    };
    const second = await jobFor(documentOf(again));
    expect(second).to.include({ success: true });
    expect(second.events[0]).to.deep.equal({ ...first.events[0], outcome: 'duplicate' });
    expect(service.app.ledger.size).to.equal(1);
  });

  it('fails an event whose id the party used for another one, unless it declares an error', async () => {
    await jobFor(documentOf(seen('1', { eventID: uuid(1) })));
    const other = await jobFor(documentOf(seen('2', { eventID: uuid(1) })));
    expect(other.errors[0]).to.include({ type: 'epcisException:ResourceAlreadyExistsException', eventID: uuid(1) });
    const errorDeclaration = { declarationTime: '2026-11-23T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: [uuid(2)] };
    const declared = documentOf(seen('1', { eventID: uuid(1), errorDeclaration }));
    expect(outcomes(await jobFor(declared))).to.deep.equal(['recorded']);
    expect(outcomes(await jobFor(declared))).to.deep.equal(['duplicate']);
    expect(service.app.ledger.size).to.equal(2);
  });

  it('leaves ids to each party: the same id of another party is another event', async () => {
    await jobFor(documentOf(seen('1', { eventID: uuid(1) })));
    caller = await service.as('producer', neighbour);
    expect(outcomes(await jobFor(documentOf(seen('9', { eventID: uuid(1) }))))).to.deep.equal(['recorded']);
  });

  it('keeps of the context what an event needs to be read alone', async () => {
    await jobFor(documentOf(seen('1', { eventID: uuid(1), 'ex:note': 'a' }), seen('2', { eventID: uuid(2) })));
    const bodies = await Promise.all(
      [0, 1].map(async (seq) => JSON.parse((await service.app.store.get('records', [seq]))!.body) as { body: Json }),
    );
    expect(bodies[0]!.body['@context']).to.deep.equal({ ex: 'https://ns.example.org/' });
    expect(bodies[1]!.body).not.to.have.property('@context');
  });

  it('says that master data was not recorded', async () => {
    const vocabularyList = [
      { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: [{ id: 'urn:epc:id:sgln:0037000.00729.0' }] },
    ];
    const job = await jobFor({ ...documentOf(seen('1')), epcisHeader: { epcisMasterData: { vocabularyList } } });
    expect(job.masterData).to.deep.equal({ elements: 1, recorded: 0 });
  });

  it('takes a document without events', async () => {
    expect(await jobFor(documentOf())).to.deep.include({ success: true, running: false, events: [] });
  });

  const refusals: [name: string, body: unknown, headers: Record<string, string>, status: number, type: string][] = [
    ['the answer to a query', { type: 'EPCISQueryDocument' }, {}, 400, 'ValidationException'],
    ['a list of events', [seen('1')], {}, 400, 'ValidationException'],
    ['a document of version 1.2', { ...documentOf(), schemaVersion: '1.2' }, {}, 400, 'ValidationException'],
    ['another error behaviour', documentOf(), { 'GS1-Capture-Error-Behaviour': 'ignore' }, 400, 'ValidationException'],
    ['another version of EPCIS', documentOf(), { 'GS1-EPCIS-Version': '1.2' }, 406, 'NotAcceptableException'],
    ['another version of the CBV', documentOf(), { 'GS1-CBV-Version': '1.2' }, 406, 'NotAcceptableException'],
    ['an answer in a form that is not given', documentOf(), { accept: 'image/png' }, 406, 'NotAcceptableException'],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, 415, 'UnsupportedMediaTypeException'],
    ['JSON that breaks off', '{"type":', { 'content-type': 'application/json' }, 400, 'ValidationException'],
    [
      'numbers that would be rounded',
      '{"type":1.00000000000000001}',
      { 'content-type': 'application/json' },
      400,
      'ValidationException',
    ],
  ];
  for (const [name, body, headers, status, type] of refusals)
    it(`refuses: ${name}`, async () => {
      const answer = await caller
        .post('/epcis/capture')
        .set(headers)
        .send(body as object);
      expect(answer.status).to.equal(status);
      expect(answer.type).to.equal('application/problem+json');
      expect(answer.body).to.include({ type: `epcisException:${type}` });
      expect(service.app.ledger.size).to.equal(0);
    });

  it('refuses more events and more bytes than it announces', async () => {
    await service.close();
    service = await openService({ config: { captureEvents: 2, captureBodyLimit: 4096 } });
    caller = await service.as('producer', producer);
    for (const body of [documentOf(seen('1'), seen('2'), seen('3')), documentOf(seen('1', { 'ex:note': 'x'.repeat(4000) }))]) {
      const answer = await caller.post('/epcis/capture').send(body);
      expect(answer.status).to.equal(413);
      expect(answer.body).to.include({ type: 'epcisException:CaptureLimitExceededException' });
      expect(answer.headers).to.include({ 'gs1-epcis-capture-limit': '2', 'gs1-epcis-capture-file-size-limit': '4096' });
    }
  });

  it('is for those who record: nobody gets 401, another role 404', async () => {
    const nobody = await service.anyone.post('/epcis/capture').set('origin', 'http://suyuan.test').send(documentOf());
    expect([nobody.status, (nobody.body as Json).type]).to.deep.equal([401, 'epcisException:SecurityException']);
    for (const other of [await service.as('admin'), await service.as('inspector', { division: '510000' })])
      expect((await other.post('/epcis/capture').send(documentOf())).status).to.equal(404);
  });

  it('says what it is and how much it takes', async () => {
    const answer = await caller.options('/epcis/capture');
    expect(answer.status).to.equal(204);
    expect(answer.headers).to.include({
      allow: 'POST, GET, HEAD, OPTIONS',
      'gs1-epcis-version': '2.0.0',
      'gs1-cbv-version': '2.0.0',
      'gs1-capture-error-behaviour': 'all',
      'gs1-epcis-capture-limit': '10000',
      'gs1-extensions': 'suyuan=https://suyuan.example/ns/',
    });
  });

  it('answers a repeated request under one Idempotency-Key with the first job', async () => {
    const send = () =>
      caller
        .post('/epcis/capture')
        .set('idempotency-key', 'k1')
        .send(documentOf(seen('1')));
    const first = await send();
    const second = await send();
    expect(second.headers).to.include({ location: first.headers.location, 'idempotency-replayed': 'true' });
  });

  it('takes ten thousand EPCs in one event, and refuses one more', async () => {
    const epcList = Array.from({ length: 10_001 }, (_, i) => `https://id.gs1.org/01/04012345111118/21/${i}`);
    const job = await jobFor(documentOf({ ...seen('1'), epcList }, { ...seen('1'), epcList: epcList.slice(1) }), {
      'GS1-Capture-Error-Behaviour': 'proceed',
    });
    expect(outcomes(job)).to.deep.equal(['invalid', 'recorded']);
    expect(job.errors.map(({ pointer }) => pointer)).to.deep.equal(['/epcisBody/eventList/0/epcList']);
  });

  it('survives rubbish in every event', async () => {
    const job = await jobFor(documentOf({}, { type: 'ObjectEvent' }, { type: {} }, { ...seen('1'), epcList: { $gt: '' } }), {
      'GS1-Capture-Error-Behaviour': 'proceed',
    });
    expect(outcomes(job)).to.deep.equal(['invalid', 'invalid', 'invalid', 'invalid']);
  });

  describe('jobs', () => {
    it('are listed for their party, newest first, by pages that neither skip nor repeat', async () => {
      const made: unknown[] = [];
      for (let i = 0; i < 5; i++) made.unshift((await jobFor(documentOf(seen(String(i))))).captureID);
      const pages: unknown[][] = [];
      let next: string | undefined = '/epcis/capture?perPage=2';
      while (next !== undefined) {
        const answer: { body: unknown; headers: Record<string, string> } = await caller.get(next);
        pages.push((answer.body as Json[]).map(({ captureID }) => captureID));
        next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1];
        if (pages.length === 1) await jobFor(documentOf(seen('new')));
      }
      expect(pages.map((page) => page.length)).to.deep.equal([2, 2, 1]);
      expect(pages.flat()).to.deep.equal(made);
    });

    it('are not shown to another party, and refuse a token that is none', async () => {
      const job = await jobFor(documentOf(seen('1')));
      const other = await service.as('producer', neighbour);
      const answer = await other.get(`/epcis/capture/${String(job.captureID)}`);
      expect([answer.status, (answer.body as Json).type]).to.deep.equal([404, 'epcisException:NoSuchResourceException']);
      expect((await other.get('/epcis/capture')).body).to.deep.equal([]);
      expect((await caller.get('/epcis/capture?nextPageToken=rubbish')).status).to.equal(400);
      expect((await caller.get('/epcis/capture/pending:1')).status).to.equal(404);
    });
  });
});

/** Digital Link paths of everything that the events name. */
const pathsIn = (events: readonly EpcisEvent[]): string[] => [
  ...new Set(
    events.flatMap((event) => itemsOf(event).flatMap(({ uri }) => (uri.startsWith('https://id.gs1.org/') ? pathOf(uri) : []))),
  ),
];

/** Stops of a journey, or entries that name it: what a person can read of its history. */
const linesOn = (html: string): number =>
  ['<ol class="journey">', 'id="m"', 'id="t"']
    .map((start) => html.split(start)[1]?.split('</section>')[0] ?? '')
    .reduce((sum, section) => sum + (section.match(/<li/g) ?? []).length, 0);

describe('the published EPCIS examples over HTTP', () => {
  it('go in, every capture document on a ledger of its own', async function () {
    this.timeout(120_000);
    const folder = referenceFolder('epcis/examples');
    if (!folder) return;
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const standard = ajv.compile(readJson(join(folder, '..', 'epcis-json-schema.json')));
    let taken = 0;
    const scanned = new Set<string>();
    for (const file of filesIn(folder, '.jsonld')) {
      const document = readJson(join(folder, file));
      if (document.type === 'EPCISQueryDocument') continue;
      const service = await openService();
      const caller = await service.as('producer', producer);
      const answer = await caller.post('/epcis/capture').send(document);
      const job = (await caller.get(answer.headers.location as string)).body as Json & { events: Json[] };
      expect(job.success, `${file}: ${JSON.stringify(job)}`).to.equal(true);
      expect(service.app.ledger.size, file).to.equal(document.epcisBody.eventList!.length);
      for (const { eventID } of job.events) {
        const event = await caller.get(`/epcis/events/${encodeURIComponent(String(eventID))}`);
        expect(event.status, file).to.equal(200);
        expect(standard(event.body), `${file}: ${JSON.stringify(standard.errors)}`).to.equal(true);
      }
      for (const path of pathsIn(document.epcisBody.eventList!)) {
        const history = await caller.get(`/api/items${path}?view=history`);
        expect(history.status, `${file}: ${path} ${JSON.stringify(history.body)}`).to.equal(200);
        expect((history.body as { items: unknown[] }).items, path).to.have.length.above(0);
        scanned.add(path);
        for (const lang of ['zh', 'en']) {
          const page = await service.anyone.get(path).set('accept', 'text/html').set('accept-language', lang);
          expect(page.status, `${file}: ${path}`).to.equal(200);
          expect(linesOn(page.text), `${file}: ${path}`).to.be.above(0);
        }
        const machine = await service.anyone.get(path).set('accept', 'application/json');
        expect(machine.status, `${file}: ${path}`).to.equal(200);
      }
      await service.close();
      taken++;
    }
    console.log(`      ${taken} documents captured, ${scanned.size} identifiers with a history`);
    expect(taken).to.equal(46);
  });
});
