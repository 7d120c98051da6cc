/**
 * Pages for people: signing in, and what is one's own. This folder owns what they look like and what their forms do; it
 * decides nothing: that is `sign-in/`. The pages are plain HTML, and work without scripts except for passkeys.
 */
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { html, type Part } from '../html.ts';
import { requireAct } from '../http/act.ts';
import type { ApiDeps } from '../http/deps.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, secure, show, statusOf } from '../http/page.ts';
import { isOwn, signInAddress } from '../http/session-principal.ts';
import { authenticatorAppPages } from './authenticator-app.ts';
import { factorPages } from './factors.ts';
import { firstAdministratorPages } from './first-administrator.ts';
import { forgottenPasswordPages } from './forgotten-password.ts';
import { homePages } from './home.ts';
import { passwordPages } from './password.ts';
import { script } from './script.ts';
import { secondFactorPages } from './second-factor.ts';
import { sessionPages } from './sessions.ts';
import { signInPages } from './sign-in.ts';
import { signOutPages } from './sign-out.ts';
import { answerStaleForm } from './stale-form.ts';
import { style } from './style.ts';
import { fieldsOf, pageOf } from './visits.ts';

const BODY_LIMIT = 16 * 1024;

/** A group for each file. */
const PAGES = [
  signInPages,
  signOutPages,
  secondFactorPages,
  firstAdministratorPages,
  forgottenPasswordPages,
  homePages,
  passwordPages,
  sessionPages,
  factorPages,
  authenticatorAppPages,
];

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

/** The pages, their style sheet and their script, at the root of the server. */
export const portal: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  void api.register(formbody, { bodyLimit: BODY_LIMIT });
  api.setErrorHandler(answerFailure);
  api.addHook('onRoute', requireAct);
  api.addHook('onRequest', (_request, reply, next) => {
    secure(reply);
    next();
  });
  api.addHook('preHandler', (request, reply, next) => {
    if (isOwn(deps, request, fieldsOf(request.body)('csrf'))) next();
    else answerStaleForm(request, reply);
  });
  for (const pages of PAGES) void api.register(pages, deps);
  api.get('/portal/style.css', page('public'), (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(style),
  );
  api.get('/portal/page.js', page('public'), (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(script),
  );
  done();
};
