/** For how long a target asks to be left alone. */

/** Longer waits are not believed: a target that says "tomorrow" is asked again after an hour. */
const LONGEST_WAIT_MS = 3_600_000;

const httpDate = /^[A-Z][a-z]{2,8}, .+ GMT$/;
/** The form of C's `asctime`, which names no zone and is of GMT (RFC 9110 §5.6.7). */
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * `Retry-After` in ms, one hour at most (RFC 9110 §10.2.3: seconds or an HTTP-date). A date is compared with the
 * reply's own `Date`, so that a clock that is wrong there does no harm. Undefined where there is none that can be read.
 */
export function retryAfterMs(headers: Readonly<Record<string, string | undefined>>): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), LONGEST_WAIT_MS);
  const until = instant(value);
  const now = instant(headers['date'] ?? '');
  if (until === undefined || now === undefined) return undefined;
  return Math.min(Math.max(until - now, 0), LONGEST_WAIT_MS);
}

function instant(text: string): number | undefined {
  const written = asctimeDate.test(text) ? `${text} GMT` : text;
  const at = httpDate.test(text) || written !== text ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
