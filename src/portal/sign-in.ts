/** Signing in: a password, then a second factor where there is one; or a passkey alone. */
import type { FastifyPluginCallback, FastifyReply } from 'fastify';
import { act } from '../api/act.ts';
import type { ApiDeps } from '../api/deps.ts';
import { clearCookie } from '../api/session-cookie.ts';
import { keepSession, type Visit } from '../api/visit.ts';
import { html, type Html } from '../html.ts';
import { finish } from '../idp/outcome.ts';
import { signOutElsewhere } from '../idp/single-logout.ts';
import { checkCode } from '../sign-in/code.ts';
import { checkPassword } from '../sign-in/password.ts';
import { afterPassword, startSession, type Started } from '../sign-in/session.ts';
import { signOutDeed } from '../sign-in/trail.ts';
import { listFactors, type FactorKind } from '../store/factors.ts';
import { findHalfSignIn } from '../store/half-sign-ins.ts';
import { listParticipants } from '../store/saml-sessions.ts';
import { dropSession } from '../store/sessions.ts';
import { alert, alonePage, csrfField, field, hidden, type Fault } from './page.ts';
import { anybody, fieldsOf, goTo, nextOf, page, show, signedIn, submit } from './visits.ts';

const passkeyButton = (next: string): Html =>
  html`<div hidden>
    <p class="or">or</p>
    <p id="passkey-said" class="alert" role="alert" hidden></p>
    <button type="button" data-passkey="sign-in" data-next="${next}">Use a passkey</button>
  </div>`;

interface SignInPage {
  readonly visit: Visit;
  readonly next: string;
  readonly again: boolean;
  readonly mail: boolean;
  readonly notice?: string | undefined;
  readonly username?: string;
  readonly fault?: Fault;
}

const who = (visit: Visit, username: string | undefined, fault: Fault | undefined): Html =>
  field(
    {
      name: 'username',
      label: 'User name or email',
      autocomplete: 'username webauthn',
      value: username,
      first: visit.session === null && username === undefined,
    },
    fault,
  );

function signInPage({ visit, next, again, mail, notice, username, fault }: SignInPage): Html {
  const known = again ? visit.session : null;
  return alonePage({
    title: fault === undefined ? 'Sign in' : 'Error: Sign in',
    csrf: visit.csrf,
    body: html`<h1>${known === null ? 'Sign in' : 'Is it still you?'}</h1>
      <p class="soft">
        ${known === null ? 'With the account that your organisation gave you.' : `Sign in again as ${known.username} to go on.`}
      </p>
      ${notice !== undefined && html`<p class="note" role="status">${notice}</p>`}${alert(fault)}
      <form method="post" action="/sign-in">
        ${csrfField(visit.csrf)}${hidden('next', next)}${again && hidden('again', '1')}
        ${known === null && who(visit, username, fault)}
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', first: known !== null || username !== undefined }, fault)}
        <button class="main">Sign in</button>
      </form>
      ${passkeyButton(next)}
      ${mail && html`<p class="foot"><a href="/forgotten-password">Forgot your password?</a></p>`}`,
  });
}

const NOTICES: Readonly<Record<string, string>> = {
  password: 'Your new password is set. Sign in with it.',
  'signed-out': 'You are signed out.',
};

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
      <p class="foot"><a href="/sign-in">Begin again</a></p>`,
  });
}

function welcome(reply: FastifyReply, deps: ApiDeps, started: Started, next: string): FastifyReply {
  keepSession(reply, deps.config, started);
  return goTo(reply, next);
}

const secondFactorAddress = (next: string): string =>
  `/sign-in/second-factor?next=${encodeURIComponent(next)}`;

export const signInPages: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  const { database, mailer } = deps;
  const mail = mailer !== undefined;
  const asPublic = page('public');

  api.get(
    '/sign-in',
    asPublic,
    anybody(deps, async (visit, request, reply) => {
      const query = fieldsOf(request.query);
      const next = nextOf(request.query);
      const again = query('again') === '1' && visit.session !== null;
      if (visit.session !== null && !again) return goTo(reply, next);
      return show(reply, signInPage({ visit, next, again, mail, notice: NOTICES[query('said')] }));
    }),
  );

  api.post(
    '/sign-in',
    page('public', 'session.started'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const next = nextOf(request.body);
      const again = form('again') === '1' && visit.session !== null;
      const username = again ? visit.session.username : form('username');
      return submit(
        reply,
        async () => {
          const person = await checkPassword(deps, username, form('password'), visit);
          const step = await afterPassword(deps, person, visit);
          return 'token' in step ? welcome(reply, deps, step, next) : goTo(reply, secondFactorAddress(next));
        },
        (fault) => signInPage({ visit, next, again, mail, username, fault }),
      );
    }),
  );

  api.get(
    '/sign-in/second-factor',
    asPublic,
    anybody(deps, async (visit, request, reply) => {
      const person = await findHalfSignIn(database.db, visit.cookie);
      if (person === undefined) return goTo(reply, '/sign-in');
      const kinds = (await listFactors(database.db, person.userId)).map(({ kind }) => kind);
      return show(reply, secondFactorPage({ visit, next: nextOf(request.query), kinds }));
    }),
  );

  api.post(
    '/sign-in/second-factor',
    page('public', 'session.started'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const next = nextOf(request.body);
      const person = await findHalfSignIn(database.db, visit.cookie);
      if (person === undefined) return goTo(reply, '/sign-in');
      const kinds = (await listFactors(database.db, person.userId)).map(({ kind }) => kind);
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

  api.post(
    '/sign-out',
    page('self', 'session.ended'),
    signedIn(deps, async ({ session }, request, reply) => {
      const participants = await act(database, request, async (tx) => {
        const known = await listParticipants(tx, session.id);
        await dropSession(tx, session.id);
        return [known, signOutDeed(session)];
      });
      clearCookie(reply, deps.config, 'session');
      return finish(deps, request, reply, await signOutElsewhere(deps, request, participants));
    }),
  );

  done();
};
