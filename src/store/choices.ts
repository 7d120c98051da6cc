/**
 * An administrator's choice of an account: where a target keeps another `userName` than the directory's (R15), and where somebody
 * rejected that its user leaves (R46).
 */
import { sql } from 'kysely';
import { conflict } from '../errors.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { getApplication } from './applications.ts';
import { leavesEverybody } from './departed.ts';
import { lockLane } from './lanes.ts';
import { markRecord } from './marks.ts';

export const choices = ['keep', 'move', 'leave'] as const;

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
 *
 * `leave`: what an administrator rejected is taken back, so that the account of somebody who is not assigned goes. This is its approval,
 * which does not outlive a deactivation of the connection: an inactive one refuses.
 */
export async function choose(
  tx: Tx,
  applicationId: string,
  userId: string,
  choice: Choice,
  cause: Cause,
): Promise<{ readonly name: string }> {
  if (choice === 'leave') return letGo(tx, applicationId, userId, cause);
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

/** Throws a `Problem` where nobody would leave now. */
async function requireLeaving(tx: Tx, applicationId: string): Promise<void> {
  const application = await getApplication(tx, applicationId);
  if (application.state === 'inactive')
    throw conflict('The connection is inactive, so nobody leaves now. Activate it, and let them leave then.');
  if (leavesEverybody(application))
    throw conflict('This connection leaves the accounts of leavers as they are. Change that first.');
}

async function letGo(
  tx: Tx,
  applicationId: string,
  userId: string,
  cause: Cause,
): Promise<{ readonly name: string }> {
  await lockLane(tx, applicationId);
  await requireLeaving(tx, applicationId);
  const { rows } = await sql<{ name: string }>`
    UPDATE links SET kept = false WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ${userId} AND kept
    RETURNING subject_name AS name`.execute(tx);
  const [kept] = rows;
  if (kept === undefined)
    throw conflict(
      'There is nothing to take back for this user: nobody rejected that they leave, or they have been assigned again since.',
    );
  await markRecord(tx, applicationId, { kind: 'user', id: userId }, cause);
  await sql`
    UPDATE pending SET approved = true
    WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ${userId}`.execute(tx);
  return kept;
}
