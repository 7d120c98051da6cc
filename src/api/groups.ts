/** Groups of the directory. Their members are in members.ts. */
import { z } from 'zod';
import { groupInputSchema, groupPatchSchema } from '../directory/group.ts';
import { act } from '../http/act.ts';
import { exactly, idParams, listOf, nothing, pageQuery, sortBy, timeSchema } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { createGroup, deleteGroup, getGroup, groupSorts, listGroups, updateGroup } from '../store/groups.ts';
import { groupDeed } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import { locationOf } from './location.ts';

export const groupSchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    description: z.string().nullable(),
    memberCount: z.int(),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Group' });

export const groupListQuery = pageQuery.extend({ sort: sortBy(groupSorts).default('name') });
const groupQuery = groupListQuery.extend({ name: exactly });

const tags = ['Groups'];

const list: Route = (api, { database }) =>
  api.get(
    '/groups',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List groups',
        querystring: groupQuery,
        response: { 200: listOf(groupSchema) },
      },
    },
    (request) => listGroups(database.db, request.query),
  );

const create: Route = (api, { database }) =>
  api.post(
    '/groups',
    {
      config: { allow: 'directory', audit: 'group.created' },
      schema: { tags, summary: 'Create a group', body: groupInputSchema, response: { 201: groupSchema } },
    },
    async (request, reply) => {
      const group = await act(database, request, async (tx) => {
        const after = await createGroup(tx, request.body);
        return [after, groupDeed({ after })];
      });
      tag(reply, group);
      return reply.code(201).header('location', locationOf(request, group.id)).send(group);
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/groups/:id',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read a group', params: idParams, response: { 200: groupSchema } },
    },
    async (request, reply) => {
      const group = await getGroup(database.db, request.params.id);
      tag(reply, group);
      return group;
    },
  );

const change: Route = (api, { database }) =>
  api.patch(
    '/groups/:id',
    {
      config: { allow: 'directory', audit: 'group.updated' },
      schema: {
        tags,
        summary: 'Change a group',
        headers: ifMatch,
        params: idParams,
        body: groupPatchSchema,
        response: { 200: groupSchema },
      },
    },
    async (request, reply) => {
      const edit = { expected: expectedOf(request), cause: causeOf(request) };
      const group = await act(database, request, async (tx) => {
        const change = await updateGroup(tx, request.params.id, request.body, edit);
        return [change.after, groupDeed(change)];
      });
      tag(reply, group);
      return group;
    },
  );

const remove: Route = (api, { database }) =>
  api.delete(
    '/groups/:id',
    {
      config: { allow: 'directory', audit: 'group.deleted' },
      schema: {
        tags,
        summary: 'Delete a group',
        headers: ifMatch,
        params: idParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const edit = { expected: expectedOf(request), cause: causeOf(request) };
      await act(database, request, async (tx) => {
        const before = await deleteGroup(tx, request.params.id, edit);
        return [undefined, groupDeed({ before })];
      });
      return reply.code(204).send();
    },
  );

export const groupRoutes = routes(list, create, read, change, remove);
