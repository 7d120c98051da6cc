/** The access log: a line for each request that was answered, under the id that the caller was given. */
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';

/** Whoever asks these asks every few seconds; what they find wrong, they tell. */
const UNLOGGED: readonly string[] = ['/healthz', '/readyz', '/metrics'];

/** Keeps the framework's own two lines for each request out of the log. */
export const noFrameworkLines = new LogController({ disableRequestLogging: true });

/** A one-time link is as good as a password. */
const withoutToken = (url: string): string => url.replace(/([?&]token=)[^&]*/g, '$1…');

/** At `debug`; a failure of ours at `warn`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode: status, elapsedTime } = reply;
  const route = request.routeOptions.url;
  if (route !== undefined && UNLOGGED.includes(route)) return;
  const line = {
    method: request.method,
    url: withoutToken(request.url),
    status,
    ms: Math.round(elapsedTime),
  };
  request.log[status >= 500 ? 'warn' : 'debug'](line, 'answered');
}
