/** One's applications, password and sessions. */
import type { FastifyPluginCallback, FastifyReply } from 'fastify';
import { act, witnessOf } from '../api/act.ts';
import type { ApiDeps } from '../api/deps.ts';
import { startUrl } from '../api/me.ts';
import type { OwnVisit } from '../api/visit.ts';
import { html, type Html } from '../html.ts';
import type { Method } from '../people/methods.ts';
import { changePassword } from '../sign-in/password.ts';
import { personDeed, sessionFacts, sessionsDeed } from '../sign-in/trail.ts';
import { listTiles, type Tile } from '../store/portal-applications.ts';
import {
  endSession,
  endSessions,
  findListedSession,
  listSessions,
  type ListedSession,
} from '../store/sessions.ts';
import { browserName } from './browser-name.ts';
import { alert, csrfField, field, hidden, newPassword, ownPage, type Fault } from './page.ts';
import { time } from './time.ts';
import { fieldsOf, goTo, idOf, page, requireRepeated, show, signedIn, submit } from './visits.ts';

const logo = ({ label, logo: image }: Tile): Html =>
  image === null
    ? html`<span class="logo" aria-hidden="true">${label.slice(0, 1).toUpperCase()}</span>`
    : html`<img class="logo" src="${image}" alt="" />`;

const tile = (each: Tile): Html =>
  html`<li>
    <a href="${startUrl(each.applicationId)}"
      >${logo(each)}<span
        >${each.label} ${each.description !== null && html`<small>${each.description}</small>`}</span
      ></a
    >
  </li>`;

const homePage = ({ csrf, session }: OwnVisit, tiles: readonly Tile[]): Html =>
  ownPage({
    title: 'Your applications',
    csrf,
    place: '/portal',
    session,
    body: html`<h1>Hello, ${session.displayname ?? session.username}</h1>
      ${
        tiles.length === 0
          ? html`<p class="empty">No application is yours yet. Your administrator assigns them.</p>`
          : html`<p class="soft">Choose an application to open it.</p>
              <ul class="tiles">
                ${tiles.map(tile)}
              </ul>`
      }`,
  });

const passwordPage = ({ csrf, session }: OwnVisit, saved: boolean, fault?: Fault): Html =>
  ownPage({
    title: fault === undefined ? 'Password' : 'Error: Password',
    csrf,
    place: '/password',
    session,
    body: html`<div class="narrow">
      <h1>Password</h1>
      <p class="soft">Everywhere else where you are signed in, you will be signed out.</p>
      ${saved && html`<p class="note" role="status">Your new password is set.</p>`}${alert(fault)}
      <form method="post" action="/password">
        ${csrfField(csrf)}
        <input type="hidden" autocomplete="username" value="${session.username}" />
        ${field({ name: 'current', label: 'Current password', type: 'password', autocomplete: 'current-password' }, fault)}
        ${newPassword(fault)}<button class="main">Change the password</button>
      </form>
    </div>`,
  });

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

export const homePages: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  const { db } = deps.database;
  const asSelf = page('self');

  const showTiles = async (visit: OwnVisit, reply: FastifyReply) =>
    show(reply, homePage(visit, await listTiles(db, visit.session.userId)));

  // Whoever holds a role mostly comes to work.
  api.get(
    '/',
    asSelf,
    signedIn(deps, (visit, _request, reply) =>
      visit.session.role === null ? showTiles(visit, reply) : Promise.resolve(goTo(reply, '/console/')),
    ),
  );

  api.get(
    '/portal',
    asSelf,
    signedIn(deps, (visit, _request, reply) => showTiles(visit, reply)),
  );

  api.get(
    '/password',
    asSelf,
    signedIn(deps, async (visit, request, reply) =>
      show(reply, passwordPage(visit, fieldsOf(request.query)('said') === 'saved')),
    ),
  );

  api.post(
    '/password',
    page('self', 'password.changed'),
    signedIn(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      return submit(
        reply,
        async () => {
          const password = requireRepeated(form);
          const change = { current: form('current'), password };
          const witness = witnessOf(request, personDeed(visit.session));
          await changePassword(deps, visit.session, change, visit, witness);
          return goTo(reply, '/password?said=saved');
        },
        (fault) => passwordPage(visit, false, fault),
      );
    }),
  );

  api.get(
    '/sessions',
    asSelf,
    signedIn(deps, async (visit, _request, reply) =>
      show(reply, sessionsPage(visit, await listSessions(db, visit.session.userId))),
    ),
  );

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

  done();
};
