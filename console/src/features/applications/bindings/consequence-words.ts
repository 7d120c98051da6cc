/** What would come of binding and unbinding groups, in sentences. The counts are the server's. */
import { count } from '../../../ui/words';
import type { Consequences } from './queries';

type Told = readonly [number: number, sentence: string];

const people = (number: number): string => count(number, 'person', 'people');

const told = ({ users, groups }: Consequences, label: string): Told[] => [
  [users.deactivate, `${people(users.deactivate)} would lose the account in ${label}.`],
  [
    users.create,
    `${people(users.create)} would get an account, or be linked to the one that is there already.`,
  ],
  [users.reactivate, `${people(users.reactivate)} would be made active again.`],
  [users.manage, `${count(users.manage, 'imported account')} would be managed from then on.`],
  [groups.create, `${count(groups.create, 'group')} would be created in ${label}.`],
  [groups.takeOver, `${count(groups.takeOver, 'group')} of the same name would be taken over.`],
  [
    groups.stop,
    `${count(groups.stop, 'group')} would be left in ${label} as it is, and looked after no more.`,
  ],
];

/** The first is about those who lose something, where there are any. */
export function consequencesInWords(consequences: Consequences, label: string): string[] {
  const sentences = told(consequences, label)
    .filter(([number]) => number > 0)
    .map(([, sentence]) => sentence);
  return sentences.length > 0 ? sentences : ['Nobody gets or loses an account, and no group changes.'];
}
