/** When a message that the mail server did not take is tried again. */
import { sql, type RawBuilder } from 'kysely';

/** Ever later, and at least once an hour; `attempts` is how many there were before this one. */
export const nextAttempt = (attempts: RawBuilder<unknown>) =>
  sql`now() + make_interval(secs => least(3600, 15 * 2 ^ ${attempts}))`;
