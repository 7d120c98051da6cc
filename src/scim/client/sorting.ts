/** How statuses are sorted by what happens next, with the sentence that people read. */

/** `once` is the sentence where a person has asked: what they do, in the place of what is done by itself. */
export type Sorting = { readonly code: string; readonly message: string; readonly once?: string } & (
  | { readonly verdict: 'later' | 'refused' | 'stop' }
  | { readonly verdict: 'again'; readonly reason: 'missing' | 'taken' | 'changed' }
);

/** What is said to a person whose question, which named no record, was answered as if it had. */
const UNANSWERED =
  'The application does not answer this question at the base URL. Check that the base URL is that of its SCIM service, and try again.';

const missing: Sorting = {
  verdict: 'again',
  reason: 'missing',
  code: 'missing',
  message: 'The application no longer has this record. It is looked up again.',
  once: UNANSWERED,
};

const taken: Sorting = {
  verdict: 'again',
  reason: 'taken',
  code: 'taken',
  message: 'The application already has a record with this name. It is looked up.',
  once: UNANSWERED,
};

const unsupported: Sorting = {
  verdict: 'refused',
  code: 'unsupported',
  message:
    'The application does not support this kind of request (HTTP method). Choose another way to update or deactivate in the connection’s settings.',
  once: UNANSWERED,
};

const slow: Sorting = {
  verdict: 'later',
  code: 'timeout',
  message: 'The application was not ready for the request in time. It is sent again later.',
  once: 'The application was not ready for the request in time. Wait a moment, and try again.',
};

const redirected: Sorting = {
  verdict: 'stop',
  code: 'redirected',
  message:
    'The application answered with a redirect, which is not followed because the token would go with it. Correct the base URL.',
};

const unavailable: Sorting = {
  verdict: 'later',
  code: 'unavailable',
  message: 'The application has a fault or is down. The request is sent again later.',
  once: 'The application has a fault or is down. Try again later; where it stays so, check the base URL, or ask its support.',
};

const refused: Sorting = {
  verdict: 'refused',
  code: 'refused',
  message: 'The application refused this record. Correct what it complains of, and it is sent again.',
  once: UNANSWERED,
};

const odd: Sorting = {
  verdict: 'refused',
  code: 'odd-status',
  message: 'The application answered with a status that HTTP does not have. Ask its support.',
};

const byStatus = new Map<number, Sorting>([
  [
    401,
    {
      verdict: 'stop',
      code: 'token-rejected',
      message:
        'The application rejected the token. Generate a new one there and enter it here, with the connection inactive; then activate.',
    },
  ],
  [
    403,
    {
      verdict: 'stop',
      code: 'forbidden',
      message:
        'The application knows the token but does not allow it to do this. Check there what the token may do, or enter another one.',
    },
  ],
  [404, missing],
  [405, unsupported],
  [408, slow],
  [409, taken],
  [410, missing],
  [
    412,
    {
      verdict: 'again',
      reason: 'changed',
      code: 'changed',
      message: 'The record was changed in the application meanwhile. It is read again.',
      once: UNANSWERED,
    },
  ],
  [
    413,
    {
      verdict: 'refused',
      code: 'request-too-large',
      message:
        'The request is too large for the application. Lower the members per request in the connection’s settings.',
      once: UNANSWERED,
    },
  ],
  [425, slow],
  [
    429,
    {
      verdict: 'later',
      code: 'rate-limited',
      message: 'The application asks for fewer requests. Rollcall slows down and sends it again.',
      once: 'The application asks for fewer requests. Wait as long as it asks, or a few minutes, and try again.',
    },
  ],
  [501, unsupported],
]);

/** How a status other than 2xx is sorted. Some targets say 400 where RFC 7644 §3.3 asks for 409 `uniqueness`. */
export function sortingOf(status: number, scimType: string | undefined): Sorting {
  if (status === 400 && scimType?.toLowerCase() === 'uniqueness') return taken;
  const found = byStatus.get(status);
  if (found !== undefined) return found;
  if (status >= 300 && status < 400) return redirected;
  if (status >= 400 && status < 500) return refused;
  return status >= 500 && status < 600 ? unavailable : odd;
}
