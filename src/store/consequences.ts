/**
 * What would follow in one application if groups were bound and unbound, or people joined and left one that is bound, in
 * counts: worked out in sets, so that a hundred thousand members are one statement. Whom the mapping refuses is told apart where
 * not too many would get an account.
 */
import { sql, type RawBuilder } from 'kysely';
import type { AttributeMapping, Behaviour } from '../connectors/connector.ts';
import type { Threshold } from '../connectors/settings.ts';
import { brake, type Braked } from '../provisioning/brake.ts';
import type { Handle } from './database.ts';
import type { IdChange } from './id-change.ts';
import { countLeavers } from './leavers.ts';
import { uuids } from './rowset.ts';
import { countUnmapped, LOOKED_AT } from './unmapped.ts';

/** What decides about those who come and go. */
export interface ConsequenceRules {
  readonly groupManagement: boolean;
  readonly deprovision: Behaviour['users']['deprovision'];
  readonly mapping: readonly AttributeMapping[];
  readonly threshold: Threshold;
}

interface UserConsequences {
  /** Created, or linked to the account that the target has already. */
  readonly create: number;
  /** Who would get an account, and is refused by the mapping; null where so many would get one that each is counted as created. */
  readonly refused: number | null;
  readonly reactivate: number;
  /** Imported accounts that would be managed from then on. */
  readonly manage: number;
  /** Deactivated, or deleted where the connection does that. */
  readonly deactivate: number;
}

interface GroupConsequences {
  readonly create: number;
  /** Those of whose name the last inventory saw a group. */
  readonly takeOver: number;
  /** Left in the target as they are, and looked after no more. */
  readonly stop: number;
}

export interface Consequences {
  readonly users: UserConsequences;
  readonly groups: GroupConsequences;
  /** Whether the leavers would wait for an administrator (R46), together with those who leave already. */
  readonly brake: Braked;
}

const NOBODY: Omit<UserConsequences, 'refused'> = { create: 0, reactivate: 0, manage: 0, deactivate: 0 };
const NO_GROUPS: GroupConsequences = { create: 0, takeOver: 0, stop: 0 };

/** Whoever is in a group that comes or goes, once, with whether they are assigned before and after. */
const touchedByBindings = (applicationId: string, { add, remove }: IdChange) => sql`
  WITH before AS (SELECT group_id FROM application_groups WHERE application_id = ${applicationId}),
  after AS (SELECT group_id FROM before WHERE group_id <> ALL (${uuids(remove)}) UNION SELECT unnest(${uuids(add)})),
  touched AS (
    SELECT DISTINCT gm.user_id FROM group_members gm JOIN users u ON u.id = gm.user_id AND u.state = 'active'
    WHERE gm.group_id = ANY (${uuids([...add, ...remove])}))
  SELECT user_id, user_id IN (SELECT user_id FROM group_members WHERE group_id IN (SELECT group_id FROM before)) AS before,
    user_id IN (SELECT user_id FROM group_members WHERE group_id IN (SELECT group_id FROM after)) AS after
  FROM touched`;

/** The same of whoever joins or leaves one group that is bound. */
const touchedByMembers = (applicationId: string, groupId: string, { add, remove }: IdChange) => sql`
  WITH bound AS (SELECT group_id FROM application_groups WHERE application_id = ${applicationId})
  SELECT u.id AS user_id, u.id IN (SELECT user_id FROM group_members WHERE group_id IN (SELECT group_id FROM bound)) AS before,
    u.id = ANY (${uuids(add)}) OR u.id IN (SELECT user_id FROM group_members
      WHERE group_id IN (SELECT group_id FROM bound WHERE group_id <> ${groupId})) AS after
  FROM users u WHERE u.id = ANY (${uuids([...add, ...remove])}) AND u.state = 'active'`;

async function countUsers(
  handle: Handle,
  applicationId: string,
  touched: RawBuilder<unknown>,
  { deprovision, mapping }: ConsequenceRules,
): Promise<UserConsequences> {
  const joins = sql`after AND NOT before`;
  const isNew = sql`${joins} AND l.remote_id IS NULL`;
  const links = sql`
    FROM (${touched}) AS t
    LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = t.user_id`;
  const { rows } = await sql<Omit<UserConsequences, 'refused'>>`
    SELECT count(*) FILTER (WHERE ${isNew})::int AS create,
      count(*) FILTER (WHERE ${joins} AND l.remote_id IS NOT NULL AND l.state = 'inactive')::int AS reactivate,
      count(*) FILTER (WHERE ${joins} AND l.remote_id IS NOT NULL AND NOT l.managed)::int AS manage,
      count(*) FILTER (WHERE before AND NOT after AND l.remote_id IS NOT NULL AND l.state = 'active' AND l.managed AND NOT l.kept
        AND ${deprovision !== 'leave'}::boolean)::int AS deactivate ${links}`.execute(handle);
  const counts = rows[0] ?? NOBODY;
  if (counts.create > LOOKED_AT) return { ...counts, refused: null };
  const refused =
    counts.create === 0
      ? 0
      : await countUnmapped(handle, sql`SELECT t.user_id ${links} WHERE ${isNew}`, mapping);
  return { ...counts, create: counts.create - refused, refused };
}

async function countGroups(
  handle: Handle,
  applicationId: string,
  { add, remove }: IdChange,
): Promise<GroupConsequences> {
  const { rows } = await sql<GroupConsequences>`
    WITH bound AS (SELECT group_id FROM application_groups WHERE application_id = ${applicationId}),
    joining AS (
      SELECT EXISTS (SELECT 1 FROM remote_resources r WHERE r.application_id = ${applicationId} AND r.kind = 'group'
        AND r.key = lower(g.name)) AS known
      FROM groups g WHERE g.id = ANY (${uuids(add)}) AND g.id NOT IN (SELECT group_id FROM bound) AND EXISTS (
        SELECT 1 FROM group_members gm JOIN users u ON u.id = gm.user_id AND u.state = 'active' WHERE gm.group_id = g.id))
    SELECT count(*) FILTER (WHERE NOT known)::int AS create, count(*) FILTER (WHERE known)::int AS "takeOver",
      (SELECT count(*)::int FROM links l WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.remote_id IS NOT NULL
        AND l.subject_id = ANY (${uuids(remove)}) AND l.subject_id IN (SELECT group_id FROM bound)) AS stop
    FROM joining`.execute(handle);
  return rows[0] ?? NO_GROUPS;
}

async function brakeOn(
  handle: Handle,
  applicationId: string,
  leaving: number,
  threshold: Threshold,
): Promise<Braked> {
  if (leaving === 0) return { held: false };
  const counts = await countLeavers(handle, applicationId, threshold.number - leaving, []);
  return brake({ ...counts, waiting: counts.waiting + leaving }, threshold);
}

/** What would follow of binding and unbinding; writes nothing. */
export async function consequencesOf(
  handle: Handle,
  applicationId: string,
  change: IdChange,
  rules: ConsequenceRules,
): Promise<Consequences> {
  const users = await countUsers(handle, applicationId, touchedByBindings(applicationId, change), rules);
  const groups = rules.groupManagement ? await countGroups(handle, applicationId, change) : NO_GROUPS;
  return { users, groups, brake: await brakeOn(handle, applicationId, users.deactivate, rules.threshold) };
}

/** The same of joining and leaving a group that is bound, which concerns nobody but those who do. */
export async function memberConsequencesOf(
  handle: Handle,
  applicationId: string,
  groupId: string,
  change: IdChange,
  rules: ConsequenceRules,
): Promise<Omit<Consequences, 'groups'>> {
  const touched = touchedByMembers(applicationId, groupId, change);
  const users = await countUsers(handle, applicationId, touched, rules);
  return { users, brake: await brakeOn(handle, applicationId, users.deactivate, rules.threshold) };
}
