/** When a message that the mail server did not take is tried again. */
import { sql, type RawBuilder } from 'kysely';

/** Seconds: longer than a slow mail server has for one message (`mail/mailer.ts`), or another process would send it too. */
const FIRST_WAIT = 120;

/** Ever later, and at least once an hour; `attempts` is how many there were before this one. */
export const nextAttempt = (attempts: RawBuilder<unknown>) =>
  sql`now() + make_interval(secs => least(3600, ${FIRST_WAIT}::int * 2 ^ ${attempts}))`;
