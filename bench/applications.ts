/**
 * Many applications of the generic connector, written straight into the database: made over the API, each takes several calls, and
 * making them is not what is measured.
 */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Settings } from '../src/connectors/settings.ts';
import type { Handle } from '../src/store/database.ts';
import { notifyLane } from '../src/store/lanes.ts';
import { rowset } from '../src/store/rowset.ts';
import { tokenSecretId, type SecretBox } from '../src/store/secrets.ts';

/** One application, and the groups that are bound to it. */
export interface Wanted {
  readonly label: string;
  readonly groupIds: readonly string[];
  readonly settings: Settings;
  readonly token: string;
  /** Whether its connection is active. */
  readonly active: boolean;
}

/** Makes them, with nothing to do. Answers their ids. */
export async function addApplications(
  db: Handle,
  secrets: SecretBox,
  wanted: readonly Wanted[],
): Promise<string[]> {
  const rows = wanted.map(({ label, groupIds, settings, token, active }) => {
    const id = uuidv7();
    const { keyId, nonce, ciphertext } = secrets.seal(tokenSecretId(id), token);
    const secret = {
      secret_id: tokenSecretId(id),
      key_id: keyId,
      nonce: nonce.toString('hex'),
      ciphertext: ciphertext.toString('hex'),
    };
    return { id, label, group_ids: groupIds, settings, state: active ? 'active' : 'inactive', ...secret };
  });
  const table = rowset(
    rows,
    'id uuid, label text, group_ids uuid[], settings jsonb, state text, secret_id text, key_id text, nonce text, ciphertext text',
  );
  await sql`
    INSERT INTO applications (id, connector, label, settings, idm_state)
    SELECT id, 'scim2', label, settings, state FROM ${table}`.execute(db);
  await sql`INSERT INTO lanes (application_id) SELECT id FROM ${table}`.execute(db);
  await sql`INSERT INTO application_groups (application_id, group_id) SELECT id, unnest(group_ids) FROM ${table}`.execute(
    db,
  );
  await sql`
    INSERT INTO secrets (id, key_id, nonce, ciphertext)
    SELECT secret_id, key_id, decode(nonce, 'hex'), decode(ciphertext, 'hex') FROM ${table}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Everybody of every active application, and its group. */
async function markEverything(db: Handle): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole)
    SELECT a.id, 'user', gm.user_id, 1, false
    FROM applications a JOIN application_groups ag ON ag.application_id = a.id JOIN group_members gm USING (group_id)
    WHERE a.idm_state = 'active'
    UNION ALL
    SELECT a.id, 'group', ag.group_id, 1, true
    FROM applications a JOIN application_groups ag ON ag.application_id = a.id WHERE a.idm_state = 'active'`.execute(
    db,
  );
}

/** Lets the workers begin with all of them at the same moment, as after an activation. */
export async function beginAll(db: Handle): Promise<void> {
  await markEverything(db);
  const { rows } = await sql<{ id: string }>`
    UPDATE lanes l SET due_at = now() FROM applications a
    WHERE a.id = l.application_id AND a.idm_state = 'active' RETURNING a.id`.execute(db);
  // One word wakes every worker, and each takes lanes as long as any is due.
  await notifyLane(db, rows[0]?.id ?? '');
}
