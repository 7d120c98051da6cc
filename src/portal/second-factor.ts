/** The second step of signing in, after the password. */
import { html, type Html } from '../html.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { signInAddress } from '../http/session-principal.ts';
import type { Visit } from '../http/visit.ts';
import { checkCode } from '../sign-in/code.ts';
import { startSession } from '../sign-in/session.ts';
import { listFactors, type FactorKind } from '../store/factors.ts';
import { findHalfSignIn } from '../store/half-sign-ins.ts';
import { alert, csrfField, field, hidden, passkeyButton, type Fault } from './form.ts';
import { anybody, fieldsOf, nextOf, submit, welcome } from './visits.ts';

interface SecondFactorPage {
  readonly visit: Visit;
  readonly next: string;
  readonly kinds: readonly FactorKind[];
  /** Whether a recovery code was tried, so that its field stays in sight. */
  readonly recovering?: boolean;
  readonly fault?: Fault;
}

function secondFactorPage({ visit, next, kinds, recovering = false, fault }: SecondFactorPage): Html {
  const form = (inside: Html) =>
    html`<form method="post" action="/sign-in/second-factor">
      ${csrfField(visit.csrf)}${hidden('next', next)}${inside}
    </form>`;
  return alonePage({
    title: fault === undefined ? 'Second step' : 'Error: Second step',
    csrf: visit.csrf,
    body: html`<h1>Second step</h1>
      <p class="soft">Your password was right. One more proof that it is you.</p>
      ${alert(fault)}
      ${
        kinds.includes('totp') &&
        form(
          html`${field({ name: 'code', label: 'Code of your authenticator app', autocomplete: 'one-time-code', code: true, first: !recovering }, fault)}
            <button class="main">Go on</button>`,
        )
      }
      ${kinds.includes('passkey') && passkeyButton(next)}
      <details ${recovering && html`open`}>
        <summary>Use a recovery code</summary>
        ${form(html`${field({ name: 'recovery', label: 'Recovery code', autocomplete: 'off', first: recovering }, fault)}<button>Go on with this code</button>`)}
      </details>
      <p class="foot"><a href="${signInAddress(next)}">Begin again</a></p>`,
  });
}

const ask: Route = (api, deps) =>
  api.get(
    '/sign-in/second-factor',
    page('public'),
    anybody(deps, async (visit, request, reply) => {
      const person = await findHalfSignIn(deps.database.db, visit.cookie);
      const next = nextOf(request.query);
      if (person === undefined) return goTo(reply, signInAddress(next));
      const kinds = (await listFactors(deps.database.db, person.userId)).map(({ kind }) => kind);
      return show(reply, secondFactorPage({ visit, next, kinds }));
    }),
  );

const check: Route = (api, deps) =>
  api.post(
    '/sign-in/second-factor',
    page('public', 'session.started'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const next = nextOf(request.body);
      const person = await findHalfSignIn(deps.database.db, visit.cookie);
      if (person === undefined) return goTo(reply, signInAddress(next));
      const kinds = (await listFactors(deps.database.db, person.userId)).map(({ kind }) => kind);
      return submit(
        reply,
        async () => {
          const method = await checkCode(deps, person, form('code') || form('recovery'), visit);
          const started = await startSession(deps, person, ['password', method], visit);
          return welcome(reply, deps, started, next);
        },
        (fault) => secondFactorPage({ visit, next, kinds, recovering: form('recovery') !== '', fault }),
      );
    }),
  );

export const secondFactorPages = routes(ask, check);
