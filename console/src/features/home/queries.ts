/** What Home asks. The stream keeps all of it up to date. */
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from '../../api/client';

export type Need = Schemas['Need'];
export type FirstStep = Schemas['FirstStep'];
export type Standing = Schemas['ApplicationWithStatus'];

export const needsQuery = queryOptions({
  queryKey: ['attention'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/attention', { signal })),
});

export const firstStepsQuery = queryOptions({
  queryKey: ['first-steps'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/first-steps', { signal })),
});

/** More than these are looked at in their own list. */
const SHOWN = 20;

export const standingsQuery = queryOptions({
  queryKey: ['applications', 'list', 'standings'],
  queryFn: ({ signal }) =>
    take(api.GET('/api/v1/applications/status', { params: { query: { limit: SHOWN } }, signal })),
});
