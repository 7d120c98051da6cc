/** For whom a group waits that wants a name which another group still has: that one, for whom that one waits, and so on (R23). */
import { sql } from 'kysely';
import { NAME_HELD } from '../provisioning/group-name.ts';
import type { NameHolder } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';
import { rowset } from './rowset.ts';

/** What decides about waiting for a name, beside who has it. */
export type NameChain = Pick<NameHolder, 'waitsForThis' | 'refused'>;

interface ChainRow {
  group_id: string;
  waits_for_this: boolean;
  refused: boolean | null;
  wants: string | null;
}

/** A name that the target keeps is not given up either. Whoever waits for a name was refused nothing. */
const REFUSED = sql`(
  (l.error ->> 'retrying' = 'false' AND l.error ->> 'code' <> ${NAME_HELD}) OR l.not_accepted -> 'displayName' IS NOT NULL) IS TRUE`;

/** By the group that waits. A chain ends at the group itself, at one that was refused, or where a name is free. */
export async function loadNameChains(
  db: Handle,
  applicationId: string,
  waiting: readonly { readonly id: string; readonly holderId: string }[],
): Promise<Map<string, NameChain>> {
  if (waiting.length === 0) return new Map();
  const rows = waiting.map(({ id, holderId }) => ({ id, holder_id: holderId }));
  const links = sql`links l ON l.application_id = ${applicationId} AND l.kind = 'group'`;
  const columns = sql`l.subject_id AS id, g.name AS wants, ${REFUSED} AS refused`;
  const found = await sql<ChainRow>`
    WITH RECURSIVE chain AS (
      SELECT r.id AS group_id, ${columns}
      FROM ${rowset(rows, 'id uuid, holder_id uuid')} JOIN ${links} AND l.subject_id = r.holder_id
      LEFT JOIN groups g ON g.id = l.subject_id
      UNION
      SELECT c.group_id, ${columns}
      FROM chain c JOIN ${links} AND l.key = lower(c.wants) AND l.subject_id <> c.id
      LEFT JOIN groups g ON g.id = l.subject_id
      WHERE NOT c.refused AND c.id <> c.group_id)
    SELECT group_id, bool_or(id = group_id) AS waits_for_this, bool_or(refused) FILTER (WHERE id <> group_id) AS refused,
      max(wants) FILTER (WHERE refused AND id <> group_id) AS wants
    FROM chain GROUP BY group_id`.execute(db);
  return new Map(found.rows.map((row) => [row.group_id, chainOf(row)]));
}

function chainOf({ waits_for_this: waitsForThis, refused, wants }: ChainRow): NameChain {
  return { waitsForThis, refused: refused === true ? { wants } : null };
}
