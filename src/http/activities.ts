import type { Activity } from '../domain/activities.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { json, type Answer, type Call } from './call.js';
import { recordCorrection } from './corrections.js';
import { submitOnce } from './idempotency.js';
import { authorOf, draftActivity, recordedAnswer } from './recording.js';

/** GET /api/activities: every activity, with its words and the address of its schema. */
export function listActivities(app: App): Answer {
  const all = [...app.activities.values()].map(({ name, title, stage, icon, order, who }) => ({
    name,
    title,
    stage,
    icon,
    order,
    who,
    href: `/api/activities/${name}`,
  }));
  return json(200, { activities: all });
}

/** GET /api/activities/{name}: its schema and how it becomes an EPCIS event. */
export function showActivity(app: App, call: Call): Answer {
  return json(200, activityNamed(app, call));
}

/** POST /api/activities/{name}: records one; with `?corrects=` in the place of an event that was wrong. */
export async function recordActivity(app: App, call: Call): Promise<Answer> {
  const activity = activityNamed(app, call);
  if (!call.account || !activity.who.includes(call.account.role)) throw new Problem('not-allowed');
  if (call.query.corrects !== undefined) return recordCorrection(app, call, activity, call.query.corrects);
  const author = await authorOf(app, call);
  const draft = await draftActivity(app, author, activity, call.body);
  return submitOnce(app, call, [draft], false, ([outcome]) => recordedAnswer(app, call, draft, outcome));
}

function activityNamed(app: App, call: Call): Activity {
  const activity = app.activities.get(call.params.name ?? '');
  if (!activity) throw new Problem('not-found');
  return activity;
}
