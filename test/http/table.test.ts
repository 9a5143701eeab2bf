import { expect } from 'chai';
import { roles, type Role } from '../../src/accounts/account.js';
import { routes } from '../../src/routes.js';
import type { Route } from '../../src/route.js';
import { openService, type Caller, type Service } from '../support/service.js';

const party = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const address = ({ path }: Route): string =>
  path
    .replace(/\{\/\*\w+\}|\/\*\w+/g, '/x')
    .replace(/\{([^}]*)\}/g, '$1')
    .replace(/[:*]\w+/g, 'x');
const call = (who: Caller, route: Route) => who[route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](address(route));
const name = (route: Route): string => `${route.method} ${route.path}`;

describe('every line of the table', () => {
  let service: Service;
  const callers = new Map<Role, Caller>();
  before(async () => {
    service = await openService();
    for (const role of roles) {
      const more = role === 'inspector' ? { division: '510000' } : role === 'admin' ? {} : { party };
      callers.set(role, await service.as(role, more));
    }
  });
  after(() => service.close());

  it('has words in both languages and answers that it declares', () => {
    for (const route of routes) {
      expect(route.what.zh, name(route)).to.match(/[\u4e00-\u9fff]/);
      expect(route.what.en, name(route)).to.match(/^\S/);
      expect(Object.keys(route.answers), name(route)).to.not.be.empty;
    }
    const twice = routes.map(name).filter((n, i, all) => all.indexOf(n) !== i);
    expect(twice).to.deep.equal([]);
  });

  for (const route of routes.filter((r) => r.who !== 'anyone')) {
    it(`${name(route)} is closed to nobody and to other roles`, async () => {
      const nobody = await call(service.anyone, route).set('accept', route.page ? 'text/html' : 'application/json');
      if (route.page) expect([nobody.status, nobody.headers.location?.split('?')[0]]).to.deep.equal([303, '/signin']);
      else expect(nobody.status).to.equal(401);
      for (const role of roles.filter((r) => !route.who.includes(r as never))) {
        expect((await call(callers.get(role) as Caller, route)).status, role).to.equal(404);
      }
    });
  }

  for (const route of routes.filter((r) => r.body)) {
    it(`${name(route)} takes only its own kinds of body, and writes nothing of a wrong one`, async () => {
      const who = route.who === 'anyone' ? service.anyone : (callers.get(route.who[0] as Role) as Caller);
      const size = service.app.ledger.size;
      expect((await call(who, route).set('content-type', 'application/x-nonsense').send('x')).status).to.equal(415);
      const type = (route.body?.types ?? [])[0] as string;
      if (type.endsWith('json')) {
        for (const body of ['{', '[]', '"x"', 'null', '{"__proto__":1}']) {
          const { status } = await call(who, route).set('content-type', type).send(body);
          expect(status, body).to.be.within(400, 499);
        }
      }
      expect(service.app.ledger.size).to.equal(size);
    });
  }
});
