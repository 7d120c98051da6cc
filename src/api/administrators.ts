/** Who holds which role in Rollcall. */
import { z } from 'zod';
import { roleNames, whatRoleMay } from '../access/demand.ts';
import { roles } from '../access/roles.ts';
import { userStates } from '../directory/user.ts';
import { act } from '../http/act.ts';
import { idSchema, listOf, nothing, pageQuery, sortBy, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import {
  administratorSorts,
  giveRole,
  listAdministrators,
  takeRole,
  type Administrator,
} from '../store/administrators.ts';
import { pageOfAll } from '../store/page.ts';
import { roleDeed } from './deeds.ts';

const administratorSchema = z
  .object({
    userId: z.guid(),
    username: z.string(),
    displayname: z.string().nullable(),
    email: z.string().nullable(),
    state: z.enum(userStates).describe('Only an active user may sign in.'),
    role: z.enum(roles),
    last: z
      .boolean()
      .describe(
        'The last Administrator who is active, or who can sign in: first somebody else is given the role, or a password.',
      ),
    whyLast: z
      .string()
      .nullable()
      .describe('Of whom they are the last, and what to do first. Null unless they are `last`.'),
    givenAt: timeSchema,
  })
  .meta({ id: 'Administrator' });

const WHY_LAST = {
  'in charge': 'The only active Administrator: first somebody else is given that role.',
  'signing in': 'The only active Administrator who can sign in: first another one sets a password.',
} as const;

const shown = ({ onlyOne, ...administrator }: Administrator): z.infer<typeof administratorSchema> => ({
  ...administrator,
  last: onlyOne !== null,
  whyLast: onlyOne && WHY_LAST[onlyOne],
});

const roleSchema = z
  .object({
    role: z.enum(roles),
    name: z.string(),
    sentence: z.string().describe('What it is for.'),
  })
  .meta({ id: 'Role' });

const roleBody = z.strictObject({ role: z.enum(roles) }).meta({ id: 'GivenRole' });
const userParams = z.strictObject({ userId: idSchema });

const tags = ['Administrators'];

const list: Route = (api, { database }) =>
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
    async (request) => {
      const page = await listAdministrators(database.db, request.query);
      return { ...page, items: page.items.map(shown) };
    },
  );

const listAllRoles: Route = (api) =>
  api.get(
    '/administrators/roles',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'List the roles',
        querystring: pageQuery,
        response: { 200: listOf(roleSchema) },
      },
    },
    (request) =>
      pageOfAll(
        roles.map((role) => ({ role, name: roleNames[role], sentence: whatRoleMay(role) })),
        request.query,
        ({ role }) => role,
        ({ name, role }) => `${name} ${role}`,
      ),
  );

const give: Route = (api, { database }) =>
  api.put(
    '/administrators/:userId',
    {
      config: { allow: 'administer', audit: 'role.given' },
      schema: {
        tags,
        summary: 'Give a person a role',
        description:
          'In place of the one that they hold. The last Administrator who is active, or who can sign in, keeps theirs.',
        params: userParams,
        body: roleBody,
        response: { 200: administratorSchema },
      },
    },
    (request) =>
      act(database, request, async (tx) => {
        const change = await giveRole(tx, request.params.userId, request.body.role);
        return [shown(change.after), roleDeed(change)];
      }),
  );

const take: Route = (api, { database }) =>
  api.delete(
    '/administrators/:userId',
    {
      config: { allow: 'administer', audit: 'role.taken' },
      schema: {
        tags,
        summary: "Take a person's role away",
        description:
          'They stay in the directory. The last Administrator who is active, or who can sign in, keeps theirs.',
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

export const administratorRoutes = routes(list, listAllRoles, give, take);
