import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { readDocument } from '../../../src/domain/epcis/document.js';
import { itemsOf } from '../../../src/domain/epcis/event.js';
import type { EpcisEvent } from '../../../src/domain/epcis/event.js';
import { validateEvent } from '../../../src/domain/epcis/validate.js';
import { documentShape, filesIn, readJson, referenceFolder, shape } from './reference.js';
import { right } from './wrong.js';

describe('the published EPCIS examples', () => {
  it('are accepted, every capture document of them', () => {
    const folder = referenceFolder('epcis/examples');
    if (!folder) return;
    let accepted = 0;
    for (const file of filesIn(folder, '.jsonld')) {
      const json = readJson(join(folder, file));
      if (json.type === 'EPCISQueryDocument') continue;
      const document = readDocument(json, documentShape);
      if ('faults' in document) throw new Error(`${file}: ${JSON.stringify(document.faults)}`);
      for (const { event } of document.events) {
        expect(validateEvent(event, shape, { prefixes: document.prefixes }), file).to.deep.equal([]);
        expect(itemsOf(event as EpcisEvent), file).to.be.an('array');
      }
      accepted++;
    }
    console.log(`      ${accepted} documents accepted`);
    expect(accepted).to.equal(46);
  });

  it('are of the same form as our own: what we take, the standard’s schema takes', () => {
    const folder = referenceFolder('epcis');
    if (!folder) return;
    const ajv = new Ajv({ strict: false, allErrors: false });
    formats.default(ajv);
    const standard = ajv.compile(readJson(join(folder, 'epcis-json-schema.json')));
    for (const [name, event] of Object.entries(right)) {
      const whole = { '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', ...event };
      expect(standard(whole), `${name}: ${JSON.stringify(standard.errors)}`).to.equal(true);
    }
  });

  it('refuse the answer to a query with its reason', () => {
    const folder = referenceFolder('epcis/examples');
    if (!folder) return;
    const document = readDocument(readJson(join(folder, 'EPCISQueryDocument.jsonld')), documentShape);
    if (!('faults' in document)) throw new Error('was taken');
    expect(document.faults.map(({ pointer }) => pointer)).to.deep.equal(['/type']);
    expect(document.faults[0]!.message.en).to.contain('answer to a query');
  });
});
