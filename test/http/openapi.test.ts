import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { routes } from '../../src/routes.js';
import { openService, type Service } from '../support/service.js';

describe('/openapi.json', () => {
  let service: Service;
  let document: {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId: string; parameters?: { name: string; in: string }[]; responses: Record<string, unknown> }>
    >;
    components: { schemas: Record<string, unknown> };
  };
  before(async () => {
    service = await openService();
    document = (await service.anyone.get('/openapi.json').expect(200)).body as typeof document;
  });
  after(() => service.close());

  it('is a valid document of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.valid, JSON.stringify(result.errors, undefined, 1)?.slice(0, 2000)).to.equal(true);
    expect(validator.version).to.equal('3.1');
  });

  it('has every line of the table, once', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    expect(described).to.have.length(routes.length);
    const ids = Object.values(document.paths).flatMap((m) => Object.values(m).map((o) => o.operationId));
    expect(new Set(ids).size, ids.join()).to.equal(ids.length);
  });

  it('refers only to what is in it', () => {
    const refs: string[] = [];
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const ref = (value as { $ref?: unknown }).$ref;
      if (typeof ref === 'string') refs.push(ref);
      for (const member of Object.values(value)) walk(member);
    };
    walk(document);
    expect(refs).to.not.be.empty;
    for (const ref of refs) {
      const found = ref
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (at, step) => (at as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
          document,
        );
      expect(found, ref).to.be.an('object');
    }
  });

  it('names every parameter of a path', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      for (const operation of Object.values(methods)) {
        const named = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
        expect(named, path).to.deep.equal(inPath);
      }
    }
  });

  it('has a page that asks nothing of anybody else', async () => {
    const page = await service.anyone.get('/docs').expect(200);
    expect(page.text).to.not.match(/https?:\/\//);
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js'])
      await service.anyone.get(`/docs/${file}`).expect(200);
    await service.anyone.get('/docs/package.json').expect(404);
  });
});
