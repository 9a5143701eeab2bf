import { Act, type AdminFrame, frame } from './admin-parts.js';
import { deskT } from './field-words.js';
import { page } from './layout.js';
import { Day, Icon, LinkButton, Notice, State } from './parts.js';

export interface MandatesView extends AdminFrame {
  readonly mandates: readonly {
    readonly uri: string;
    readonly from: string;
    readonly to: string;
    readonly since: number;
    readonly until?: number;
    readonly state: 'active' | 'over' | 'revoked';
    readonly ours: boolean;
  }[];
  readonly saved: boolean;
}

/** Who entrusts whom, and until when. */
export function mandatesPage(view: MandatesView): string {
  const { lang, mandates } = view;
  const words = deskT(lang);
  const states = { active: words.active, over: words.over, revoked: words.revoked };
  return page(
    frame(view, words.mandates, 'mandates'),
    <main id="main">
      {view.saved ? <Notice icon="check">{words.savedNow}</Notice> : null}
      <div class="desk-head">
        <h1>{words.mandates}</h1>
        <div class="btns">
          <LinkButton href="/admin/mandates/new" icon="plus">
            {words.newMandate}
          </LinkButton>
        </div>
      </div>
      <section class="panel">
        {mandates.length === 0 ? <p class="soft">{words.noneYet}</p> : null}
        <ul class="finds">
          {mandates.map((mandate) => (
            <li>
              <Icon name="link" />
              <div>
                <b>{words.entrusts(mandate.from, mandate.to)}</b>
                <p class="soft">
                  <Day at={mandate.since} /> {mandate.until === undefined ? null : <Day at={mandate.until} />}{' '}
                  <State>{states[mandate.state]}</State>
                </p>
                {mandate.ours && mandate.state === 'active' ? (
                  <Act
                    action="/admin/mandates/revoke"
                    name="id"
                    value={mandate.uri}
                    text={words.revoke}
                    of={words.entrusts(mandate.from, mandate.to)}
                  />
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </section>
    </main>,
  );
}
