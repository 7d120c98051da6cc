/** The access log: a line for each request that was answered, under the id that the caller was given. */
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';

/** Whoever asks these asks every few seconds; what they find wrong, they tell. */
const POLLED: readonly string[] = ['/healthz', '/readyz', '/metrics'];

/** Whether it is one of many that say nothing each. */
export const isPolled = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url !== undefined && POLLED.includes(url);

/** Keeps the framework's own two lines for each request out of the log. The id has the name that it has in events and problems. */
export const noFrameworkLines = new LogController({
  disableRequestLogging: true,
  requestIdLogLabel: 'requestId',
});

/** A query may hold what is searched for, and so a person's name, or the token of a one-time link, which is as good as a password. */
const withoutQuery = (url: string): string => url.replace(/\?.*/s, '?…');

/** At `debug`; a failure of ours at `warn`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode: status, elapsedTime } = reply;
  if (isPolled(request)) return;
  const line = {
    method: request.method,
    url: withoutQuery(request.url),
    status,
    ms: Math.round(elapsedTime),
  };
  request.log[status >= 500 ? 'warn' : 'debug'](line, 'answered');
}
