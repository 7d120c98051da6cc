/** What came of sending a user's step. */
import type { UserOutcome } from '../provisioning/outcome-user.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import type { Answer } from './conversation.ts';
import type { NamedRecords } from './read-named.ts';
import type { StepResult } from './setback-outcome.ts';

/**
 * The step goes on with what the target's list of users has of that `userName`. The list is read for all who wait for it: read for
 * each, it would flood a target that cannot filter.
 */
export interface Unlisted {
  readonly kind: 'unlisted';
  readonly userName: string;
  readonly goOn: (read: Answer<NamedRecords<RemoteUser>>) => UserResult | Promise<UserResult>;
}

export type UserResult = StepResult<UserOutcome> | Unlisted;
