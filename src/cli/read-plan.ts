/** The plan of an application, as the command line asks the API for it. */
import type { Backend } from './backend.ts';
import { ALL_STEPS, planSchema, type PlanAnswer } from './plan-text.ts';
import type { Scope } from './scope.ts';

/** The plan of an application of that id, narrowed to records by id; `limit` is how many steps it shows, `kind` of which kind. */
export async function readPlan(
  backend: Backend,
  applicationId: string,
  scope: Scope,
  limit: number,
  kind?: string,
): Promise<PlanAnswer> {
  const query = new URLSearchParams({
    ...scope,
    limit: String(limit),
    ...(kind !== undefined && { kind }),
  });
  return backend.call(planSchema, 'GET', `/applications/${applicationId}/plan?${query.toString()}`);
}

/** The kinds of which the plan shows fewer than `limit` although it has more. */
function hiddenKinds({ summary, steps }: PlanAnswer, limit: number): string[] {
  const shown = new Map<string, number>();
  for (const { kind } of steps) shown.set(kind, (shown.get(kind) ?? 0) + 1);
  return Object.entries(summary)
    .filter(([kind, count = 0]) => (shown.get(kind) ?? 0) < Math.min(count, limit))
    .map(([kind]) => kind);
}

/**
 * The plan with `limit` steps of each kind at least, where it has so many: a large kind hides no other. What is read of another
 * plan, because something has changed meanwhile, is left out.
 */
export async function readWholePlan(
  backend: Backend,
  applicationId: string,
  scope: Scope,
  limit: number,
): Promise<PlanAnswer> {
  const plan = await readPlan(backend, applicationId, scope, ALL_STEPS);
  if (!plan.truncated) return plan;
  const kinds = hiddenKinds(plan, limit);
  const steps = plan.steps.filter(({ kind }) => !kinds.includes(kind));
  for (const kind of kinds) {
    const ofKind = await readPlan(backend, applicationId, scope, limit, kind);
    const same = ofKind.checksum === plan.checksum;
    steps.push(...(same ? ofKind.steps : plan.steps.filter((step) => step.kind === kind)));
  }
  return { ...plan, steps };
}
