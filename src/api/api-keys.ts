/** API keys, for programs that use the API. A key is answered once, when it is made. */
import { z } from 'zod';
import { roles } from '../access/roles.ts';
import { visibleLine } from '../directory/text.ts';
import { badInput } from '../errors.ts';
import { act } from '../http/act.ts';
import { idParams, listOf, momentSchema, nothing, pageQuery, sortBy, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { apiKeySorts, createApiKey, deleteApiKey, listApiKeys } from '../store/api-keys.ts';
import { apiKeyDeed } from './deeds.ts';

const apiKeySchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    role: z.enum(roles),
    createdAt: timeSchema,
    expiresAt: timeSchema.nullable(),
    lastUsedAt: timeSchema.nullable().describe('To the minute.'),
  })
  .meta({ id: 'ApiKey' });

const newKeySchema = z
  .object({ ...apiKeySchema.shape, key: z.string().describe('Shown this once; only a hash of it is kept.') })
  .meta({ id: 'MadeApiKey' });

const createBody = z
  .strictObject({
    name: visibleLine(100),
    role: z.enum(roles).default('administrator'),
    expiresAt: momentSchema.nullable().default(null),
  })
  .meta({ id: 'NewApiKey' });

const tags = ['API keys'];

const list: Route = (api, { database }) =>
  api.get(
    '/api-keys',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'List API keys',
        querystring: pageQuery.extend({ sort: sortBy(apiKeySorts).default('createdAt') }),
        response: { 200: listOf(apiKeySchema) },
      },
    },
    (request) => listApiKeys(database.db, request.query),
  );

const make: Route = (api, { clock, database }) =>
  api.post(
    '/api-keys',
    {
      config: { allow: 'administer', audit: 'apiKey.created' },
      schema: { tags, summary: 'Make an API key', body: createBody, response: { 201: newKeySchema } },
    },
    async (request, reply) => {
      const { expiresAt } = request.body;
      if (expiresAt !== null && Date.parse(expiresAt) <= clock.now().getTime()) {
        const message = 'must be a time to come.';
        throw badInput(`expiresAt ${message}`, [{ path: 'expiresAt', message }]);
      }
      const made = await act(database, request, async (tx) => {
        const after = await createApiKey(tx, request.body);
        return [after, apiKeyDeed({ after })];
      });
      return reply.code(201).send(made);
    },
  );

const end: Route = (api, { database }) =>
  api.delete(
    '/api-keys/:id',
    {
      config: { allow: 'administer', audit: 'apiKey.ended' },
      schema: { tags, summary: 'End an API key', params: idParams, response: { 204: nothing } },
    },
    async (request, reply) => {
      await act(database, request, async (tx) => {
        const before = await deleteApiKey(tx, request.params.id);
        return [undefined, apiKeyDeed({ before })];
      });
      return reply.code(204).send();
    },
  );

export const apiKeyRoutes = routes(list, make, end);
