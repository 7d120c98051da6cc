/** What several parts of Insights ask. */
import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client';

const MOST = 1000;

/** The applications to choose from. */
export const applicationChoicesQuery = queryOptions({
  queryKey: ['applications', 'choices'],
  queryFn: ({ signal }) =>
    take(api.GET('/api/v1/applications', { params: { query: { limit: MOST } }, signal })),
});
