import { expect } from 'chai';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('what people type or scan into the form of an entry', () => {
  let service: Service;
  let farm: Farm;
  let zhou: Caller;

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '郫县豆瓣厂', '09520131000102');
    zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
  });
  after(() => service.close());

  const form = async (name: string) => controlsOf((await zhou.get(`/field/${name}`).expect(200)).text);
  const save = async (name: string, values: Record<string, string>) => {
    const answer = await zhou
      .post(`/field/${name}`)
      .type('form')
      .send({ ...(await form(name)), ...values });
    expect(answer.status, answer.text).to.equal(303);
    return service.app.ledger.size - 1;
  };
  const recorded = async (seq: number) => JSON.parse((await service.app.store.get('records', [seq]))?.body ?? '{}').body;

  it('receives a lot from outside by product code and lot number, from a supplier by credit code', async () => {
    const seq = await save('receive', {
      '/lots/0/lot+': '9520131000904 LJ-25-0814',
      '/lots/0/quantity': '１，０４５．５',
      '/lots/0/unit': 'KGM',
      '/from+': '91510500 2047 06718h',
      '/document': 'DN-0814',
      '/place': farm.place,
    });
    const event = await recorded(seq);
    expect(event.quantityList).to.deep.equal([
      { epcClass: 'https://id.gs1.org/01/09520131000904/10/LJ-25-0814', quantity: 1045.5, uom: 'KGM' },
    ]);
    expect(event.sourceList[0].source).to.equal('urn:suyuan:uscc:91510500204706718H');
    expect((await zhou.get('/field/lots')).text)
      .to.include('LJ-25-0814')
      .and.to.include('1,045.5 千克');
  });

  it('registers pallets scanned one a line', async () => {
    const seq = await save('commission', { '/units': '(00)095201310000000010\r\n\r\n095201310000000027\r\n' });
    expect((await recorded(seq)).epcList).to.deep.equal([
      'https://id.gs1.org/00/095201310000000010',
      'https://id.gs1.org/00/095201310000000027',
    ]);
  });

  it('names the line of a number whose check digit is wrong', async () => {
    const typed = { ...(await form('commission')), '/units': '\n(00)095201310000000010\n\n095201310000000022' };
    const answer = await zhou.post('/field/commission').type('form').send(typed).expect(400);
    expect(answer.text).to.include('第 4 行：').and.to.not.include('第 2 行：');
  });

  it('takes a pasted series with its headings, and names the lines that it cannot read', async () => {
    const lot = { '/lots/0/lot': 'https://id.gs1.org/01/09520131000904/10/LJ-25-0814', '/place': farm.place };
    const good = '时间\t温度℃\t湿度%\r\n2026-11-23 08:00\t3.5\t85\r\n2026-11-23 08:10\t4.25\t\r\n';
    const seq = await save('store-reading', { ...lot, '/readings': good });
    const reports = (await recorded(seq)).sensorElementList[0].sensorReport;
    expect(reports.map(({ type, value }: { type: string; value: number }) => [type, value])).to.deep.equal([
      ['Temperature', 3.5],
      ['RelativeHumidity', 85],
      ['Temperature', 4.25],
    ]);
    const bad = await zhou
      .post('/field/store-reading')
      .type('form')
      .send({ ...(await form('store-reading')), ...lot, '/readings': '2026-11-23 08:00,3.5\n2026-13-23 08:10,冷' });
    expect(bad.status).to.equal(400);
    expect(bad.text).to.include('第 2 行').and.to.include('2026-13-23 08:10,冷').and.to.include('href="#f-readings"');
  });

  it('makes an entry of every activity’s empty form no more than a list of what is missing', async () => {
    const size = service.app.ledger.size;
    for (const name of service.app.activities.keys()) {
      if (!service.app.activities.get(name)?.who.includes('producer')) continue;
      const { token = '' } = await form(name);
      const answer = await zhou.post(`/field/${name}`).type('form').send({ token });
      expect(answer.status, name).to.equal(400);
      expect(answer.text, name).to.include('role="alert"');
    }
    expect(service.app.ledger.size).to.equal(size);
  });

  it('shows what is typed as text, in every control of every activity', async () => {
    const evil = '"><script>alert(1)</script>';
    for (const name of ['apply-input', 'process', 'issue-promise-certificate', 'test']) {
      const controls = await form(name);
      const posted = Object.fromEntries(
        Object.keys(controls).map((key) => [key, key.startsWith('/') ? evil : (controls[key] ?? '')]),
      );
      const answer = await zhou.post(`/field/${name}`).type('form').send(posted);
      expect(answer.status, name).to.be.oneOf([400, 409]);
      expect(answer.text, name).to.not.include('<script>alert');
    }
  });
});
