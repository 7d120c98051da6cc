/** The web page, in the place of Segment's Settings › Advanced Settings › SSO Sync. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, type Html } from '../html.ts';
import { isForeign, send, splitTarget, type Answer } from './http.ts';
import {
  behaviourSection,
  groupsSection,
  membersSection,
  requestsSection,
  tokenSection,
} from './page-sections.ts';
import { script } from './page-script.ts';
import { style } from './page-style.ts';
import type { Query } from './noun.ts';
import { generateToken, type Token, type World } from './world.ts';

const TITLE = 'Sandbox — not Segment; a stand-in';

const page = (world: World, query: Query, fresh?: Token): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>SSO Sync · ${TITLE}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/script.js"></script>
      </head>
      <body>
        <div class="banner"><strong>${TITLE}</strong></div>
        <header>
          <p class="trail">Settings › Advanced Settings › SSO Sync</p>
          <h1>SSO Sync</h1>
          <nav aria-label="On this page">
            <a href="#members">Members</a> <a href="#groups">Groups</a> <a href="#requests">Requests</a>
            <a href="#behaviour">Behaviour</a>
          </nav>
        </header>
        <main>
          <p id="gone" class="once" role="alert" hidden>The sandbox does not answer any more.</p>
          ${tokenSection(world, fresh)} ${membersSection(world, query?.get('search')?.trim() ?? '')}
          ${groupsSection(world)} ${requestsSection(world)} ${behaviourSection(world)}
          <p id="said" role="status"></p>
        </main>
      </body>
    </html>`;

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const plain = (status: number, body: string, type = 'text/plain'): Answer => ({
  status,
  body,
  type: `${type}; charset=utf-8`,
  headers,
});

const shown = (content: Html): Answer => plain(200, content.text, 'text/html');

function answerTo(world: World, request: IncomingMessage): Answer {
  const { path, query } = splitTarget(request.url ?? '/');
  switch (`${request.method} ${path}`) {
    case 'GET /':
      return shown(page(world, query));
    case 'POST /token':
      if (isForeign(request)) return plain(403, 'Another site may not make a token here.');
      return shown(page(world, query, generateToken(world)));
    case 'GET /style.css':
      return plain(200, style, 'text/css');
    case 'GET /script.js':
      return plain(200, script, 'text/javascript');
    default:
      return plain(404, 'There is nothing here. The page is at /, SCIM at /scim/v2.');
  }
}

/** Answers one request for the page. */
export function answerPage(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  send(response, answerTo(world, request));
  return Promise.resolve();
}
