/** What the target holds for one record may belong to another record's link already (R17). */
import { sql } from 'kysely';
import type { LinkWrite, RecordError, Settlement } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { LOOK_AGAIN } from './marks.ts';
import { rowset, uuids } from './rowset.ts';

/**
 * Two directory users never share an account: whoever would get one that belongs to somebody else is refused, naming both.
 * The link of someone who left both the directory and the target gives its account up.
 */
export async function refuseSharedAccounts(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<readonly Settlement[]> {
  const holders = await holdersOutside(tx, applicationId, batch);
  const taken = new Map<string, string>();
  return batch.map((one) => {
    const key = accountOf(one);
    if (key === null) return one;
    const holder = holders.get(one.subjectId) ?? taken.get(key);
    if (holder !== undefined) return refuseTaken(one, holder);
    taken.set(key, nameOf(one));
    return one;
  });
}

/** The remote id that a settlement would link, or null. */
function accountOf({ kind, link }: Settlement): string | null {
  return typeof link === 'object' && link.remoteId !== null ? `${kind} ${link.remoteId}` : null;
}

function nameOf({ link, subjectId }: Settlement): string {
  return typeof link === 'object' ? link.name : subjectId;
}

/** For each record of the batch whose account belongs to a link outside of it: whose. Departed holders are forgotten. */
async function holdersOutside(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<ReadonlyMap<string, string>> {
  const rows = batch.flatMap(({ kind, subjectId, link }) =>
    typeof link === 'object' && link.remoteId !== null
      ? [{ kind, subject_id: subjectId, remote_id: link.remoteId, active: link.state === 'active' }]
      : [],
  );
  const found = await sql<Holder>`
    SELECT r.subject_id, l.subject_id AS holder_id, l.subject_name AS holder,
      l.kind = 'user' AND l.state = 'inactive' AND r.active AS revived,
      (l.kind = 'user' AND l.state <> 'active' AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = l.subject_id)) AS departed
    FROM ${rowset(rows, 'kind text, subject_id uuid, remote_id text, active boolean')}
    JOIN links l ON l.application_id = ${applicationId} AND l.kind = r.kind AND l.remote_id = r.remote_id AND l.subject_id <> r.subject_id`.execute(
    tx,
  );
  await forgetDeparted(
    tx,
    applicationId,
    found.rows.filter((row) => row.departed).map((row) => row.holder_id),
  );
  const staying = found.rows.filter((row) => !row.departed);
  await lookAtRevived(
    tx,
    applicationId,
    staying.filter((row) => row.revived).map((row) => row.holder_id),
  );
  return new Map(staying.map((row) => [row.subject_id, row.holder]));
}

interface Holder {
  readonly subject_id: string;
  readonly holder_id: string;
  readonly holder: string;
  readonly departed: boolean;
  /** The account was brought back into the target by a create for somebody else. */
  readonly revived: boolean;
}

/** Whoever had left and whose account was brought back for somebody else is looked at again, and leaves again. */
async function lookAtRevived(tx: Tx, applicationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const revived = uuids(ids);
  await sql`
    UPDATE links SET in_flight = 'reactivateUser'
    WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${revived})`.execute(tx);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority)
    SELECT ${applicationId}::uuid, 'user', id, 0 FROM unnest(${revived}) AS id
    ${LOOK_AGAIN}`.execute(tx);
}

async function forgetDeparted(tx: Tx, applicationId: string, ids: readonly string[]): Promise<void> {
  const departed = uuids(ids);
  await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${departed})`.execute(
    tx,
  );
  await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${departed})`.execute(
    tx,
  );
}

function refuseTaken(one: Settlement, holder: string): Settlement {
  if (typeof one.link !== 'object') return one;
  const thing = one.kind === 'user' ? 'account' : 'group';
  const error: RecordError = {
    code: one.kind === 'user' ? 'account-shared' : 'group-shared',
    message: `The ${thing} that the application holds for ${one.link.name} already belongs to ${holder}. Rollcall never shares one ${thing} between two records: give one of them another name.`,
    retrying: false,
  };
  const link: LinkWrite = {
    ...one.link,
    remoteId: null,
    state: 'absent',
    accepted: {},
    notAccepted: {},
    key: null,
    inFlight: null,
    error,
  };
  const event = one.event && { ...one.event, outcome: 'refused' as const, sentence: error.message };
  return {
    kind: one.kind,
    subjectId: one.subjectId,
    generation: one.generation,
    // The other one may give it up.
    next: { do: 'again' },
    link,
    ...(event && { event }),
  };
}
