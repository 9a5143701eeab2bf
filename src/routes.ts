import { docsRoutes } from './http/docs.js';
import { healthRoutes } from './http/health.js';
import type { Route } from './route.js';
import { apiRoutes } from './routes/api.js';
import { deskRoutes } from './routes/desk.js';
import { epcisRoutes } from './routes/epcis.js';
import { epcisQueryRoutes } from './routes/epcisQuery.js';
import { fieldRoutes } from './routes/field.js';
import { publicRoutes } from './routes/public.js';
import { logRoutes } from './routes/log.js';
import { witnessRoutes } from './routes/witness.js';

/** THE table, by area: every address of the service. Validation, permission and /openapi.json come from it. */
export const routes: readonly Route[] = [
  // What machines record and read
  ...apiRoutes,

  // What anybody may see: home, search, scanned codes, labels
  ...publicRoutes,

  // EPCIS 2.0
  ...epcisRoutes,
  ...epcisQueryRoutes,

  // The ledger, for whoever checks it
  ...logRoutes,
  ...witnessRoutes,

  // The service itself
  ...healthRoutes,

  // Pages of those who record, of inspectors and of the administration
  ...fieldRoutes,
  ...deskRoutes,

  // The description of all this
  ...docsRoutes(() => routes),
];
