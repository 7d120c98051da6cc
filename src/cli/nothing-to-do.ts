/** Words for a plan without steps: that all is well, or why nobody is to be provisioned at all. */
import { z } from 'zod';
import { count } from '../count.ts';
import type { Backend } from './backend.ts';
import type { Found } from './find.ts';
import { readStatus } from './follow.ts';
import { countRefused, type PlanAnswer } from './plan-text.ts';

const boundSchema = z.looseObject({ total: z.number() });

/** What is true of an application for which a plan has nothing to send. */
export async function nothingToDo(
  backend: Backend,
  { id, name }: Pick<Found, 'id' | 'name'>,
  plan: Pick<PlanAnswer, 'summary' | 'note'>,
): Promise<string> {
  const bound = await backend.call(boundSchema, 'GET', `/applications/${id}/groups?limit=1`);
  if (bound.total === 0)
    return `Nothing to do: no group is bound to ${name} yet, so nobody is to be provisioned. Bind one, and plan again.`;
  const { state } = await readStatus(backend, id);
  const refused = countRefused(plan);
  if (refused > 0)
    return `Nothing to send: ${count(refused, 'record waits', 'records wait')} until the error shown above is corrected.`;
  const holds = `Nothing to do: ${name} holds what the directory asks for`;
  if (plan.note !== null) return `${holds}, as far as is known.`;
  return state === 'inactive' ? `${holds}, as far as is known: its connection is inactive.` : `${holds}.`;
}
