/** Answers of success that cannot be used. */
import type { JsonValue } from '../json.ts';
import { isMarkup, saidIn } from './said.ts';
import { failedVerdict, type FailedVerdict, type ScimReply } from './verdict.ts';

/**
 * A reply of success that does not hold what was asked for. Text that begins as JSON and breaks off is asked for
 * again later; a page, or anything else that is no SCIM, stops the connection: its base URL is wrong.
 */
export function notScim(reply: ScimReply, json: JsonValue | undefined, expected: string): FailedVerdict {
  if (json === undefined && /^[\s\ufeff]*[[{]/.test(reply.body)) {
    const happened = `The application’s answer broke off or is not valid JSON, where ${expected} was expected.`;
    return failedVerdict(
      {
        verdict: 'later',
        code: 'broken-answer',
        message: `${happened} It is asked again later.`,
        once: `${happened} Try again; where it stays so, check the base URL, or ask its support.`,
      },
      reply,
    );
  }
  const message = `The application answered with ${kindOf(reply, json)} where ${expected} was expected. Check that the base URL is that of its SCIM service.`;
  return failedVerdict({ verdict: 'stop', code: 'not-scim', message }, reply, saidIn(reply.body, json));
}

function kindOf(reply: ScimReply, json: JsonValue | undefined): string {
  if (json !== undefined) return 'JSON of another kind';
  if (reply.body.trim() === '') return 'an empty page';
  return isMarkup(reply.body) ? 'a web page' : 'plain text';
}

/** A page for people as the answer to a change, of which nobody can tell whether it was made. */
export function pageInstead(reply: ScimReply): FailedVerdict {
  const message =
    'The application answered a change with a web page, so that it is not known whether it was made. It is sent again later; where it stays so, check that the base URL is that of its SCIM service, and that no proxy stands before it.';
  return failedVerdict({ verdict: 'later', code: 'not-scim', message }, reply, saidIn(reply.body, undefined));
}

/** An endpoint of the protocol that is not there, so that the base URL cannot be right. */
export function noEndpoint(reply: ScimReply, endpoint: string): FailedVerdict {
  const message = `The application has no ${endpoint} at this base URL. Check that the base URL is that of its SCIM service.`;
  return failedVerdict(
    { verdict: 'stop', code: 'no-endpoint', message },
    reply,
    saidIn(reply.body, undefined),
  );
}

/** A record without an id that can be used: it exists, and nothing can be done with it. */
export function noId(reply: ScimReply, what: string): FailedVerdict {
  const message = `The application shows ${what} without an id that can be used. Ask its support.`;
  return failedVerdict({ verdict: 'refused', code: 'no-id', message }, reply);
}
