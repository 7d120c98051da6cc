/** What was asked and answered, as text for people who know SCIM. */
import type { Exchange } from './queries';

const formatted = (value: unknown): string => JSON.stringify(value, null, 2);

/** The body that was sent; null where there was none. */
export const requestText = ({ request }: Exchange): string | null =>
  request === undefined || request === null ? null : formatted(request);

/** The body of the answer, indented where it is JSON; one that was cut, or is none, as it came. */
export function answerText({ response }: Exchange): string | null {
  if (response === undefined || response === '') return null;
  try {
    return formatted(JSON.parse(response));
  } catch {
    return response;
  }
}

const MEANINGS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'Done, with nothing to say',
  400: 'Bad request',
  401: 'Token rejected',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  412: 'Changed meanwhile',
  429: 'Too many requests',
  500: 'Error in the application',
  502: 'Application not reached',
  503: 'Not available',
  504: 'Application too slow',
};

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `35 ms`, `1.2 s` */
export const duration = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${NUMBER.format(ms / 1000)} s`;

/** `Created (201), after 35 ms`; or why there was no answer. */
export function answerHeading({ status, error, durationMs }: Exchange): string {
  const after = `after ${duration(durationMs)}`;
  if (status === undefined) return `No answer, ${after}${error === undefined ? '' : `: ${error}`}`;
  const meaning = MEANINGS[status];
  return meaning === undefined ? `Status ${status}, ${after}` : `${meaning} (${status}), ${after}`;
}
