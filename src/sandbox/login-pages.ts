/** What the people who sign in see. */
import { html, type Html } from '../html.ts';
import { personPage } from './page-shell.ts';
import { STARTING_ROLE, type Account } from './state.ts';
import type { World } from './world.ts';

const sso = ({ saml }: World): Html =>
  saml.identityProvider
    ? html`<p><a class="main wide" href="/login/sso">Sign in with SSO</a></p>`
    : html`<p class="soft">Single sign-on is not set up yet: see <a href="/connections">Connections</a>.</p>`;

const password = ({ saml }: World): Html =>
  saml.requireSso
    ? html`<p class="soft">This workspace requires single sign-on: passwords are off.</p>`
    : html`<form method="post" action="/login/password">
        <div class="field">
          <label for="email">Email</label>
          <input id="email" name="email" type="email" autocomplete="username" required />
        </div>
        <button class="wide">Sign in with password</button>
        <p class="soft">The sandbox keeps no passwords: a member's email is enough.</p>
      </form>`;

/** Where somebody signs in with single sign-on. */
export const loginPage = (world: World, signedOut: boolean): Html =>
  personPage('Sign in', [
    signedOut && html`<p class="done" role="status">You are signed out.</p>`,
    sso(world),
    password(world),
  ]);

const groupsOf = ({ groups }: Account): string =>
  Array.from(groups, (group) => group.displayName).join(', ') || 'none';

/** What somebody sees who is signed in. */
export const appPage = (account: Account): Html =>
  personPage('Signed in', [
    html`<dl class="facts">
      <dt>Name</dt>
      <dd>${account.displayName}</dd>
      <dt>Email</dt>
      <dd>${account.email}</dd>
      <dt>Role</dt>
      <dd>${STARTING_ROLE}</dd>
      <dt>Groups</dt>
      <dd>${groupsOf(account)}</dd>
    </dl>`,
    html`<form method="post" action="/logout"><button class="wide">Sign out</button></form>`,
  ]);

/** Why somebody was not let in. */
export const refusedPage = (reason: string): Html =>
  personPage('You were not signed in', [
    html`<p class="once" role="alert">${reason}</p>`,
    html`<p><a href="/login">Back to the sign-in page</a></p>`,
    html`<p class="soft">
      Administrators find each attempt under <a href="/connections#sign-ins">Connections</a>.
    </p>`,
  ]);
