/** The applications of the catalog that were added: label, description, logo. The connection of one is in identity-management.ts. */
import { z } from 'zod';
import { catalog, findConnector } from '../connectors/catalog.ts';
import { count } from '../count.ts';
import { emptyIsNull, lines, visibleLine } from '../directory/text.ts';
import { badInput } from '../errors.ts';
import { act } from '../http/act.ts';
import {
  exactly,
  idParams,
  idSchema,
  listOf,
  nothing,
  pageQuery,
  sortBy,
  timeSchema,
} from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import {
  applicationSorts,
  createApplication,
  getApplication,
  listApplications,
  updateApplication,
  type Application,
} from '../store/applications.ts';
import { deleteApplications } from '../store/delete-applications.ts';
import { applicationDeed } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import { locationOf } from './location.ts';
import { logoSchema } from './logo.ts';

export const applicationSchema = z
  .object({
    id: z.guid(),
    connector: z.string(),
    label: z.string(),
    description: z.string().nullable(),
    logo: z.string().nullable(),
    sso: z.object({ enabled: z.boolean() }),
    identityManagement: z.object({ state: z.enum(connectionStates), groupManagement: z.boolean() }),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Application' });

const fields = {
  description: lines(2000).nullable().transform(emptyIsNull).optional(),
  logo: logoSchema
    .nullable()
    .optional()
    .describe('A PNG, JPEG or WebP image of at most 64 kB, as data:image/png;base64,….'),
};

export const applicationQuery = pageQuery.extend({ sort: sortBy(applicationSorts).default('label') });

const createBody = z
  .strictObject({ connector: z.string().max(100), label: visibleLine(100).optional(), ...fields })
  .meta({ id: 'NewApplication' });

const patchBody = z
  .strictObject({ label: visibleLine(100).optional(), ...fields })
  .meta({ id: 'ApplicationChange' });

const deleteBody = z.strictObject({
  ids: z.array(idSchema).min(1).max(1000),
  confirm: z
    .int()
    .describe('How many applications are to be deleted, so that nobody deletes more than they meant.'),
});

/** An application as it is answered. */
export function applicationAnswer(application: Application): z.infer<typeof applicationSchema> {
  const { groupManagement, state, sso, ...rest } = application;
  return { ...rest, sso: { enabled: sso.enabled }, identityManagement: { state, groupManagement } };
}

function chosenConnector(key: string) {
  const connector = findConnector(key);
  if (connector !== undefined) return connector;
  const message = `must be one of ${catalog.map((known) => known.key).join(', ')}.`;
  throw badInput(`connector ${message} There is none called "${key}".`, [{ path: 'connector', message }]);
}

/** R6: the number is typed, not taken from the list. */
function checkConfirmed(ids: readonly string[], confirm: number): void {
  const number = new Set(ids).size;
  if (confirm === number) return;
  const message = `must be ${number}, the number of applications to delete.`;
  throw badInput(`confirm ${message} Nothing was deleted.`, [{ path: 'confirm', message }]);
}

const tags = ['Applications'];

const list: Route = (api, { database }) =>
  api.get(
    '/applications',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List applications',
        querystring: applicationQuery.extend({ label: exactly }),
        response: { 200: listOf(applicationSchema) },
      },
    },
    async (request) => {
      const page = await listApplications(database.db, request.query);
      return { ...page, items: page.items.map(applicationAnswer) };
    },
  );

const create: Route = (api, { database }) =>
  api.post(
    '/applications',
    {
      config: { allow: 'administer', audit: 'application.created' },
      schema: { tags, summary: 'Add an application', body: createBody, response: { 201: applicationSchema } },
    },
    async (request, reply) => {
      const { connector, description = null, label, logo = null } = request.body;
      const { key, name } = chosenConnector(connector);
      const application = await act(database, request, async (tx) => {
        const fields = { connector: key, label: label ?? name, description, logo };
        const after = await createApplication(tx, fields);
        return [after, applicationDeed({ after })];
      });
      tag(reply, application);
      return reply
        .code(201)
        .header('location', locationOf(request, application.id))
        .send(applicationAnswer(application));
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/applications/:id',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read an application',
        params: idParams,
        response: { 200: applicationSchema },
      },
    },
    async (request, reply) => {
      const application = await getApplication(database.db, request.params.id);
      tag(reply, application);
      return applicationAnswer(application);
    },
  );

const change: Route = (api, { database }) =>
  api.patch(
    '/applications/:id',
    {
      config: { allow: 'administer', audit: 'application.updated' },
      schema: {
        tags,
        summary: 'Change an application',
        headers: ifMatch,
        params: idParams,
        body: patchBody,
        response: { 200: applicationSchema },
      },
    },
    async (request, reply) => {
      const application = await act(database, request, async (tx) => {
        const change = await updateApplication(tx, request.params.id, request.body, expectedOf(request));
        return [change.after, applicationDeed(change)];
      });
      tag(reply, application);
      return applicationAnswer(application);
    },
  );

const remove: Route = (api, { database }) =>
  api.delete(
    '/applications/:id',
    {
      config: { allow: 'administer', audit: 'application.deleted' },
      schema: {
        tags,
        summary: 'Delete an application',
        description: 'Its connection must be inactive. The target is left as it is.',
        headers: ifMatch,
        params: idParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await act(database, request, async (tx) => {
        const [before] = await deleteApplications(tx, [request.params.id], expectedOf(request));
        return [undefined, applicationDeed({ before: before ?? null })];
      });
      return reply.code(204).send();
    },
  );

const removeSeveral: Route = (api, { database }) =>
  api.post(
    '/applications/delete',
    {
      config: { allow: 'administer', audit: 'applications.deleted' },
      schema: {
        tags,
        summary: 'Delete several applications',
        description: 'All or none. Their connections must be inactive. The targets are left as they are.',
        body: deleteBody,
        response: { 200: z.object({ deleted: z.int() }) },
      },
    },
    async (request) => {
      const { confirm, ids } = request.body;
      checkConfirmed(ids, confirm);
      await act(database, request, async (tx) => {
        const labels = (await deleteApplications(tx, ids)).map(({ id, label }) => ({ id, label }));
        const name = count(labels.length, 'application');
        return [
          undefined,
          { subject: { kind: 'application', id: null, name }, before: { applications: labels } },
        ];
      });
      return { deleted: confirm };
    },
  );

export const applicationRoutes = routes(list, create, read, change, remove, removeSeveral);
