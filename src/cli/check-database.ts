/** What the doctor finds at the database, or at the server that holds it. */
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { countByKey } from '../store/reseal.ts';
import type { SecretBox } from '../store/secrets.ts';
import { count } from '../count.ts';
import { checkSkew } from './check-clock.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

async function checkClock(database: Database, clock: Clock): Promise<Finding> {
  const before = clock.now().getTime();
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(database.db);
  const middle = (before + clock.now().getTime()) / 2;
  return checkSkew(middle, rows[0]?.now.getTime() ?? middle, "the database's");
}

/** What was encrypted with a key that is not known here can't be read, so not sent. */
async function checkStoredSecrets(database: Database, secrets: SecretBox): Promise<Finding> {
  const check = 'Stored secrets';
  const others = [...(await countByKey(database.db))].filter(([keyId]) => keyId !== secrets.keyId);
  const sum = (counts: readonly (readonly [string, number])[]): number =>
    counts.reduce((total, [, each]) => total + each, 0);
  const unknown = sum(others.filter(([keyId]) => !secrets.knows(keyId)));
  if (unknown > 0)
    return problem(
      check,
      `${count(unknown, 'was', 'were')} encrypted with a secret key that is not known here. Set ROLLCALL_SECRET_KEY (or restore secret.key) to the one from before; if it is lost, enter them again.`,
    );
  if (others.length > 0)
    return warning(
      check,
      `${count(sum(others), 'is', 'are')} still encrypted with another key than the present one. Run: rollcall secrets reseal`,
    );
  return ok(check, 'All were encrypted with the secret key of this process.');
}

/** Whoever could open the embedded database is alone with it. Who else works on a PostgreSQL is not known here. */
const checkAlone = ({ kind }: Database): Finding[] =>
  kind === 'embedded'
    ? [
        warning(
          'Server',
          'No server runs on this data directory: nobody can sign in, and nothing is sent. Start it: rollcall serve',
        ),
      ]
    : [];

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
    ...checkAlone(database),
    await checkClock(database, clock),
    await checkStoredSecrets(database, secrets),
  ];
}
