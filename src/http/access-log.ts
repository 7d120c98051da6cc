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

/** A one-time link is as good as a password. */
const withoutToken = (url: string): string => url.replace(/([?&]token=)[^&]*/g, '$1…');

/** At `debug`; a failure of ours at `warn`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode: status, elapsedTime } = reply;
  if (isPolled(request)) return;
  const line = {
    method: request.method,
    url: withoutToken(request.url),
    status,
    ms: Math.round(elapsedTime),
  };
  request.log[status >= 500 ? 'warn' : 'debug'](line, 'answered');
}
