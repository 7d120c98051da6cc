/** Users of the directory. Many at once are in bulk.ts. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { userInputSchema, userPatchSchema, userStates } from '../directory/user.ts';
import { act } from '../http/act.ts';
import { exactly, idParams, listOf, nothing, pageQuery, sortBy, timeSchema } from '../http/contract.ts';
import { causeOf, roleOfAsker } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { listGroups } from '../store/groups.ts';
import { listUsers, userSorts } from '../store/user-list.ts';
import { createUser, deleteUser, getUser, updateUser } from '../store/users.ts';
import { userDeed } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import { groupListQuery, groupSchema } from './groups.ts';
import { locationOf } from './location.ts';

export const userSchema = z
  .object({
    id: z.guid(),
    username: z.string(),
    email: z.string().nullable(),
    firstname: z.string().nullable(),
    lastname: z.string().nullable(),
    displayname: z.string().nullable(),
    state: z.enum(userStates).describe('Only an active user is entitled to anything.'),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'User' });

const tags = ['Users'];
export const userListQuery = pageQuery.extend({ sort: sortBy(userSorts).default('username') });
const userQuery = userListQuery.extend({ state: z.enum(userStates).optional(), username: exactly });

const list: Route = (api, { database }) =>
  api.get(
    '/users',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'List users', querystring: userQuery, response: { 200: listOf(userSchema) } },
    },
    (request) => listUsers(database.db, request.query),
  );

const create: Route = (api, { database }) =>
  api.post(
    '/users',
    {
      config: { allow: 'directory', audit: 'user.created' },
      schema: { tags, summary: 'Create a user', body: userInputSchema, response: { 201: userSchema } },
    },
    async (request, reply) => {
      const user = await act(database, request, async (tx) => {
        const after = await createUser(tx, request.body);
        return [after, userDeed({ after })];
      });
      tag(reply, user);
      return reply.code(201).header('location', locationOf(request, user.id)).send(user);
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/users/:id',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read a user', params: idParams, response: { 200: userSchema } },
    },
    async (request, reply) => {
      const user = await getUser(database.db, request.params.id);
      tag(reply, user);
      return user;
    },
  );

/** What a change of a user comes with. */
const editOf = (request: FastifyRequest) => ({
  expected: expectedOf(request),
  cause: causeOf(request),
  by: roleOfAsker(request),
});

const change: Route = (api, { database }) =>
  api.patch(
    '/users/:id',
    {
      config: { allow: 'directory', audit: 'user.updated' },
      schema: {
        tags,
        summary: 'Change a user',
        headers: ifMatch,
        params: idParams,
        body: userPatchSchema,
        response: { 200: userSchema },
      },
    },
    async (request, reply) => {
      const edit = editOf(request);
      const user = await act(database, request, async (tx) => {
        const change = await updateUser(tx, request.params.id, request.body, edit);
        return [change.after, userDeed(change)];
      });
      tag(reply, user);
      return user;
    },
  );

const remove: Route = (api, { database }) =>
  api.delete(
    '/users/:id',
    {
      config: { allow: 'directory', audit: 'user.deleted' },
      schema: {
        tags,
        summary: 'Delete a user',
        headers: ifMatch,
        params: idParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const edit = editOf(request);
      await act(database, request, async (tx) => {
        const before = await deleteUser(tx, request.params.id, edit);
        return [undefined, userDeed({ before })];
      });
      return reply.code(204).send();
    },
  );

const listGroupsOfUser: Route = (api, { database }) =>
  api.get(
    '/users/:id/groups',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: "List a user's groups",
        params: idParams,
        querystring: groupListQuery,
        response: { 200: listOf(groupSchema) },
      },
    },
    async (request) => {
      const user = await getUser(database.db, request.params.id);
      return listGroups(database.db, { ...request.query, userId: user.id });
    },
  );

export const userRoutes = routes(list, create, read, change, remove, listGroupsOfUser);
