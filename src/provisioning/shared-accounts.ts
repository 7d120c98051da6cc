/** What a target holds for one record may belong to another record's link already (R17): who keeps it, and who is refused. */
import { again } from './next.ts';
import { ACCOUNT_SHARED } from './plan-user.ts';
import type { LinkWrite, RecordError, Settlement } from './settlement.ts';

/** A link outside of a batch that has the account or group which a settlement of the batch would link. */
export interface LinkHolder {
  /** Of the record in the batch. */
  readonly subjectId: string;
  readonly kind: Settlement['kind'];
  readonly holderId: string;
  readonly name: string;
  readonly state: LinkWrite['state'];
  /** A user who is not in the directory any more and for whom nothing will be sent any more. */
  readonly departed: boolean;
}

export interface SharedAccounts {
  /** The batch, with refusals in the place of what would share. */
  readonly settlements: readonly Settlement[];
  /** Users who departed: their links give up what they have. */
  readonly departed: readonly LinkHolder[];
  /** Users who had left and whose account was brought back for somebody else: it has to leave again. */
  readonly revived: readonly string[];
}

/** Two records never share an account or a group: whoever would get what belongs to another is refused, naming both. */
export function refuseShared(batch: readonly Settlement[], holders: readonly LinkHolder[]): SharedAccounts {
  const staying = holders.filter(({ departed }) => !departed);
  const owners = new Map(staying.map(({ subjectId, name }) => [subjectId, name]));
  const active = new Set(batch.filter(isActive).map(({ subjectId }) => subjectId));
  const isRevived = ({ kind, state, subjectId }: LinkHolder): boolean =>
    kind === 'user' && state === 'inactive' && active.has(subjectId);
  return {
    settlements: refuseOthers(batch, owners),
    departed: holders.filter(({ departed }) => departed),
    revived: staying.filter(isRevived).map(({ holderId }) => holderId),
  };
}

const isActive = ({ link }: Settlement): boolean => typeof link === 'object' && link.state === 'active';

/** Within the batch, the first has it; `owners` says to whom it belongs already, by the record that would get it. */
function refuseOthers(
  batch: readonly Settlement[],
  owners: ReadonlyMap<string, string>,
): readonly Settlement[] {
  const taken = new Map<string, string>();
  return batch.map((one) => {
    const { kind, link, subjectId } = one;
    if (typeof link !== 'object' || link.remoteId === null) return one;
    const key = `${kind} ${link.remoteId}`;
    const owner = owners.get(subjectId) ?? taken.get(key);
    if (owner !== undefined) return refused(one, link, owner);
    taken.set(key, link.name);
    return one;
  });
}

/** The record has no link to what it would have got, and is looked at again: the owner may give it up. */
function refused(
  { kind, subjectId, generation, event }: Settlement,
  link: LinkWrite,
  owner: string,
): Settlement {
  const error = sharedError(kind, link.name, owner);
  const attemptsBefore = (event?.attempt ?? 1) - 1;
  return {
    kind,
    subjectId,
    generation,
    next: again(attemptsBefore),
    link: {
      ...link,
      remoteId: null,
      state: 'absent',
      accepted: {},
      notAccepted: {},
      key: null,
      inFlight: null,
      error,
    },
    ...(event && { event: { ...event, outcome: 'refused', sentence: error.message } }),
  };
}

function sharedError(kind: Settlement['kind'], name: string, owner: string): RecordError {
  const thing = kind === 'user' ? 'account' : 'group';
  return {
    code: kind === 'user' ? ACCOUNT_SHARED : 'group-shared',
    message: `The ${thing} that the application holds for ${name} already belongs to ${owner}. Rollcall never shares one ${thing} between two records: give one of them another name.`,
    retrying: false,
  };
}
