import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { Config } from '../config.js';

/** The headers that keep pages safe, as helmet makes them: they are the same for every answer, so they are made once. */
export function securityHeaders({ publicUrl }: Config): readonly (readonly [name: string, value: string])[] {
  const https = publicUrl.startsWith('https:');
  const middleware = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Over plain http on a local network there is nothing to upgrade to; behind https the proxy says so.
    strictTransportSecurity: https,
    crossOriginEmbedderPolicy: false,
    originAgentCluster: https,
    crossOriginOpenerPolicy: https,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  const headers: [string, string][] = [];
  const answer = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => undefined };
  middleware({} as IncomingMessage, answer as unknown as ServerResponse, (error?: unknown) => {
    if (error) throw error;
  });
  return headers;
}
