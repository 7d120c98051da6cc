/** Signing in and out: `/login`, the assertion consumer service, and the page for who is in. */
import type { Answer } from './http.ts';
import { html } from '../html.ts';
import { appPage, loginPage, refusedPage } from './login-pages.ts';
import type { Actions, PageCall } from './page-action.ts';
import { goTo, personPage, shown } from './page-shell.ts';
import { ACS_PATH } from './saml-connection.ts';
import { authnRequestUrl, readResponse, verifyResponse, type Received } from './saml-response.ts';
import { noSessionCookie, sessionCookie, sessionIdOf } from './sessions.ts';
import { admit, admitByPassword, emailOf, signIn, SignInRefused } from './sign-in.ts';
import type { Account } from './state.ts';
import type { World } from './world.ts';

const enter = ({ sessions }: World, account: Account): Answer =>
  goTo('/app', { 'set-cookie': sessionCookie(sessions.open(account)) });

async function refusing(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignInRefused) return shown(refusedPage(error.message), 403);
    throw error;
  }
}

/** Even what is no Response is written down. */
async function receive(world: World, encoded: string): Promise<Received> {
  const how = { method: 'saml', initiatedBy: null } as const;
  return readResponse(encoded).catch((error: unknown) => {
    if (error instanceof SignInRefused)
      world.signIns.record({ ...how, email: null, result: 'refused', reason: error.message });
    throw error;
  });
}

function consume({ world, query, form }: PageCall): Answer | Promise<Answer> {
  if (query?.get('connection') !== world.saml.customerId)
    return shown(refusedPage('There is no connection of that Customer ID here.'), 404);
  return refusing(async () => {
    const received = await receive(world, form.get('SAMLResponse') ?? '');
    const how = { method: 'saml', initiatedBy: received.initiatedBy } as const;
    const account = await signIn(world, how, async () =>
      admit(world, emailOf(await verifyResponse(world, received), world)),
    );
    return enter(world, account);
  });
}

function byPassword({ world, form }: PageCall): Promise<Answer> {
  const email = (form.get('email') ?? '').trim();
  return refusing(async () =>
    enter(
      world,
      await signIn(world, { method: 'password', initiatedBy: null }, () => admitByPassword(world, email)),
    ),
  );
}

function app({ world, request }: PageCall): Answer {
  const account = world.sessions.find(sessionIdOf(request));
  return account ? shown(appPage(account)) : goTo('/login');
}

function signOut({ world, request }: PageCall): Answer {
  world.sessions.close(sessionIdOf(request));
  return goTo('/login?signed-out', { 'set-cookie': noSessionCookie });
}

const nothingPosted = html`<p>This is where an identity provider posts its Response.</p>
  <p><a href="/login">Sign in</a></p>`;

export const loginActions: Actions = {
  'GET /login': ({ world, query }) => shown(loginPage(world, query?.has('signed-out') ?? false)),
  'GET /login/sso': ({ world }) => refusing(async () => goTo(await authnRequestUrl(world))),
  'POST /login/password': byPassword,
  [`POST ${ACS_PATH}`]: consume,
  [`GET ${ACS_PATH}`]: () => shown(personPage('Nothing was posted', nothingPosted), 405),
  'GET /app': app,
  'POST /logout': signOut,
};
