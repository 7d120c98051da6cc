/** The members of a group. */
import { act } from '../http/act.ts';
import { changeIdsSchema, changedSchema, idParams, listOf } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getGroup } from '../store/groups.ts';
import { changeMembers, listMembers } from '../store/members.ts';
import { namedUsers } from '../store/named.ts';
import { countsDeed, countsOf } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import { userListQuery, userSchema } from './users.ts';

/** Room for 200,000 ids to add and as many to remove. */
export const MEMBERS_BODY_LIMIT = 17 * 1024 * 1024;

const tags = ['Groups'];

const list: Route = (api, { database }) =>
  api.get(
    '/groups/:id/members',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the members of a group',
        params: idParams,
        querystring: userListQuery,
        response: { 200: listOf(userSchema) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      // Read before the list: where both differ, a write is refused once too often and never once too few.
      tag(reply, await getGroup(database.db, id));
      return listMembers(database.db, id, request.query);
    },
  );

const change: Route = (api, { database }) =>
  api.post(
    '/groups/:id/members',
    {
      config: { allow: 'directory', audit: 'group.membersChanged' },
      bodyLimit: MEMBERS_BODY_LIMIT,
      schema: {
        tags,
        summary: 'Add and remove members',
        description: 'Where `If-Match` is sent, the answer has the `ETag` of the group as it is now.',
        headers: ifMatch,
        params: idParams,
        body: changeIdsSchema,
        response: { 200: changedSchema },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request);
      const { id } = request.params;
      const expected = expectedOf(request);
      return act(database, request, async (tx) => {
        const change = await changeMembers(tx, id, request.body, cause, expected);
        // Whoever has not said what they have seen may not know of others' changes, and a tag costs a look at every member.
        if (expected !== 'any') tag(reply, await getGroup(tx, id));
        const counts = countsOf(change);
        const joined = await namedUsers(tx, change.added);
        const left = await namedUsers(tx, change.removed);
        return [counts, countsDeed({ kind: 'group', id, name: change.group }, counts, { joined, left })];
      });
    },
  );

export const memberRoutes = routes(list, change);
