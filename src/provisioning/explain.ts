/** A step in one sentence: the same words in the plan, the log, the command line and the console. */
import { count } from '../count.ts';
import type { Value } from './facts.ts';
import type { Change, LeavingReason, Step } from './steps.ts';

const REASONS: Record<LeavingReason, string> = {
  deleted: 'deleted from the directory',
  suspended: 'suspended',
  staged: 'not active yet',
  unassigned: 'no longer in a group bound to the application',
  moving: 'moving to another account',
};

const LABELS: Readonly<Record<string, string>> = {
  userName: 'user name',
  displayName: 'display name',
  externalId: 'external id',
  'name.givenName': 'first name',
  'name.familyName': 'last name',
  'emails[type eq "work"].value': 'work email',
  title: 'title',
};

/** What an administrator calls a SCIM attribute. */
export function attributeLabel(path: string): string {
  return LABELS[path] ?? path;
}

/** The step as a sentence without a full stop. */
export function explain(step: Step): string {
  const { name } = step.subject;
  switch (step.kind) {
    case 'createUser':
      return `Create the account "${step.values['userName'] ?? name}" for ${name}, or link the one that is already there`;
    case 'findUser':
      return `Look for an account that may have been created for ${name}`;
    case 'updateUser':
      return `Update ${name}: ${changesInWords(step.changes)}`;
    case 'reactivateUser':
      return `Make ${name} active again${step.changes.length === 0 ? '' : `: ${changesInWords(step.changes)}`}`;
    case 'deactivateUser':
      return `Deactivate ${name} (${REASONS[step.reason]})`;
    case 'deleteUser':
      return `Delete the account of ${name} (${REASONS[step.reason]})`;
    case 'refuseUser':
    case 'refuseGroup':
      return step.refusal.message.replace(/\.$/, '');
    case 'createGroup':
      return `Create the group "${step.displayName}", or take over the one that is already there`;
    case 'takeOverGroup':
      return step.remoteId === null
        ? `Take over the group "${step.displayName}" if there is one already; an empty group is not created`
        : `Take over the group "${step.displayName}" again`;
    case 'findGroup':
      return `Look for a group that may have been created as "${step.displayName}"`;
    case 'renameGroup':
      return step.interim
        ? `Rename the group "${step.before}" to "${step.after}" for the time being, because another group still has its name`
        : `Rename the group "${step.before}" to "${step.after}"`;
    case 'changeMembers':
      return `In the group "${name}": ${membersInWords(step.add.length, step.remove.length)}`;
    case 'deleteGroup':
      return `Delete the group "${name}"`;
  }
}

/** What was done, in one sentence without a full stop; `how` tells a created record from one that was already there. */
export function explainDone(step: Step, how: 'created' | 'found' | 'done'): string {
  const { name } = step.subject;
  switch (step.kind) {
    case 'createUser':
    case 'findUser': {
      const account = step.kind === 'createUser' ? (step.values['userName'] ?? name) : step.userName;
      if (how === 'created') return `Created the account "${account}" for ${name}`;
      return how === 'found'
        ? `Linked ${name} to the account "${account}", which was already there`
        : `No account "${account}" had been created for ${name}`;
    }
    case 'createGroup':
      return how === 'created'
        ? `Created the group "${step.displayName}"`
        : `Took over the group "${step.displayName}"`;
    case 'takeOverGroup':
      return how === 'found'
        ? `Took over the group "${step.displayName}"${step.remoteId === null ? '' : ' again'}`
        : `No group "${step.displayName}" is there to take over`;
    case 'findGroup':
      return how === 'found'
        ? `Found the group "${step.displayName}" again`
        : `No group "${step.displayName}" had been created`;
    case 'updateUser':
      return `Updated ${name}: ${changesInWords(step.changes)}`;
    case 'reactivateUser':
      return `Made ${name} active again`;
    case 'deactivateUser':
      return `Deactivated ${name} (${REASONS[step.reason]})`;
    case 'deleteUser':
      return `Deleted the account of ${name} (${REASONS[step.reason]})`;
    case 'renameGroup':
      return `Renamed the group "${step.before}" to "${step.after}"`;
    case 'deleteGroup':
      return `Deleted the group "${name}"`;
    case 'changeMembers':
    case 'refuseUser':
    case 'refuseGroup':
      return explain(step);
  }
}

/** What the target kept although it answered success (R15). */
export function explainKept(path: string, kept: Value): string {
  return `the application kept its own ${attributeLabel(path)} "${kept}"`;
}

function changesInWords(changes: readonly Change[]): string {
  return changes.map(changeInWords).join('; ');
}

function changeInWords({ path, before, after }: Change): string {
  const label = attributeLabel(path);
  if (after === undefined) return `remove the ${label} "${before ?? ''}"`;
  return before === undefined
    ? `set the ${label} to "${after}"`
    : `change the ${label} from "${before}" to "${after}"`;
}

function membersInWords(add: number, remove: number): string {
  const parts = [
    add === 0 ? '' : `add ${count(add, 'member')}`,
    remove === 0 ? '' : `remove ${count(remove, 'member')}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
