/** The numbers behind the charts. They are read again each minute: a sync makes thousands of events, and a picture of days need not follow each. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from '../../../api/client';

export type ProvisionedDay = Schemas['ProvisioningInsight']['days'][number];
export type LeaversDay = Schemas['LeaversInsight']['days'][number];
export type ErrorsOfApplication = Schemas['ErrorsInsight']['applications'][number];

const MINUTE_MS = 60_000;

const shared = { refetchInterval: MINUTE_MS, placeholderData: keepPreviousData } as const;

export const provisionedQuery = (days: number) =>
  queryOptions({
    ...shared,
    queryKey: ['insights', 'provisioning', days],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/insights/provisioning', { params: { query: { days } }, signal })),
  });

export const leaversQuery = (days: number) =>
  queryOptions({
    ...shared,
    queryKey: ['insights', 'leavers', days],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/insights/leavers', { params: { query: { days } }, signal })),
  });

export const errorsQuery = (days: number) =>
  queryOptions({
    ...shared,
    queryKey: ['insights', 'errors', days],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/insights/errors', { params: { query: { days } }, signal })),
  });
