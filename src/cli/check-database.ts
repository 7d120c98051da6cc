/** What the doctor finds at the database, or at the server that holds it. */
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secrets.ts';
import { count } from './count.ts';
import { ok, problem, type Finding } from './finding.ts';

const LARGEST_SKEW_MS = 5000;

/** What is stored is timed by the database; a process that disagrees misjudges what has expired. */
export function checkSkew(ours: number, theirs: number, whose: string): Finding {
  const check = 'Clock';
  const skew = Math.round((theirs - ours) / 1000);
  if (Math.abs(theirs - ours) <= LARGEST_SKEW_MS) return ok(check, `It agrees with ${whose}.`);
  const message = `It is ${Math.abs(skew)} s ${skew > 0 ? 'behind' : 'ahead of'} ${whose}. Synchronise both with a time server (NTP).`;
  return problem(check, message);
}

async function checkClock(database: Database, clock: Clock): Promise<Finding> {
  const before = clock.now().getTime();
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(database.db);
  const middle = (before + clock.now().getTime()) / 2;
  return checkSkew(middle, rows[0]?.now.getTime() ?? middle, "the database's");
}

/** Tokens that were encrypted with another key can't be sent. */
async function checkStoredSecrets(database: Database, secrets: SecretBox): Promise<Finding> {
  const check = 'Stored tokens';
  const foreign = await database.db
    .selectFrom('secrets')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('key_id', '!=', secrets.keyId)
    .executeTakeFirstOrThrow();
  const tokens = Number(foreign.count);
  if (tokens === 0) return ok(check, 'All were encrypted with the secret key of this process.');
  return problem(
    check,
    `${count(tokens, 'was', 'were')} encrypted with another secret key. Set ROLLCALL_SECRET_KEY (or restore secret.key) to the one from before; if it is lost, enter the tokens again.`,
  );
}

/** An open, migrated database. */
export async function checkDatabase(
  database: Database,
  secrets: SecretBox,
  clock: Clock,
): Promise<Finding[]> {
  const { rows } = await sql<{
    version: string;
  }>`SELECT current_setting('server_version') AS version`.execute(database.db);
  const kind = database.kind === 'embedded' ? 'The embedded database' : 'PostgreSQL';
  return [
    ok('Database', `${kind} ${rows[0]?.version ?? ''} answers, and is up to date.`),
    await checkClock(database, clock),
    await checkStoredSecrets(database, secrets),
  ];
}
