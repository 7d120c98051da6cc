/** How a group stands in an application, wherever it is shown. */
import { sql, type RawBuilder } from 'kysely';
import type { LinkState, NotAccepted } from '../provisioning/facts.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { MemberDrift } from './inventory-members.ts';
import { REFUSED_AND_WANTED } from './memberships.ts';
import type { Drift } from './user-links.ts';

/** What an inventory found of a group and left as it is. What is left out is as it was accepted. */
export interface GroupDrift extends Partial<Drift> {
  readonly members?: MemberDrift;
}

export interface GroupState {
  readonly remoteId: string | null;
  readonly state: LinkState;
  readonly pending: boolean;
  readonly error: RecordError | null;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  readonly drift: GroupDrift | null;
  /** Members in the directory, accepted by the target, refused by it. */
  readonly memberCount: number;
  readonly accepted: number;
  readonly refused: number;
}

export interface GroupStateRow {
  readonly remote_id: string | null;
  readonly state: LinkState | null;
  readonly marked: boolean;
  readonly error: RecordError | null;
  readonly not_accepted: Record<string, NotAccepted> | null;
  readonly drift: GroupDrift | null;
  readonly member_count: number;
  readonly accepted: number;
  readonly refused: number;
}

interface Of {
  readonly applicationId: RawBuilder<unknown>;
  readonly groupId: RawBuilder<unknown>;
}

/** Members whom the target refused, though they are to be in the group: `FROM link_members lm …`. */
export const refusals = ({ applicationId, groupId }: Of) => sql`
  FROM link_members lm WHERE lm.application_id = ${applicationId} AND lm.group_id = ${groupId} AND ${REFUSED_AND_WANTED}`;

/** The columns of a {@link GroupStateRow}, with {@link groupStateJoins}. */
export const groupStateColumns = ({ applicationId, groupId }: Of) => sql`
  l.remote_id, l.state, l.error, l.not_accepted, l.drift, p.subject_id IS NOT NULL AS marked,
  (SELECT count(*)::int FROM group_members gm WHERE gm.group_id = ${groupId}) AS member_count,
  (SELECT count(*)::int FROM link_members lm WHERE lm.application_id = ${applicationId} AND lm.group_id = ${groupId} AND lm.error IS NULL) AS accepted,
  (SELECT count(*)::int ${refusals({ applicationId, groupId })}) AS refused`;

export const groupStateJoins = ({ applicationId, groupId }: Of) => sql`
  LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = ${groupId}
  LEFT JOIN pending p ON p.application_id = ${applicationId} AND p.kind = 'group' AND p.subject_id = ${groupId}`;

export function toGroupState(row: GroupStateRow): GroupState {
  return {
    remoteId: row.remote_id,
    state: row.state ?? 'absent',
    pending: row.marked,
    error: row.error,
    notAccepted: row.not_accepted ?? {},
    drift: row.drift,
    memberCount: row.member_count,
    accepted: row.accepted,
    refused: row.refused,
  };
}
