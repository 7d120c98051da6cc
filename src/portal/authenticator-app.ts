/** Setting up an authenticator app: its secret as a QR code, then its first code. */
import type { FastifyRequest } from 'fastify';
import { renderSVG } from 'uqr';
import { html, Html } from '../html.ts';
import { ownWitness } from '../http/act.ts';
import type { ApiDeps } from '../http/deps.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import type { OwnVisit } from '../http/visit.ts';
import { awaitedTotp, confirmTotp, startTotp, type TotpSetUp } from '../sign-in/factors.ts';
import { listFactors } from '../store/factors.ts';
import { FACTOR_NAMES, ownFactorsPage } from './factors.ts';
import { alert, csrfField, field, hidden, type Fault } from './form.ts';
import { codesList } from './own-page.ts';
import { factorsAddress, fieldsOf, freshlySignedIn, nextOf, submit } from './visits.ts';

const totpPage = (visit: OwnVisit, { secret, uri }: TotpSetUp, next: string, fault?: Fault): Html =>
  ownFactorsPage(
    visit,
    fault === undefined ? 'Set up an app' : 'Error: Set up an app',
    html`<div class="narrow">
      <h1>Set up an app</h1>
      <p>Scan this with your authenticator app, then type the code that it shows.</p>
      ${alert(fault)}
      <div class="qr" role="img" aria-label="QR code of the secret below">
        ${new Html(renderSVG(uri, { border: 0 }))}
      </div>
      <p class="soft small">
        No camera? Type this secret into the app:
        <span class="secret">${secret.replace(/(.{4})(?=.)/g, '$1 ')}</span>
      </p>
      <form method="post" action="/factors/totp/confirm">
        ${csrfField(visit.csrf)}${hidden('next', next)}
        ${field({ name: 'code', label: 'Code that the app shows', autocomplete: 'one-time-code', code: true, first: true }, fault)}
        <button class="main">Go on</button>
      </form>
    </div>`,
  );

/**
 * Says that the app is set up, to somebody whose first click did so, or that there is none to set up. The page of factors says
 * either only where it is so.
 */
const setUpAlready = (next: string): string => `/factors?said=app&next=${encodeURIComponent(next)}`;

/** As `confirmTotp`; `already` where the first of two clicks has set that app up meanwhile. */
async function confirmOnce(deps: ApiDeps, { session }: OwnVisit, request: FastifyRequest, appId: string) {
  try {
    return await confirmTotp(deps, session, fieldsOf(request.body)('code'), ownWitness(request));
  } catch (error) {
    const factors = await listFactors(deps.database.db, session.userId);
    if (factors.some(({ id }) => id === appId)) return 'already' as const;
    throw error;
  }
}

const begin: Route = (api, deps) =>
  api.post(
    '/factors/totp',
    page('self', null),
    freshlySignedIn(deps, async ({ session }, request, reply) => {
      await startTotp(deps, session, FACTOR_NAMES.totp);
      return goTo(reply, factorsAddress(nextOf(request.body), '/factors/totp'));
    }),
  );

const showSecret: Route = (api, deps) =>
  api.get(
    '/factors/totp',
    page('self'),
    freshlySignedIn(deps, async (visit, request, reply) => {
      const awaited = await awaitedTotp(deps, visit.session);
      if (awaited === undefined) return goTo(reply, '/factors');
      return show(reply, totpPage(visit, awaited, nextOf(request.query)));
    }),
  );

const confirm: Route = (api, deps) =>
  api.post(
    '/factors/totp/confirm',
    page('self', 'factor.added'),
    freshlySignedIn(deps, async (visit, request, reply) => {
      const next = nextOf(request.body);
      const awaited = await awaitedTotp(deps, visit.session);
      if (awaited === undefined) return goTo(reply, setUpAlready(next));
      return submit(
        reply,
        async () => {
          const codes = await confirmOnce(deps, visit, request, awaited.id);
          if (codes === 'already') return goTo(reply, setUpAlready(next));
          return codes === null
            ? goTo(reply, next === '/' ? '/factors?said=added' : next)
            : show(reply, ownFactorsPage(visit, 'Recovery codes', codesList(codes, next)));
        },
        (fault) => totpPage(visit, awaited, next, fault),
      );
    }),
  );

export const authenticatorAppPages = routes(begin, showSecret, confirm);
