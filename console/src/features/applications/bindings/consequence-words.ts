/** What would come of a change of bindings or of members, in sentences. The counts are the server's. */
import { count } from '../../../ui/words';
import type { Consequences } from './queries';

type Told = readonly [number: number, sentence: string];

const people = (number: number): string => count(number, 'person', 'people');

const ofUsers = (users: Consequences['users'], label: string): Told[] => [
  [users.deactivate, `${people(users.deactivate)} would lose the account in ${label}.`],
  [
    users.create,
    `${people(users.create)} would get an account, or be linked to the one that is there already.`,
  ],
  [
    users.refused ?? 0,
    `${people(users.refused ?? 0)} cannot be sent: the mapping does not work out for them. Once this is saved, the plan says why.`,
  ],
  [users.reactivate, `${people(users.reactivate)} would be made active again.`],
  [users.manage, `${count(users.manage, 'imported account')} would be managed from then on.`],
];

const ofGroups = (groups: Consequences['groups'], label: string): Told[] => [
  [
    groups.create,
    `${count(groups.create, 'group')} would be created in ${label}, or taken over where ${groups.create === 1 ? 'it is' : 'they are'} there already.`,
  ],
  [groups.takeOver, `${count(groups.takeOver, 'group')} of the same name would be taken over.`],
  [
    groups.stop,
    `${count(groups.stop, 'group')} would be left in ${label} as it is, and looked after no more.`,
  ],
];

const sentencesOf = (told: readonly Told[], otherwise: string): string[] => {
  const sentences = told.filter(([number]) => number > 0).map(([, sentence]) => sentence);
  return sentences.length > 0 ? sentences : [otherwise];
};

/** The first is about those who lose something, where there are any. */
export const usersInWords = (users: Consequences['users'], label: string): string[] =>
  sentencesOf(ofUsers(users, label), `Nobody gets or loses an account in ${label}.`);

/** As {@link usersInWords}, and what becomes of the groups themselves. */
export const consequencesInWords = ({ users, groups }: Consequences, label: string): string[] =>
  sentencesOf(
    [...ofUsers(users, label), ...ofGroups(groups, label)],
    'Nobody gets or loses an account, and no group changes.',
  );
