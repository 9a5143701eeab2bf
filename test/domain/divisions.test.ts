import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { divisionName, regionOf } from '../../src/domain/divisions.js';

describe('where a place lies', () => {
  it('is said from the province down in Chinese, from the township up in English', () => {
    expect(regionOf('510131', '西来镇')).to.deep.equal({
      zh: '四川省成都市蒲江县西来镇',
      en: '西来镇, Pujiang, Chengdu, Sichuan',
    });
    expect(regionOf('510107', undefined, 2)).to.deep.equal({ zh: '成都市武侯区', en: 'Wuhou, Chengdu' });
    expect(regionOf('510100')).to.deep.equal({ zh: '四川省成都市', en: 'Chengdu, Sichuan' });
    expect(regionOf('110105')).to.deep.equal({ zh: '北京市', en: 'Beijing' });
    expect(regionOf('990000')).to.equal(undefined);
  });

  it('has every division of the public list by its name', function () {
    const file = new URL('../../../../shared/reference/facts/regions_51.csv', import.meta.url);
    if (!existsSync(file)) {
      console.log('    (skipped: no reference data beside the repository)');
      return this.skip();
    }
    for (const line of readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1)) {
      const [code = '', name] = line.split(',');
      expect(divisionName(code)?.zh, code).to.equal(name);
      expect(divisionName(code)?.en, code).to.match(/^[A-Z][A-Za-z' ]+$/);
    }
  });
});
