/** Whom an application holds, for import. */
import { flag, idParams, pageQuery, sortBy, usualFlag } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { candidateSorts, listCandidates } from '../store/candidates.ts';
import { getRoster } from '../store/roster.ts';
import { candidateListSchema, rosterSchema } from './candidate-schemas.ts';
import { readUsersFirst } from './first-reading.ts';

const candidateQuery = pageQuery.extend({
  new: flag.describe('Only whom nobody in the directory is linked to, or matches.'),
  sort: sortBy(candidateSorts).default('userName'),
  read: usualFlag.describe(
    'Whether they are read first where nobody has read them yet, the connection is active and whoever asks may import. What takes longer than ten seconds goes on behind the answer: look again, `roster` says how far it is.',
  ),
});

const tags = ['Import'];

const list: Route = (api, deps) =>
  api.get(
    '/applications/:id/import/users',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the users of an application',
        description:
          'As they were last read (`roster`); `POST …/refresh` reads them again. `search` looks in username, email and display name.',
        params: idParams,
        querystring: candidateQuery,
        response: { 200: candidateListSchema },
      },
    },
    async (request) => {
      const { db } = deps.database;
      const application = await getApplication(db, request.params.id);
      const { id } = application;
      if (request.query.read) await readUsersFirst(deps, request, application);
      return { ...(await listCandidates(db, id, request.query)), roster: await getRoster(db, id) };
    },
  );

const refresh: Route = (api, { database, engine }) =>
  api.post(
    '/applications/:id/import/users/refresh',
    {
      config: { allow: 'directory', audit: null },
      schema: {
        tags,
        summary: "Read the application's users",
        description:
          'Page by page, at the pace of the connection, which must be active; nothing is changed. The `roster` of the list shows how far it is.',
        params: idParams,
        response: { 202: rosterSchema },
      },
    },
    async (request, reply) => {
      const { id } = await getApplication(database.db, request.params.id);
      await engine.readUsers(id);
      return reply.code(202).send(await getRoster(database.db, id));
    },
  );

export const candidateRoutes = routes(list, refresh);
