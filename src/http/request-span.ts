/** A span for each request to the server, where traces are exported. What changes by it carries its place in the trace on (`causeOf`). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Span, Tracing } from '../tracing/tracing.ts';
import { isPolled } from './access-log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody traces it. */
    span: Span | null;
  }
}

/** The route and not the address: that may hold names that are searched for, or a one-time link. */
function beginSpan(tracing: Tracing, { headers, id, method, routeOptions }: FastifyRequest): Span {
  const route = routeOptions.url;
  const { traceparent } = headers;
  return tracing.begin({
    name: route === undefined ? method : `${method} ${route}`,
    kind: 'server',
    parent: typeof traceparent === 'string' ? traceparent : null,
    attributes: {
      'http.request.method': method,
      ...(route !== undefined && { 'http.route': route }),
      'rollcall.request_id': id,
    },
  });
}

/** Register it first: what other hooks refuse is a request too. */
export function traceRequests(app: FastifyInstance, { tracing }: { readonly tracing?: Tracing }): void {
  app.decorateRequest('span', null);
  if (tracing === undefined) return;
  app.addHook('onRequest', (request, _reply, done) => {
    if (!isPolled(request)) request.span = beginSpan(tracing, request);
    done();
  });
  app.addHook('onResponse', ({ span }, { statusCode }, done) => {
    span?.end({ 'http.response.status_code': statusCode }, statusCode >= 500);
    done();
  });
}
