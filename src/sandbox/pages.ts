/** The web: which page or action answers which request; and the page in the place of Segment's SSO Sync. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, type Html } from '../html.ts';
import { behaviourSection } from './behaviour-section.ts';
import { connectionActions } from './connection-page.ts';
import { BodyTooLarge, isForeign, readBody, send, splitTarget, type Answer } from './http.ts';
import { loginActions } from './login.ts';
import type { Query } from './noun.ts';
import type { Action, Actions } from './page-action.ts';
import { groupsSection, membersSection, requestsSection, tokenSection } from './page-sections.ts';
import { script } from './page-script.ts';
import { plain, settingsPage, shown } from './page-shell.ts';
import { style } from './page-style.ts';
import { ACS_PATH } from './saml-connection.ts';
import { generateToken, type Token, type World } from './world.ts';

/** Far more than a Response with many attributes. */
const BODY_LIMIT = 1024 * 1024;

const syncPage = (world: World, query: Query, fresh?: Token): Html =>
  settingsPage('/', {
    title: 'SSO Sync',
    trail: 'Settings › Advanced Settings › SSO Sync',
    sections: html`<a href="#members">Members</a> <a href="#groups">Groups</a>
      <a href="#requests">Requests</a> <a href="#behaviour">Behaviour</a>`,
    content: [
      tokenSection(world, fresh),
      membersSection(world, query?.get('search')?.trim() ?? ''),
      groupsSection(world),
      requestsSection(world),
      behaviourSection(world),
    ],
  });

const actions: Actions = {
  'GET /': ({ world, query }) => shown(syncPage(world, query)),
  'POST /token': ({ world, query }) => shown(syncPage(world, query, generateToken(world))),
  'GET /style.css': () => plain(200, style, 'text/css'),
  'GET /script.js': () => plain(200, script, 'text/javascript'),
  ...connectionActions,
  ...loginActions,
};

const nothing: Action = () => plain(404, 'There is nothing here. The pages begin at /, SCIM is at /scim/v2.');

async function answerTo(world: World, request: IncomingMessage): Promise<Answer> {
  const { path, query } = splitTarget(request.url ?? '/');
  const name = `${request.method} ${path}`;
  const action = (Object.hasOwn(actions, name) ? actions[name] : undefined) ?? nothing;
  // A Response comes from the identity provider's page; nothing else may come from another site.
  if (request.method === 'POST' && path !== ACS_PATH && isForeign(request))
    return plain(403, 'Another site may not do that here.');
  try {
    const form = new URLSearchParams(await readBody(request, BODY_LIMIT));
    return await action({ world, query, request, form });
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return { ...plain(413, error.message), headers: { connection: 'close' } };
  }
}

/** Answers one request for a page. */
export async function answerPage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(response, await answerTo(world, request));
}
