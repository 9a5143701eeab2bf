import type { App } from '../app.js';
import { json, type Answer } from './call.js';
import { linksetContext } from './resolver.js';

/** `/.well-known/gs1resolver`: what this resolver can do (GS1-Conformant Resolver 1.1, "Resolver description file"). */
export const describeResolver = (app: App): Answer =>
  json(
    200,
    {
      name: 'Suyuan 溯源',
      resolverRoot: app.config.publicUrl,
      supportedPrimaryKeys: ['all'],
      supportedLinkType: [
        { namespace: 'https://gs1.org/voc/', prefix: 'gs1:' },
        { namespace: 'https://schema.org/', prefix: 'schema:' },
      ],
      linkTypeDefaultCanBeLinkset: false,
      jsonLdContextLocation: linksetContext,
    },
    { 'cache-control': 'public, max-age=3600' },
  );
