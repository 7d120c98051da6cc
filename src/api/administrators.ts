/** Who holds which role in Rollcall. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '../access/roles.ts';
import { userStates } from '../directory/user.ts';
import { administratorSorts, giveRole, listAdministrators, takeRole } from '../store/administrators.ts';
import { act } from './act.ts';
import { idSchema, listOf, nothing, pageQuery, sortBy, timeSchema } from './contract.ts';
import { roleDeed } from './deeds.ts';
import type { ApiDeps } from './deps.ts';

const administratorSchema = z
  .object({
    userId: z.guid(),
    username: z.string(),
    displayname: z.string().nullable(),
    email: z.string().nullable(),
    state: z.enum(userStates).describe('Only an active user may sign in.'),
    role: z.enum(roles),
    givenAt: timeSchema,
  })
  .meta({ id: 'Administrator' });

const roleBody = z.strictObject({ role: z.enum(roles) }).meta({ id: 'GivenRole' });
const userParams = z.strictObject({ userId: idSchema });

const tags = ['Administrators'];

export const administratorRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { database }, done) => {
  api.get(
    '/administrators',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'List who holds a role',
        querystring: pageQuery.extend({ sort: sortBy(administratorSorts).default('username') }),
        response: { 200: listOf(administratorSchema) },
      },
    },
    (request) => listAdministrators(database.db, request.query),
  );

  api.put(
    '/administrators/:userId',
    {
      config: { allow: 'administer', audit: 'role.given' },
      schema: {
        tags,
        summary: 'Give a person a role',
        description: 'In place of the one that they hold. The last active Administrator keeps theirs.',
        params: userParams,
        body: roleBody,
        response: { 200: administratorSchema },
      },
    },
    (request) =>
      act(database, request, async (tx) => {
        const change = await giveRole(tx, request.params.userId, request.body.role);
        return [change.after, roleDeed(change)];
      }),
  );

  api.delete(
    '/administrators/:userId',
    {
      config: { allow: 'administer', audit: 'role.taken' },
      schema: {
        tags,
        summary: "Take a person's role away",
        description: 'They stay in the directory. The last active Administrator keeps theirs.',
        params: userParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await act(database, request, async (tx) => {
        const before = await takeRole(tx, request.params.userId);
        return [undefined, roleDeed({ before })];
      });
      return reply.code(204).send();
    },
  );

  done();
};
