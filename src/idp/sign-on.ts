/** Single sign-on over HTTP (SAML Profiles 2.0 §4.1): requests of service providers, and people who start here. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiDeps } from '../http/deps.ts';
import { page } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { decodePost, decodeRedirect, type InboundMessage } from '../saml/bindings.ts';
import { decideAuthnRequest, refused, type AcceptedRequest, type RefusedRequest } from '../saml/decide.ts';
import { quoted } from '../saml/refusal.ts';
import { serviceProviderOf } from '../saml/settings.ts';
import { findRequest, keepRequest, rememberMessage } from '../store/saml-requests.ts';
import { transact } from '../store/transact.ts';
import { answer, answeredAlready } from './answer.ts';
import { finish } from './finish.ts';
import type { Outcome } from './outcome.ts';
import { applicationAt, samlApplication, type SamlApplication } from './saml-application.ts';
import { refusedRequest } from './sign-in-event.ts';
import type { Visit } from './visit.ts';

/**
 * For routes that anybody may visit: each visit is written down, so one address may make only so many a minute. A whole office
 * behind one address signs in well below that. A visit acts, and so there is no HEAD, by which link checkers and previews only
 * look (RFC 9110 §9.2.1).
 */
export const visitsFromOutside = {
  ...page('public', null),
  exposeHeadRoute: false,
  config: { ...page('public', null).config, rateLimit: { max: 600, timeWindow: '1 minute' } },
};

/**
 * A handler for visits to an application with single sign-on. Where nothing comes of a visit, that is written down as `refuse`
 * tells it, since that is where an administrator looks for why somebody was not let in.
 */
export const atApplication =
  (
    deps: ApiDeps,
    refuse: typeof refusedRequest,
    hear: (request: FastifyRequest, saml: SamlApplication) => Promise<Outcome>,
  ) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const application = await applicationAt(deps, request);
    const saml = await samlApplication(deps, request, application);
    if (typeof saml !== 'string') return finish(deps, request, reply, await hear(request, saml));
    const refusal = refuse(request, application, saml);
    return finish(deps, request, reply, { kind: 'refused', refusal });
  };

/** Everything after the `?`, as it was sent: a signature covers these octets. */
const rawQuery = ({ raw: { url = '' } }: FastifyRequest): string =>
  url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';

const fieldsSchema = z
  .object({ SAMLRequest: z.string(), SAMLResponse: z.string(), RelayState: z.string() })
  .partial();

/** The message of a request, whichever way it came. Throws a `SamlRefusal`. */
export const messageOf = (request: FastifyRequest): InboundMessage =>
  request.method === 'POST'
    ? decodePost(fieldsSchema.catch({}).parse(request.body))
    : decodeRedirect(rawQuery(request));

const REPLAYED =
  'This request has been taken in before, and each is taken in once: it may be open in another tab, or be finished. Start at the application again.';

/** Keeps an accepted request under a token, and its id, so that it is not accepted again. */
function keep(
  { database }: ApiDeps,
  applicationId: string,
  accepted: AcceptedRequest,
): Promise<string | null> {
  return transact(database, async (tx) =>
    (await rememberMessage(tx, applicationId, accepted.remember))
      ? keepRequest(tx, applicationId, accepted)
      : null,
  );
}

function decide({ clock }: ApiDeps, request: FastifyRequest, saml: SamlApplication) {
  const circumstances = {
    serviceProvider: serviceProviderOf(saml.settings),
    ssoUrl: saml.addresses.ssoUrl,
    now: clock.now(),
  };
  try {
    return decideAuthnRequest(messageOf(request), circumstances);
  } catch (error) {
    return refused(error);
  }
}

/**
 * Takes a request in, and goes on under an address of ours: a posted one comes without the session's cookie (SameSite=Lax),
 * and both survive signing in.
 */
async function receive(deps: ApiDeps, request: FastifyRequest, saml: SamlApplication): Promise<Outcome> {
  const { application } = saml;
  const refuse = (sentence: string): Outcome => ({
    kind: 'refused',
    refusal: refusedRequest(request, application, sentence),
  });
  const decision: AcceptedRequest | RefusedRequest = decide(deps, request, saml);
  if (decision.kind === 'refused') return refuse(decision.sentence);
  const token = await keep(deps, application.id, decision);
  return token === null ? refuse(REPLAYED) : { kind: 'go', path: `/saml/${application.id}/sso/${token}` };
}

/** Settings may have changed since the request was taken in: an address that an administrator struck off gets no answer. */
function struckOff({ request, saml }: Omit<Visit, 'waiting'>, acsUrl: string): Outcome {
  const sentence = `The answer was to go to ${quoted(acsUrl)}, which is not registered any more. Start at the application again.`;
  return { kind: 'refused', refusal: refusedRequest(request, saml.application, sentence) };
}

const tokenSchema = z.looseObject({ token: z.string() });

async function resume(visit: Omit<Visit, 'waiting'>): Promise<Outcome> {
  const { deps, request, saml } = visit;
  const { token } = tokenSchema.parse(request.params);
  const found = await findRequest(deps.database.db, saml.application.id, token);
  if (found === undefined) return answeredAlready(visit);
  if (!saml.settings.acsUrls.includes(found.acsUrl)) return struckOff(visit, found.acsUrl);
  return answer({ ...visit, waiting: { ...found, token } });
}

const takeRequest: Route = (api, deps) =>
  api.route({
    ...visitsFromOutside,
    method: ['GET', 'POST'],
    url: '/saml/:id/sso',
    handler: atApplication(deps, refusedRequest, (request, saml) => receive(deps, request, saml)),
  });

const goOn: Route = (api, deps) =>
  api.get(
    '/saml/:id/sso/:token',
    visitsFromOutside,
    atApplication(deps, refusedRequest, (request, saml) => resume({ deps, request, saml })),
  );

const startHere: Route = (api, deps) =>
  api.get(
    '/saml/:id/start',
    visitsFromOutside,
    atApplication(deps, refusedRequest, (request, saml) => answer({ deps, request, saml, waiting: null })),
  );

export const signOnRoutes = routes(takeRequest, goOn, startHere);
