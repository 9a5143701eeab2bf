import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { parseBody } from '../../src/domain/epcis/query/parse.js';
import type { Json } from '../../src/domain/record.js';
import { routes } from '../../src/routes.js';
import { readJson, referenceFolder } from '../domain/epcis/reference.js';
import { openService } from '../support/service.js';

const party = 'https://id.gs1.org/417/4012345000009';
const neighbour = 'https://id.gs1.org/417/0614141000005';
const lot = 'https://id.gs1.org/01/09520123456788/10/ABC';
const jar = 'https://id.gs1.org/01/04012345111118/21/9876';
const common = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ns.example.org/' }],
  eventTimeZoneOffset: '+08:00',
  readPoint: { id: 'https://id.gs1.org/414/4012345000115' },
  'ex:price': 12,
  sensorElementList: [
    { sensorMetadata: { deviceID: 'urn:example:probe' }, sensorReport: [{ type: 'Temperature', value: 4, uom: 'CEL' }] },
  ],
};
const at = (n: number) => ({ ...common, eventTime: `2026-03-04T0${n}:00:00Z` });
const events = [
  {
    ...at(1),
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'commissioning',
    epcList: [jar],
    quantityList: [{ epcClass: lot, quantity: 9, uom: 'KGM' }],
  },
  {
    ...at(2),
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: 'https://id.gs1.org/00/040123451111111110',
    childEPCs: [jar],
    childQuantityList: [{ epcClass: lot, quantity: 2, uom: 'KGM' }],
  },
  {
    ...at(3),
    type: 'TransactionEvent',
    action: 'ADD',
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }],
    quantityList: [{ epcClass: lot, quantity: 1, uom: 'KGM' }],
  },
  {
    ...at(4),
    type: 'TransformationEvent',
    inputQuantityList: [{ epcClass: lot, quantity: 1, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/09520123456788/10/DEF', quantity: 1, uom: 'KGM' }],
  },
];

describe('EPCIS queries beside the standard’s own files', () => {
  it('give answers that its schema accepts, whole and in part', async function () {
    const folder = referenceFolder('epcis');
    if (!folder) return this.skip();
    this.timeout(20_000);
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const standard = ajv.compile(readJson(join(folder, 'epcis-json-schema.json')));
    const service = await openService();
    try {
      const mine = await service.as('producer', { party });
      const other = await service.as('producer', { party: neighbour });
      for (const event of events) expect((await mine.post('/epcis/events').send(event)).status, event.type).to.equal(201);
      // Without what is hidden a transaction or one side of a transformation is no event of the standard: only whole, or not at all.
      for (const [who, found, readPoints] of [
        [mine, 4, 4],
        [other, 2, 0],
      ] as const) {
        const answer = await who.get('/epcis/events').query({ MATCH_anyEPCClass: lot });
        expect(standard(answer.body), JSON.stringify(standard.errors)).to.equal(true);
        const { eventList } = (answer.body as { epcisBody: { queryResults: { resultsBody: { eventList: object[] } } } }).epcisBody
          .queryResults.resultsBody;
        expect(eventList).to.have.length(found);
        expect(eventList.filter((event) => 'readPoint' in event)).to.have.length(readPoints);
      }
    } finally {
      await service.close();
    }
  });

  it('know every parameter that its query schema names', function () {
    const folder = referenceFolder('epcis');
    if (!folder) return this.skip();
    const schema = readJson(join(folder, 'query-schema.json')) as unknown as {
      definitions: { 'EPCIS-Query': { properties: Record<string, object> } };
    };
    const names = Object.keys(schema.definitions['EPCIS-Query'].properties).filter((name) => name !== '@context');
    expect(names).to.have.length.above(50);
    const values: Json[] = [
      ['ObjectEvent'],
      ['ADD'],
      ['shipping'],
      ['active'],
      ['did_not_occur'],
      ['Temperature'],
      ['urn:example:a'],
      '2026-03-04T00:00:00Z',
      5,
      true,
      null,
      'eventTime',
      'ASC',
    ];
    const unknown = names.filter((name) =>
      values.every((value) =>
        Array.isArray(parseBody({ [name]: value, ...(name === 'eventCountLimit' && { orderBy: 'eventTime' }) })),
      ),
    );
    expect(unknown).to.deep.equal([]);
  });

  it('stand at the addresses of its REST binding', function () {
    const folder = referenceFolder('epcis');
    if (!folder) return this.skip();
    const { paths } = readJson(join(folder, 'openapi.json')) as unknown as { paths: Record<string, Record<string, unknown>> };
    const ours = new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, '{}')}`));
    const wanted = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ['get', 'post', 'delete'].includes(method))
        .map((method) => `${method.toUpperCase()} /epcis${path === '/' ? '' : path}`),
    );
    expect(Object.keys(paths)).to.have.length(29);
    const missing = wanted.filter((line) => !ours.has(line.replace(/\{\w+\}/g, '{}')));
    expect(missing.filter((line) => !line.includes('/subscriptions'))).to.deep.equal([]);
  });
});
