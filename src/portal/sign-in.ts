/** Signing in by a password, or by a passkey alone. The second step is in second-factor.ts. */
import { html, type Html } from '../html.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { signOutAddress } from '../http/session-principal.ts';
import type { Visit } from '../http/visit.ts';
import { checkPassword } from '../sign-in/password.ts';
import { afterPassword } from '../sign-in/session.ts';
import { endHalfSignIn } from '../store/half-sign-ins.ts';
import { hasFirstAdministrator } from '../store/last-administrator.ts';
import { alert, csrfField, field, hidden, passkeyButton, type Fault } from './form.ts';
import { anybody, fieldsOf, nextOf, submit, welcome } from './visits.ts';

interface SignInPage {
  readonly visit: Visit;
  readonly next: string;
  readonly again: boolean;
  readonly mail: boolean;
  /** Before the first administrator, nobody can sign in who could let others do so. */
  readonly unfounded: boolean;
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

const howToBegin = html`<p class="note">
  Rollcall has no administrator yet. Whoever set up this server makes the first one with the link that the
  server printed when it started, which works once, within a day. Each start prints a new link until then.
</p>`;

function signInPage({ visit, next, again, mail, unfounded, notice, username, fault }: SignInPage): Html {
  const known = again ? visit.session : null;
  return alonePage({
    title: fault === undefined ? 'Sign in' : 'Error: Sign in',
    csrf: visit.csrf,
    body: html`<h1>${known === null ? 'Sign in' : 'Is it still you?'}</h1>
      <p class="soft">
        ${known === null ? 'With the account that your organisation gave you.' : `Sign in again as ${known.username} to go on.`}
      </p>
      ${unfounded && howToBegin}
      ${notice !== undefined && html`<p class="note" role="status">${notice}</p>`}${alert(fault)}
      <form method="post" action="/sign-in">
        ${csrfField(visit.csrf)}${hidden('next', next)}${again && hidden('again', '1')}
        ${known === null && who(visit, username, fault)}
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', first: known !== null || username !== undefined }, fault)}
        <button class="main">Sign in</button>
      </form>
      ${passkeyButton(next)}
      ${known !== null && html`<p class="foot">Not you? <a href="${signOutAddress(next)}">Sign in as somebody else</a></p>`}
      ${mail && html`<p class="foot"><a href="/forgotten-password">Forgot your password?</a></p>`}`,
  });
}

/** What was done before, by its name in the address. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['password', 'Your new password is set. Sign in with it.'],
  ['signed-out', 'You are signed out.'],
  ['anew', 'This page was open for too long, or your browser keeps no cookies. Sign in once more.'],
]);

const secondFactorAddress = (next: string): string =>
  `/sign-in/second-factor?next=${encodeURIComponent(next)}`;

const ask: Route = (api, deps) =>
  api.get(
    '/sign-in',
    page('public'),
    anybody(deps, async (visit, request, reply) => {
      const query = fieldsOf(request.query);
      const next = nextOf(request.query);
      const again = query('again') === '1' && visit.session !== null;
      if (visit.session !== null && !again) return goTo(reply, next);
      // Who begins again may be somebody else, whose passkey would be taken for the second step of the one before.
      await endHalfSignIn(deps.database.db, visit.cookie);
      return show(
        reply,
        signInPage({
          visit,
          next,
          again,
          mail: deps.mailer !== undefined,
          unfounded: !(await hasFirstAdministrator(deps.database.db)),
          notice: NOTICES.get(query('said')),
        }),
      );
    }),
  );

const signIn: Route = (api, deps) =>
  api.post(
    '/sign-in',
    page('public', 'session.started'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const next = nextOf(request.body);
      const again = form('again') === '1' && visit.session !== null;
      const username = again ? visit.session.username : form('username');
      const unfounded = !(await hasFirstAdministrator(deps.database.db));
      return submit(
        reply,
        async () => {
          const person = await checkPassword(deps, username, form('password'), visit);
          const step = await afterPassword(deps, person, visit);
          return 'token' in step ? welcome(reply, deps, step, next) : goTo(reply, secondFactorAddress(next));
        },
        (fault) =>
          signInPage({ visit, next, again, mail: deps.mailer !== undefined, unfounded, username, fault }),
      );
    }),
  );

export const signInPages = routes(ask, signIn);
