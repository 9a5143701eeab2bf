import type { App } from './app.js';
import type { ExpiringName } from './store/collections.js';

const expiring: readonly ExpiringName[] = ['sessions', 'answers', 'failures', 'jobs', 'tokens'];

/** Deletes what has expired, now and every hour; answers how to stop. A store that is away is asked again next time. */
export function sweep(app: App, every = 3_600_000): () => void {
  const once = async () => {
    try {
      for (const collection of expiring) await app.store.expire(collection, app.clock());
    } catch (error) {
      app.log.warn({ err: error }, 'sweep failed');
    }
  };
  void once();
  const timer = setInterval(() => void once(), every);
  timer.unref();
  return () => clearInterval(timer);
}
