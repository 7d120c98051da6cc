/** A plan as people read it: what leaves first, a heading and the sentences for each kind of step. */
import { z } from 'zod';
import { count } from '../count.ts';

/** The most that the API shows at once. */
export const ALL_STEPS = 10_000;

export const planSchema = z.object({
  checksum: z.string(),
  summary: z.record(z.string(), z.number().optional()),
  steps: z.array(z.looseObject({ kind: z.string(), sentence: z.string() })),
  truncated: z.boolean().default(false),
  /** Why it may change before it is sent. */
  note: z.string().nullable().default(null),
  /** Why its leavers would be held once the connection is activated (R46). */
  heldOnActivation: z.string().nullable().default(null),
});

export type PlanAnswer = z.infer<typeof planSchema>;

/** In the order in which people want to know them. */
const HEADINGS: Readonly<Record<string, string>> = {
  deactivateUser: 'Accounts to deactivate',
  deleteUser: 'Accounts to delete',
  refuseUser: 'Users who cannot be sent',
  refuseGroup: 'Groups that cannot be sent',
  createUser: 'Accounts to create or link',
  findUser: 'Accounts to look for',
  reactivateUser: 'Accounts to make active again',
  updateUser: 'Accounts to update',
  deleteGroup: 'Groups to delete',
  createGroup: 'Groups to create or take over',
  takeOverGroup: 'Groups to take over',
  findGroup: 'Groups to look for',
  renameGroup: 'Groups to rename',
  changeMembers: 'Groups whose members change',
};

type Summary = Pick<PlanAnswer, 'summary'>;

/** How many records of a plan cannot be sent, or were refused before. */
export const countRefused = ({ summary }: Summary): number =>
  (summary['refuseUser'] ?? 0) + (summary['refuseGroup'] ?? 0);

/** How many steps of a plan would be sent, shown or not: what cannot be sent is in it, and counts for none. */
export function countSteps(plan: Summary): number {
  const all = Object.values(plan.summary).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return all - countRefused(plan);
}

/** How many steps there are, and of how many leavers it is known that they are held, or would be on activation. */
function opening(plan: Pick<PlanAnswer, 'summary' | 'heldOnActivation'>, waiting: number): string[] {
  return [
    `${count(countSteps(plan), 'step')}. Nothing was sent.`,
    ...(waiting > 0 ? [`Held until an administrator approves: ${count(waiting, 'deactivation')}.`] : []),
    ...(plan.heldOnActivation === null
      ? []
      : [`Once the connection is activated, the deactivations are held. ${plan.heldOnActivation}`]),
  ];
}

/**
 * How many steps there are, and the command that sends them, or why it is `stopped` that any is sent. So many as are `held` wait for an
 * administrator (R46); some of them may have left by themselves, and are in no plan any more.
 */
export function closing(
  plan: Pick<PlanAnswer, 'summary' | 'heldOnActivation'>,
  held: number,
  command: string,
  stopped?: string,
): string[] {
  const steps = countSteps(plan);
  const { deactivateUser = 0, deleteUser = 0 } = plan.summary;
  const waiting = Math.min(held, deactivateUser + deleteUser);
  const said = opening(plan, waiting);
  if (stopped !== undefined) return [...said, stopped];
  if (waiting === 0) return [...said, `To send them: ${command}`];
  return steps > waiting ? [...said, `To send the others: ${command}`] : said;
}

function kindsIn({ summary }: Summary): string[] {
  const known = Object.keys(HEADINGS);
  const others = Object.keys(summary).filter((kind) => !known.includes(kind));
  return [...known, ...others].filter((kind) => (summary[kind] ?? 0) > 0);
}

function section(plan: PlanAnswer, kind: string, limit: number): string {
  const shown = plan.steps.filter((step) => step.kind === kind).slice(0, limit);
  const lines = shown.map(({ sentence }) => `  - ${sentence}`);
  const count = plan.summary[kind] ?? 0;
  const hidden = count - lines.length;
  const how = limit < ALL_STEPS ? ' (--limit shows more)' : '';
  const rest = hidden > 0 ? [`  … ${lines.length === 0 ? '' : 'and '}${hidden} more${how}`] : [];
  return [`${HEADINGS[kind] ?? kind}: ${count}`, ...lines, ...rest].join('\n');
}

/** The plan in words, at most `limit` steps of each kind; empty for a plan without steps of which nothing is to be noted. */
export function planText(plan: PlanAnswer, limit: number): string {
  const sections = kindsIn(plan).map((kind) => section(plan, kind, limit));
  return [...(plan.note === null ? [] : [plan.note]), ...sections].join('\n\n');
}
