/** What is asked and told of the plan of an application, and of leavers who are held. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from '../../../api/client';
import { refresh } from '../../../api/queries';
import { listQuery, PAGE_SIZE, type ListSearch } from '../../../ui/list-state';
import type { Plan, Step, StepKind } from './step-kinds';

export type Hold = Schemas['Hold'];
export type HeldUser = Schemas['HeldUser'];

const at = (id: string) => ({ path: { id } });

/** Which steps of a plan are shown; it sums up all. */
export interface PlanView {
  readonly kind?: StepKind;
  readonly search?: string;
  readonly limit?: number;
}

/** Working out a plan takes the server some time, so that it has a key of its own: events do not ask for it again. */
const plansKey = (id: string) => ['plans', id] as const;

export const planQuery = (id: string, view: PlanView) =>
  queryOptions({
    queryKey: [...plansKey(id), view],
    queryFn: ({ signal }): Promise<Plan> =>
      take(api.GET('/api/v1/applications/{id}/plan', { params: { ...at(id), query: { ...view } }, signal })),
    placeholderData: keepPreviousData,
  });

export const readPlanAgain = (id: string): Promise<void> => refresh(plansKey(id));

/** A part of the steps that were read, as a list of the table's kind: a plan is not paged by the server. */
export function pageOfPlan({ steps, matching }: Plan, cursor = '0') {
  const begin = Number(cursor);
  const end = begin + PAGE_SIZE;
  return {
    items: steps.slice(begin, end).map((step, index) => ({ step, at: begin + index })),
    nextCursor: end < steps.length ? String(end) : null,
    total: matching,
  };
}

/** A step and its place in the plan. */
export interface PlacedStep {
  readonly step: Step;
  readonly at: number;
}

export async function applyPlan(id: string, checksum: string): Promise<string> {
  const { message } = await take(
    api.POST('/api/v1/applications/{id}/apply', { params: at(id), body: { checksum } }),
  );
  await refresh(['applications', id]);
  return message;
}

/** The hold that waits for a decision, if there is one. */
export const openHoldQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'holds', 'open'],
    queryFn: async ({ signal }): Promise<Hold | null> => {
      const query = { state: 'open' as const, limit: 1 };
      const options = { params: { ...at(id), query }, signal };
      const { items } = await take(api.GET('/api/v1/applications/{id}/holds', options));
      return items[0] ?? null;
    },
  });

const atHold = (id: string, holdId: string) => ({ path: { id, holdId } });

export const heldUsersQuery = (id: string, holdId: string, search: ListSearch<never>) =>
  queryOptions({
    queryKey: ['applications', id, 'holds', holdId, search],
    queryFn: async ({ signal }) => {
      const params = { ...atHold(id, holdId), query: listQuery(search) };
      return (await take(api.GET('/api/v1/applications/{id}/holds/{holdId}', { params, signal }))).users;
    },
    placeholderData: keepPreviousData,
  });

const decided = async (id: string, asked: Promise<Hold>): Promise<void> => {
  await asked;
  await refresh(['applications', id], plansKey(id));
};

/** Refused where more or fewer wait by now than were seen. */
export const approveHold = (id: string, { id: holdId, held }: Hold): Promise<void> =>
  decided(
    id,
    take(
      api.POST('/api/v1/applications/{id}/holds/{holdId}/approve', {
        params: atHold(id, holdId),
        body: { held },
      }),
    ),
  );

export const rejectHold = (id: string, { id: holdId, held }: Hold): Promise<void> =>
  decided(
    id,
    take(
      api.POST('/api/v1/applications/{id}/holds/{holdId}/reject', {
        params: atHold(id, holdId),
        body: { held },
      }),
    ),
  );
