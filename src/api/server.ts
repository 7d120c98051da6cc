/**
 * The HTTP API: a file for each noun with its contract (zod) and routes. This folder owns what comes in and goes out
 * over the API: its bodies, optimistic locking, problem details, OpenAPI and its reference page. It decides nothing: the
 * rules are the directory's, the writing is the store's, and whatever concerns a target is asked of the engine
 * (`http/engine.ts`). What the API has in common with pages and single sign-on is in `http/`; this file puts all three
 * together.
 */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyPluginCallback } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { uuidv7 } from 'uuidv7';
import { Behind } from '../behind.ts';
import { Problem } from '../errors.ts';
import { logRequest, noFrameworkLines } from '../http/access-log.ts';
import { requireAct } from '../http/act.ts';
import { controlAccess } from '../http/auth.ts';
import { noQuery, refuseUnread, validatorCompiler } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { traceRequests } from '../http/request-span.ts';
import { checkOwn } from '../http/session-principal.ts';
import { identityProvider } from '../idp/idp.ts';
import { makeMetrics } from '../metrics/registry.ts';
import { consoleRoutes } from '../portal/console.ts';
import { portal } from '../portal/portal.ts';
import { ROUTES } from './all-routes.ts';
import { healthRoutes, requestTimer } from './health.ts';
import { parseJson } from './json.ts';
import { KnownPaths } from './known-paths.ts';
import { answerNoRequest } from './no-request.ts';
import { openApiOptions } from './openapi.ts';
import { answerError, answerNothingHere, answerTooMany } from './problem.ts';
import { referenceRoutes } from './reference.ts';

const BASE = '/api/v1';
const BODY_LIMIT = 1024 * 1024;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
const FAILED_ATTEMPTS_A_MINUTE = 30;

/** Nothing is loaded from anywhere else, nothing may frame a page. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/** The caller's id of the request where it is harmless in a log, or one of ours. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : uuidv7();
}

function makeServer({ config, logger }: ApiDeps): FastifyInstance {
  const app = Fastify({
    ...(logger && { loggerInstance: logger }),
    logController: noFrameworkLines,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies?.split(/[, ]+/).filter((part) => part !== '') ?? false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply);
    },
    clientErrorHandler: answerNoRequest,
    routerOptions: { maxParamLength: 200 },
  });
  app.removeContentTypeParser('text/plain');
  parseJson(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate('knownPaths', new KnownPaths());
  app.setNotFoundHandler(answerNothingHere);
  return app;
}

/** Answers what is thrown; whoever fails to authenticate too often is told to wait. */
function answerFailures(app: FastifyInstance): void {
  const attempts = app.createRateLimit({ max: FAILED_ATTEMPTS_A_MINUTE, timeWindow: '1 minute' });
  app.setErrorHandler<FastifyError | Problem>(async (error, request, reply) => {
    if (error instanceof Problem && error.kind === 'unauthorized') {
      const attempt = await attempts(request);
      if (!attempt.isAllowed && attempt.isExceeded)
        return answerTooMany(request, reply, attempt.ttlInSeconds);
    }
    return answerError(error, request, reply);
  });
}

const underBase =
  (deps: ApiDeps): FastifyPluginCallback =>
  (api, _options, done) => {
    api.addHook('onRoute', requireAct);
    api.addHook('onRoute', (route) => api.knownPaths.add(route));
    api.addHook('onRoute', (route) => {
      route.schema = { querystring: noQuery, ...route.schema };
    });
    api.addHook('onRequest', async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      if (request.principal?.kind === 'session') checkOwn(deps, request);
    });
    api.addHook('preValidation', (request, _reply, next) => {
      if (request.routeOptions.schema?.body === undefined) refuseUnread(request.body);
      next();
    });
    for (const routes of ROUTES) void api.register(routes, deps);
    done();
  };

/** The API, ready to `listen`. It opens nothing and closes nothing that it was given. */
export function buildApi(
  given: Omit<ApiDeps, 'behind' | 'metrics'> & Partial<Pick<ApiDeps, 'metrics'>>,
): FastifyInstance {
  const metrics = given.metrics ?? makeMetrics(given.database, given.clock);
  const behind = new Behind(given.logger);
  const deps: ApiDeps = { ...given, metrics, behind };
  const timer = requestTimer(metrics);
  const app = makeServer(deps);
  app.addHook('onClose', () => behind.settle());
  traceRequests(app, deps);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    timer.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    logRequest(request, reply);
  });
  void app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY });
  void app.register(rateLimit, { global: false });
  void app.after(() => answerFailures(app));
  controlAccess(app, deps);
  void app.register(swagger, openApiOptions(deps));
  void app.register(healthRoutes, deps);
  void app.register(referenceRoutes, { prefix: '/api' });
  void app.register(underBase(deps), { prefix: BASE });
  void app.register(portal, deps);
  void app.register(consoleRoutes, deps);
  void app.register(identityProvider, deps);
  return app;
}
