/** One's second factors. Setting up an authenticator app is in authenticator-app.ts. */
import { html, type Html } from '../html.ts';
import { act } from '../http/act.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { lacksSecondFactor } from '../http/session-principal.ts';
import type { OwnVisit } from '../http/visit.ts';
import { newRecoveryCodes, removeOwnFactor } from '../sign-in/factors.ts';
import { listFactors, type Factor } from '../store/factors.ts';
import { countRecoveryCodes } from '../store/recovery-codes.ts';
import { csrfField, field, hidden } from './form.ts';
import { codesList, othersOver, ownPage } from './own-page.ts';
import { time } from './time.ts';
import { fieldsOf, freshlySignedIn, idOf, nextOf, signedIn } from './visits.ts';

/** A page about one's factors. */
export const ownFactorsPage = ({ csrf, session }: OwnVisit, title: string, body: Html): Html =>
  ownPage({ title, csrf, place: '/factors', session, body });

/** What each kind of factor is called, which is also the first name of one. */
export const FACTOR_NAMES = { totp: 'Authenticator app', passkey: 'Passkey' } as const;

const factorRow = (csrf: string, { id, kind, label, createdAt, lastUsedAt }: Factor): Html =>
  html`<li>
    <div>
      <strong>${label}</strong
      >${label !== FACTOR_NAMES[kind] && html`<span class="mark">${FACTOR_NAMES[kind]}</span>`}<br />
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
  /** What was just done, where it was. */
  readonly said: Html | false;
  /** Where they were going when they were asked to set one up. */
  readonly next: string;
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['app', 'Your authenticator app is set up. If you have not seen your recovery codes, make new ones.'],
  ['added', 'Your second factor is set up.'],
  ['removed', 'The second factor was removed.'],
]);

/** Whether the factors that are there speak against what an address says was done. */
const isDenied = (name: string, factors: readonly Factor[]): boolean =>
  name === 'app' ? factors.every(({ kind }) => kind !== 'totp') : name === 'added' && factors.length === 0;

const noApp = html`<p class="note" role="status">You have no authenticator app yet. Begin again.</p>`;

/** Says what was done, by its name in the address; nothing where nothing was. `ended` is what became of the other sessions. */
function doneNote(
  name: string,
  factors: readonly Factor[],
  ended: string | false,
  next: string,
): Html | false {
  const done = DONE.get(name);
  if (done === undefined) return false;
  if (isDenied(name, factors)) return name === 'app' && noApp;
  return html`<p class="note" role="status">
    ${done} ${ended} ${next !== '/' && html`<a href="${next}">Go on</a>`}
  </p>`;
}

function factorsPage(visit: OwnVisit, { factors, codes, needed, said, next }: FactorsPage): Html {
  return ownFactorsPage(
    visit,
    'Second factors',
    html`<div id="codes" hidden>${codesList([], next)}</div>
      <div id="factors" class="narrow">
        <h1>Second factors</h1>
        ${needed && html`<p class="note" role="status">Your role asks for a second factor. Set one up to go on.</p>`}
        ${said}
        <p class="soft">
          When you change a factor or your recovery codes, you are signed out everywhere else.
        </p>
        ${own(visit.csrf, factors, codes)}${addPasskeyForm(next)}${addTotpForm(visit.csrf, next)}
      </div>`,
  );
}

const showFactors: Route = (api, deps) =>
  api.get(
    '/factors',
    page('self'),
    signedIn(deps, async (visit, request, reply) => {
      const { userId } = visit.session;
      const factors = await listFactors(deps.database.db, userId);
      const codes = await countRecoveryCodes(deps.database.db, userId);
      const needed = lacksSecondFactor(deps.config, visit.session);
      const next = nextOf(request.query);
      const ended = await othersOver(deps, visit);
      const said = doneNote(fieldsOf(request.query)('said'), factors, ended, next);
      return show(reply, factorsPage(visit, { factors, codes, needed, said, next }));
    }),
  );

const makeRecoveryCodes: Route = (api, deps) =>
  api.post(
    '/factors/recovery-codes',
    page('self', 'recoveryCodes.made'),
    freshlySignedIn(deps, async (visit, request, reply) => {
      const codes = await act(deps.database, request, (tx) => newRecoveryCodes(tx, visit.session));
      return show(reply, ownFactorsPage(visit, 'Recovery codes', codesList(codes)));
    }),
  );

const remove: Route = (api, deps) =>
  api.post(
    '/factors/remove',
    page('self', 'factor.removed'),
    freshlySignedIn(deps, async ({ session }, request, reply) => {
      const id = idOf(request.body);
      await act(deps.database, request, async (tx) => [undefined, await removeOwnFactor(tx, session, id)]);
      return goTo(reply, '/factors?said=removed');
    }),
  );

export const factorPages = routes(showFactors, makeRecoveryCodes, remove);
