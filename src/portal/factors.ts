/** One's second factors. */
import type { FastifyPluginCallback } from 'fastify';
import { renderSVG } from 'uqr';
import { act, ownWitness } from '../api/act.ts';
import type { ApiDeps } from '../api/deps.ts';
import { lacksSecondFactor } from '../api/session-principal.ts';
import type { OwnVisit } from '../api/visit.ts';
import { html, Html } from '../html.ts';
import {
  awaitedTotp,
  confirmTotp,
  newRecoveryCodes,
  removeFactor,
  startTotp,
  type TotpSetUp,
} from '../sign-in/factors.ts';
import { personDeed } from '../sign-in/trail.ts';
import { listFactors, type Factor } from '../store/factors.ts';
import { countRecoveryCodes } from '../store/recovery-codes.ts';
import { alert, codesList, csrfField, field, hidden, ownPage, type Fault } from './page.ts';
import { time } from './time.ts';
import {
  factorsAddress,
  fieldsOf,
  freshlySignedIn,
  goTo,
  idOf,
  nextOf,
  page,
  show,
  signedIn,
  submit,
} from './visits.ts';

const ownFactorsPage = ({ csrf, session }: OwnVisit, title: string, body: Html): Html =>
  ownPage({ title, csrf, place: '/factors', session, body });

const KINDS = { totp: 'Authenticator app', passkey: 'Passkey' } as const;

const factorRow = (csrf: string, { id, kind, label, createdAt, lastUsedAt }: Factor): Html =>
  html`<li>
    <div>
      <strong>${label}</strong
      >${label !== KINDS[kind] && html`<span class="mark">${KINDS[kind]}</span>`}<br />
      <span class="soft small"
        >since ${time(createdAt)}${lastUsedAt !== null && html` · last used ${time(lastUsedAt)}`}</span
      >
    </div>
    <form method="post" action="/factors/remove">
      ${csrfField(csrf)}${hidden('id', id)} <button aria-label="Remove ${label}">Remove</button>
    </form>
  </li>`;

const own = (csrf: string, factors: readonly Factor[], codes: number): Html =>
  factors.length === 0
    ? html`<p class="empty">
        Your password alone signs you in. A second factor keeps your account safe also where somebody learns
        it.
      </p>`
    : html`<ul class="rows">
        ${factors.map((factor) => factorRow(csrf, factor))}
        <li>
          <div>
            <strong>Recovery codes</strong><br /><span class="soft small"
              >${codes} of 10 left, for when you lose the others</span
            >
          </div>
          <form method="post" action="/factors/recovery-codes">
            ${csrfField(csrf)}<button>Make new ones</button>
          </form>
        </li>
      </ul>`;

const addPasskeyForm = (next: string): Html =>
  html`<div hidden>
    <h2>Add a passkey</h2>
    <p class="soft">
      Your fingerprint, face, PIN or a security key. It can also sign you in without a password.
    </p>
    <p id="passkey-said" class="alert" role="alert" hidden></p>
    ${field({ name: 'label', label: 'Name of the passkey', autocomplete: 'off', value: 'Passkey' })}
    <button type="button" class="main" data-passkey="add" data-next="${next}">Add a passkey</button>
  </div>`;

const addTotpForm = (csrf: string, next: string): Html =>
  html`<h2>Add an authenticator app</h2>
    <p class="soft">An app on your phone that shows a new code every thirty seconds.</p>
    <form method="post" action="/factors/totp">
      ${csrfField(csrf)}${hidden('next', next)}<button>Set up an app</button>
    </form>`;

interface FactorsPage {
  readonly factors: readonly Factor[];
  readonly codes: number;
  /** Whether the role asks for a factor, and there is none yet. */
  readonly needed: boolean;
  /** Where they were going when they were asked to set one up. */
  readonly next: string;
}

function factorsPage(visit: OwnVisit, { factors, codes, needed, next }: FactorsPage): Html {
  return ownFactorsPage(
    visit,
    'Second factors',
    html`<div id="codes" hidden>${codesList([], next)}</div>
      <div id="factors" class="narrow">
        <h1>Second factors</h1>
        ${needed && html`<p class="note" role="status">Your role asks for a second factor. Set one up to go on.</p>`}
        ${own(visit.csrf, factors, codes)}${addPasskeyForm(next)}${addTotpForm(visit.csrf, next)}
      </div>`,
  );
}

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

export const factorPages: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  const { database } = deps;
  const asSelf = page('self');

  api.get(
    '/factors',
    asSelf,
    signedIn(deps, async (visit, request, reply) => {
      const { userId } = visit.session;
      const factors = await listFactors(database.db, userId);
      const codes = await countRecoveryCodes(database.db, userId);
      const needed = lacksSecondFactor(deps.config, visit.session);
      return show(reply, factorsPage(visit, { factors, codes, needed, next: nextOf(request.query) }));
    }),
  );

  api.post(
    '/factors/totp',
    page('self', null),
    freshlySignedIn(deps, async ({ session }, request, reply) => {
      await startTotp(deps, session, KINDS.totp);
      return goTo(reply, factorsAddress(nextOf(request.body), '/factors/totp'));
    }),
  );

  api.get(
    '/factors/totp',
    asSelf,
    freshlySignedIn(deps, async (visit, request, reply) => {
      const awaited = await awaitedTotp(deps, visit.session);
      if (awaited === undefined) return goTo(reply, '/factors');
      return show(reply, totpPage(visit, awaited, nextOf(request.query)));
    }),
  );

  api.post(
    '/factors/totp/confirm',
    page('self', 'factor.added'),
    freshlySignedIn(deps, async (visit, request, reply) => {
      const awaited = await awaitedTotp(deps, visit.session);
      if (awaited === undefined) return goTo(reply, '/factors');
      const next = nextOf(request.body);
      return submit(
        reply,
        async () => {
          const codes = await confirmTotp(
            deps,
            visit.session,
            fieldsOf(request.body)('code'),
            ownWitness(request),
          );
          return codes === null
            ? goTo(reply, next === '/' ? '/factors' : next)
            : show(reply, ownFactorsPage(visit, 'Recovery codes', codesList(codes, next)));
        },
        (fault) => totpPage(visit, awaited, next, fault),
      );
    }),
  );

  api.post(
    '/factors/recovery-codes',
    page('self', 'recoveryCodes.made'),
    freshlySignedIn(deps, async (visit, request, reply) => {
      const codes = await act(database, request, async (tx) => {
        const made = await newRecoveryCodes(tx, visit.session.userId);
        return [made, personDeed(visit.session)];
      });
      return show(reply, ownFactorsPage(visit, 'Recovery codes', codesList(codes)));
    }),
  );

  api.post(
    '/factors/remove',
    page('self', 'factor.removed'),
    freshlySignedIn(deps, async ({ session }, request, reply) => {
      const id = idOf(request.body);
      await act(database, request, async (tx) => [
        undefined,
        await removeFactor(tx, session, id, session.id),
      ]);
      return goTo(reply, '/factors');
    }),
  );

  done();
};
