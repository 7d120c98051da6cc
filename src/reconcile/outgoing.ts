/**
 * What is told of each request to a target: a line of the log and, where traces are exported, a span, both under the id of
 * the change that it follows from. What a record holds is in neither, and so the query of an address, in which names are
 * looked for, is left out.
 */
import type { Logger } from 'pino';
import type { ScimRequest } from '../scim/client/verdict.ts';
import type { Attributes, Span, Tracing } from '../tracing/tracing.ts';
import type { Asked, Errand, Observer, SendEnd, Transport } from './transport.ts';

/** Answers that belong to how records are found and kept in step: not there, taken, changed meanwhile, too fast. */
const EXPECTED: readonly number[] = [404, 409, 412, 429];

const statusOf = (sent: Asked): number | undefined => ('lost' in sent ? undefined : sent.reply.status);

function hasFailed(sent: Asked): boolean {
  const status = statusOf(sent);
  return status === undefined || (status >= 300 && !EXPECTED.includes(status));
}

/** The endpoint without the record: `/Users/{id}` (RFC 7644 §3.2). */
function routeOf({ path }: ScimRequest): string {
  const [, resource = '', id] = path.replace(/\?.*$/s, '').split('/');
  return id === undefined ? `/${resource}` : `/${resource}/{id}`;
}

/** Writes a line for each request: at `debug`, and at `warn` where it failed. */
export function logging(application: string, log: Logger): Observer {
  return (request, asked, errand) => {
    const level = hasFailed(asked) ? 'warn' : 'debug';
    if (log.isLevelEnabled(level))
      log[level](lineOf(application, request, asked, errand), 'asked an application');
  };
}

function lineOf(
  application: string,
  request: ScimRequest,
  sent: Asked,
  errand: Errand | undefined,
): Record<string, unknown> {
  const { cause, subject } = errand ?? {};
  return {
    requestId: cause?.requestId,
    action: cause?.action,
    application,
    ...(subject && { [subject.kind]: subject.id }),
    method: request.method,
    route: routeOf(request),
    status: statusOf(sent),
    ...('lost' in sent && { lost: sent.lost.code }),
    ms: Math.round(sent.durationMs),
  };
}

/** The same transport, with a span for each request in the trace of its cause; without one, in that of the slice. */
export function traced(
  transport: Transport,
  application: string,
  tracing: Tracing,
  slice: Span | undefined,
): Transport {
  return {
    close: () => transport.close(),
    send: async (request, maySend, errand) => {
      const parent = errand?.cause?.trace;
      const span = tracing.begin({
        name: `${request.method} ${routeOf(request)}`,
        kind: 'client',
        parent: parent ?? slice?.traceparent ?? null,
        ...(parent !== undefined && slice && { link: slice.traceparent }),
        attributes: attributesOf(application, request, errand),
      });
      const sent = await transport.send(request, maySend, errand);
      span.end(endOf(sent), 'unsent' in sent || hasFailed(sent));
      return sent;
    },
  };
}

function attributesOf(application: string, request: ScimRequest, errand: Errand | undefined): Attributes {
  const { cause, subject } = errand ?? {};
  return {
    'http.request.method': request.method,
    'url.template': routeOf(request),
    'rollcall.application': application,
    ...(subject && { [`rollcall.${subject.kind}`]: subject.id }),
    ...(cause && { 'rollcall.action': cause.action }),
    ...(cause?.requestId !== undefined && { 'rollcall.request_id': cause.requestId }),
  };
}

/** By the conventions of OpenTelemetry for HTTP. */
function endOf(sent: SendEnd): Attributes {
  if ('unsent' in sent) return { 'error.type': 'unsent' };
  return 'lost' in sent
    ? { 'error.type': sent.lost.code }
    : { 'http.response.status_code': sent.reply.status };
}
