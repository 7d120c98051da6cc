/**
 * Pages for people: signing in, and what is one's own. This folder owns what they look like and what their forms do; it
 * decides nothing: that is `sign-in/`. The pages are plain HTML, and work without scripts except for passkeys.
 */
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../api/deps.ts';
import { requireAct } from '../api/act.ts';
import { checkCsrf, signInAddress } from '../api/session-principal.ts';
import { Problem } from '../errors.ts';
import { html, type Part } from '../html.ts';
import { factorPages } from './factors.ts';
import { homePages } from './home.ts';
import { linkPages } from './links.ts';
import { alonePage } from './page.ts';
import { script } from './script.ts';
import { signInPages } from './sign-in.ts';
import { style } from './style.ts';
import { fieldsOf, goTo, page, pageOf, show, statusOf } from './visits.ts';

/** Nothing from elsewhere but the logos of applications; nothing may frame a page, and no form leads elsewhere. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const BODY_LIMIT = 16 * 1024;

/** What every page says to the browser. */
export function secure(reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    // The address of a page may hold a one-time link.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
}

/** What a message has between backticks is typed as it stands. */
const inWords = (message: string): Part =>
  message.split('`').map((part, at) => (at % 2 === 0 ? part : html`<code>${part}</code>`));

const errorPage = (message: string) =>
  alonePage({
    title: 'This did not work',
    csrf: '',
    body: html`<h1>This did not work</h1>
      <p>${inWords(message)}</p>
      <p class="foot"><a href="/">To the beginning</a></p>`,
  });

/** Whom a page asks to sign in does so, and comes back. What is refused before the page's own hooks is secured here. */
export function answerFailure(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  secure(reply);
  if (error instanceof Problem && error.kind === 'unauthorized')
    return goTo(reply, signInAddress(pageOf(request, '/')));
  if (error instanceof Problem) return show(reply, errorPage(error.message), statusOf(error));
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'A page could not be shown.');
  const message = `Something went wrong inside Rollcall. Its log tells more under the request id ${request.id}.`;
  return show(
    reply,
    errorPage(status >= 500 ? message : 'The server cannot use what the browser sent.'),
    status,
  );
}

export const portal: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  void api.register(formbody, { bodyLimit: BODY_LIMIT });
  api.setErrorHandler(answerFailure);
  api.addHook('onRoute', requireAct);
  api.addHook('onRequest', (_request, reply, next) => {
    secure(reply);
    next();
  });
  api.addHook('preHandler', (request, _reply, next) => {
    checkCsrf(deps, request, fieldsOf(request.body)('csrf'));
    next();
  });
  for (const pages of [signInPages, linkPages, homePages, factorPages]) void api.register(pages, deps);
  api.get('/portal/style.css', page('public'), (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(style),
  );
  api.get('/portal/passkeys.js', page('public'), (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(script),
  );
  done();
};
