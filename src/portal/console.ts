/**
 * The console: the browser application of `console/`, which `npm run build` puts into dist/console. It may no more than the
 * API lets the one who is signed in; here it is only handed out, under `/console/`.
 */
import fastifyStatic from '@fastify/static';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyPluginCallback, FastifyReply } from 'fastify';
import { Problem } from '../errors.ts';
import type { ApiDeps } from '../http/deps.ts';
import { goTo, page } from '../http/page.ts';
import { principalOf } from '../http/session-principal.ts';
import { answerFailure } from './portal.ts';
import { signedIn } from './visits.ts';

/** The same two steps up from `src/portal` and from `dist/portal`. */
const FOLDER = fileURLToPath(new URL('../../dist/console/', import.meta.url));
const INDEX = `${FOLDER}index.html`;

/** Stands in the built page wherever a nonce belongs (console/vite.config.ts). */
const NONCE = 'NONCE_OF_THIS_ANSWER';

/** As strict as the portal's, and a nonce for the style elements that the component library makes at run time. */
const contentSecurityPolicy = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

function indexPage(): string {
  if (existsSync(INDEX)) return readFileSync(INDEX, 'utf8');
  throw new Problem('unavailable', 'The console is not built. `npm run build` does that.');
}

function showConsole(reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(18).toString('base64');
  void reply.headers({
    'content-security-policy': contentSecurityPolicy(nonce),
    'referrer-policy': 'same-origin',
    'cache-control': 'no-cache',
  });
  return reply.type('text/html; charset=utf-8').send(indexPage().replaceAll(NONCE, nonce));
}

/** The console under `/console/`, for whoever holds a role; others are sent to the portal. */
export const consoleRoutes: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  api.setErrorHandler(answerFailure);
  // Names of assets carry a hash of their content, so each is good for ever.
  void api.register(fastifyStatic, {
    root: `${FOLDER}assets/`,
    serve: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
  });
  api.get<{ Params: { '*': string } }>('/console/assets/*', page('public'), (request, reply) =>
    reply.sendFile(request.params['*']),
  );
  api.get('/console', page('self'), (_request, reply) => goTo(reply, '/console/'));
  // Which page it is, the address says to the application itself.
  api.get(
    '/console/*',
    page('self'),
    signedIn(deps, ({ session }, _request, reply) =>
      Promise.resolve(
        principalOf(deps.config, session).role === null ? goTo(reply, '/portal') : showConsole(reply),
      ),
    ),
  );
  done();
};
