/** An administrator's choice where a target keeps another `userName` than the directory's (R15). */
import { sql } from 'kysely';
import { conflict } from '../errors.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { lockLane } from './lanes.ts';
import { markRecord } from './marks.ts';

export const choices = ['keep', 'move'] as const;

type Choice = (typeof choices)[number];

interface Undecided {
  readonly name: string;
  readonly live: boolean;
}

/** Takes the lane first, as everything does that writes links: a settle would overwrite the choice otherwise. */
async function lockUndecided(tx: Tx, applicationId: string, userId: string): Promise<Undecided> {
  await lockLane(tx, applicationId);
  const { rows } = await sql<Undecided>`
    SELECT l.subject_name AS name, a.idm_state <> 'inactive' AS live FROM links l JOIN applications a ON a.id = l.application_id
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = ${userId} AND l.attention IS NOT NULL
    FOR UPDATE OF l`.execute(tx);
  if (rows[0] === undefined)
    throw conflict(
      'There is nothing to decide for this user: the account has the userName of the directory, or somebody else has decided.',
    );
  return rows[0];
}

/**
 * `keep`: the target's userName stays, and nobody is asked again. `move`: the account is deactivated and the one of the
 * new userName created or joined; an inactive connection does so when it is activated. Throws a `Problem` where there is
 * nothing to decide.
 */
export async function choose(
  tx: Tx,
  applicationId: string,
  userId: string,
  choice: Choice,
  cause: Cause,
): Promise<{ readonly name: string }> {
  const { name, live } = await lockUndecided(tx, applicationId, userId);
  const chosen =
    choice === 'move'
      ? sql`moving = true`
      : sql`not_accepted = jsonb_set(not_accepted, ARRAY[${USER_NAME}, 'chosen'], 'true')`;
  await sql`
    UPDATE links SET attention = NULL, ${chosen}
    WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ${userId}`.execute(tx);
  if (choice === 'move' && live) await markRecord(tx, applicationId, { kind: 'user', id: userId }, cause);
  return { name };
}
