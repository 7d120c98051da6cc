/** Where one is signed in. */
import { html, type Html } from '../html.ts';
import { act } from '../http/act.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import type { OwnVisit } from '../http/visit.ts';
import type { Method } from '../people/methods.ts';
import { personDeed, sessionFacts, sessionsDeed } from '../sign-in/trail.ts';
import {
  endSession,
  endSessions,
  findListedSession,
  listSessions,
  type ListedSession,
} from '../store/sessions.ts';
import { browserName } from './browser-name.ts';
import { csrfField, hidden } from './form.ts';
import { ownPage } from './own-page.ts';
import { time } from './time.ts';
import { idOf, signedIn } from './visits.ts';

/** What proved who they are, for people. */
const WORDS: Readonly<Record<Method, string>> = {
  password: 'password',
  totp: 'authenticator app',
  passkey: 'passkey',
  'recovery-code': 'recovery code',
};

const sessionRow = (csrf: string, current: string, session: ListedSession): Html =>
  html`<li>
    <div>
      <strong>${browserName(session.userAgent)}</strong
      >${session.id === current && html`<span class="mark">this one</span>`} <br /><span class="soft small"
        >${session.address} · last used ${time(session.lastSeenAt)} · by
        ${session.methods.map((method) => WORDS[method]).join(' and ')}</span
      >
    </div>
    ${
      session.id !== current &&
      html`<form method="post" action="/sessions/end">
        ${csrfField(csrf)}${hidden('id', session.id)}
        <button aria-label="End the session of ${browserName(session.userAgent)}, ${session.address}">
          End
        </button>
      </form>`
    }
  </li>`;

const sessionsPage = ({ csrf, session }: OwnVisit, sessions: readonly ListedSession[]): Html =>
  ownPage({
    title: 'Sessions',
    csrf,
    place: '/sessions',
    session,
    body: html`<h1>Sessions</h1>
      <p class="soft">Where you are signed in. End what you do not know, and change your password then.</p>
      <ul class="rows">
        ${sessions.map((each) => sessionRow(csrf, session.id, each))}
      </ul>
      ${sessions.length > 1 && html`<form method="post" action="/sessions/end-others">${csrfField(csrf)}<button>End all others</button></form>`}`,
  });

const showSessions: Route = (api, deps) =>
  api.get(
    '/sessions',
    page('self'),
    signedIn(deps, async (visit, _request, reply) =>
      show(reply, sessionsPage(visit, await listSessions(deps.database.db, visit.session.userId))),
    ),
  );

const endOne: Route = (api, deps) =>
  api.post(
    '/sessions/end',
    page('self', 'session.ended'),
    signedIn(deps, async ({ session }, request, reply) => {
      const id = idOf(request.body);
      await act(deps.database, request, async (tx) => {
        // Ended already by another page: that is what was asked for.
        const before = await findListedSession(tx, session.userId, id);
        if (before === undefined) return [undefined, null];
        await endSession(tx, session.userId, id);
        return [undefined, personDeed(session, { before: sessionFacts(before) })];
      });
      return goTo(reply, '/sessions');
    }),
  );

const endOthers: Route = (api, deps) =>
  api.post(
    '/sessions/end-others',
    page('self', 'sessions.ended'),
    signedIn(deps, async ({ session }, request, reply) => {
      await act(deps.database, request, async (tx) => {
        const ended = await endSessions(tx, session.userId, session.id);
        return [undefined, sessionsDeed(session, ended)];
      });
      return goTo(reply, '/sessions');
    }),
  );

export const sessionPages = routes(showSessions, endOne, endOthers);
