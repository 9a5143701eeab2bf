import { openDemo } from '../../src/demo.js';
import { openService, type Service, type ServiceOptions } from './service.js';

/** A service with the demo stories in it, told up to yesterday of its clock. */
export async function openDemoService(options: ServiceOptions = {}): Promise<Service & { examples: readonly string[] }> {
  const service = await openService({ ...options, config: { demo: true, ...options.config } });
  await openDemo(service.app);
  const row = await service.app.store.get('meta', ['demo']);
  const { examples } = JSON.parse(row?.body ?? '{}') as { examples: string[] };
  return Object.assign(service, { examples });
}
