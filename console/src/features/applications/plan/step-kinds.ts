/** The kinds of steps, in the order in which people want to know them, and how they are called. */
import type { Schemas } from '../../../api/client';
import { count, listed } from '../../../ui/words';

export type Plan = Schemas['Plan'];
export type Step = Schemas['PlannedStep'];
export type StepKind = Step['kind'];

interface Words {
  readonly one: string;
  readonly many: string;
  /** For somebody who sees it for the first time. */
  readonly about: string;
}

const WORDS: Readonly<Record<StepKind, Words>> = {
  deactivateUser: {
    one: 'account to deactivate',
    many: 'accounts to deactivate',
    about: 'These people lose their access.',
  },
  deleteUser: {
    one: 'account to delete',
    many: 'accounts to delete',
    about: 'These people lose their access, and their account is gone.',
  },
  refuseUser: {
    one: 'user who cannot be sent',
    many: 'users who cannot be sent',
    about: 'Something is missing, or they were refused. Nothing is asked for them until that is corrected.',
  },
  refuseGroup: {
    one: 'group that cannot be sent',
    many: 'groups that cannot be sent',
    about: 'They were refused. Nothing is asked for them until that is corrected.',
  },
  createUser: {
    one: 'account to create or link',
    many: 'accounts to create or link',
    about: 'Who has an account there already keeps it.',
  },
  findUser: {
    one: 'account to look for',
    many: 'accounts to look for',
    about: 'It may have been created when a connection broke off.',
  },
  reactivateUser: {
    one: 'account to make active again',
    many: 'accounts to make active again',
    about: 'These people come back, with their groups.',
  },
  updateUser: {
    one: 'account to update',
    many: 'accounts to update',
    about: 'Something about them changed in the directory.',
  },
  deleteGroup: {
    one: 'group to delete',
    many: 'groups to delete',
    about: 'They were deleted in the directory.',
  },
  createGroup: {
    one: 'group to create or take over',
    many: 'groups to create or take over',
    about: 'One of the same name is taken over.',
  },
  takeOverGroup: {
    one: 'group to take over',
    many: 'groups to take over',
    about: 'They are there already, or an empty one may be.',
  },
  findGroup: {
    one: 'group to look for',
    many: 'groups to look for',
    about: 'It may have been created when a connection broke off.',
  },
  renameGroup: { one: 'group to rename', many: 'groups to rename', about: 'Their members stay.' },
  changeMembers: {
    one: 'group whose members change',
    many: 'groups whose members change',
    about: 'People join and leave them.',
  },
};

const isKind = (name: string): name is StepKind => name in WORDS;

export const stepKinds: readonly StepKind[] = Object.keys(WORDS).filter(isKind);

/** Whoever it is about loses their access. */
export const losesAccount = (kind: StepKind): boolean => kind === 'deactivateUser' || kind === 'deleteUser';

interface CountedKind extends Words {
  readonly kind: StepKind;
  readonly number: number;
}

/** The kinds that a plan has, counted. */
export const kindsIn = (summary: Plan['summary']): CountedKind[] =>
  stepKinds
    .map((kind) => ({ kind, number: summary[kind] ?? 0, ...WORDS[kind] }))
    .filter(({ number }) => number > 0);

/** Nothing is sent for whatever it is about. */
export const isRefused = (kind: StepKind): boolean => kind === 'refuseUser' || kind === 'refuseGroup';

/** The kinds that would be sent, counted: what cannot be sent is in a plan, and is none of them. */
export const sentKindsIn = (summary: Plan['summary']): CountedKind[] =>
  kindsIn(summary).filter(({ kind }) => !isRefused(kind));

/** What a kind means; of those who lose their access, that some or all are sent only once that is approved. */
export function aboutInWords(
  { about, kind, number }: Pick<CountedKind, 'about' | 'kind' | 'number'>,
  held: number,
): string {
  if (held === 0 || !losesAccount(kind)) return about;
  if (held >= number) return `${about.slice(0, -1)} once you approve it, above.`;
  return `${about} ${count(held, 'of them waits', 'of them wait')} for your approval, above.`;
}

const totalOf = (kinds: readonly CountedKind[]): number => kinds.reduce((sum, { number }) => sum + number, 0);

/** How many steps would be sent. */
export const countSteps = (summary: Plan['summary']): number => totalOf(sentKindsIn(summary));

const counted = ({ number, one, many }: CountedKind): string => count(number, one, many);

/** `Then this is sent: 3 accounts to create or link and 1 group to rename.` */
export function summaryInWords(summary: Plan['summary'], begin: string, nothing: string): string {
  const kinds = sentKindsIn(summary).map(counted);
  return kinds.length === 0 ? nothing : `${begin}${listed(kinds)}.`;
}

/** `Left out: 2 users who cannot be sent.` Nothing, where nothing is left out. */
export function leftOutInWords(summary: Plan['summary']): string | undefined {
  const kinds = kindsIn(summary).filter(({ kind }) => isRefused(kind));
  return kinds.length === 0 ? undefined : `Left out: ${listed(kinds.map(counted))}.`;
}

/** How many of those that are looked for cannot be sent; undefined where not all of them were read, and some may be such. */
function refusedOf({ summary, steps, matching }: Plan): number | undefined {
  const all = totalOf(kindsIn(summary));
  const refused = all - countSteps(summary);
  if (matching === all || refused === 0) return refused;
  return steps.length === matching ? steps.filter(({ kind }) => isRefused(kind)).length : undefined;
}

/** `3 steps, and 2 records that cannot be sent`: how many of a plan are as its view asks. */
export function matchingInWords(plan: Plan): string {
  const refused = refusedOf(plan);
  if (refused === undefined) return count(plan.matching, 'record');
  const steps = plan.matching - refused;
  const leftOut = count(refused, 'record that cannot be sent', 'records that cannot be sent');
  if (refused === 0) return count(steps, 'step');
  return steps === 0 ? leftOut : `${count(steps, 'step')}, and ${leftOut}`;
}
