/**
 * The identity provider over HTTP: metadata, single sign-on, single logout, one set of addresses for each application. This
 * folder owns what happens between a browser and a service provider. What a message means is `saml/`; who is signed in, and
 * how they sign in, is `sign-in/` and `portal/`.
 */
import type { FastifyError, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import type { ApiDeps } from '../http/deps.ts';
import { secure, page, show, statusOf } from '../http/page.ts';
import { MAX_XML_BYTES } from '../saml/xml.ts';
import { ssoOf } from '../store/sso.ts';
import { addressesOf } from './addresses.ts';
import { METADATA_TYPE, metadataOf } from './metadata.ts';
import { problemPage, script, SCRIPT_PATH } from './pages.ts';
import { applicationAt } from './saml-application.ts';
import { signOnRoutes } from './sign-on.ts';
import { logoutRoutes } from './single-logout.ts';

/** As base64 in a form, with room for what encodes it. */
const BODY_LIMIT = MAX_XML_BYTES * 2;

function answerFailure(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Problem)
    return show(reply, problemPage('This did not work', error.message), statusOf(error));
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'A sign-in to an application failed.');
  return show(reply, problemPage('This did not work', sentenceOf(status, request)), status);
}

function sentenceOf(status: number, request: FastifyRequest): string {
  if (status >= 500)
    return `Something went wrong inside Rollcall. Its log tells more under the request id ${request.id}.`;
  if (status === 429)
    return 'Too many requests came from your address. Wait a minute, and start at the application again.';
  return 'The server cannot use what the browser sent.';
}

/** Everything under `/saml/`. */
export const identityProvider: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    (_request, body, parsed) => {
      parsed(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  api.setErrorHandler(answerFailure);
  api.addHook('onRequest', (_request, reply, next) => {
    secure(reply);
    next();
  });

  api.get(SCRIPT_PATH, page('public'), (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(script),
  );

  api.get('/saml/:id/metadata', page('public'), async (request, reply) => {
    const application = await applicationAt(deps, request);
    const addresses = addressesOf(deps.config, request, application.id);
    const xml = await metadataOf(deps.database.db, application.id, addresses, ssoOf(application));
    if (xml === undefined)
      throw new Problem('not-found', `Single sign-on of ${application.label} has not been set up yet.`);
    return reply.type(METADATA_TYPE).header('cache-control', 'public, max-age=300').send(xml);
  });

  for (const routes of [signOnRoutes, logoutRoutes]) void api.register(routes, deps);
  done();
};
