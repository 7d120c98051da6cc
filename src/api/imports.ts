/** Imports: users of an application become users of the directory, or are linked to those who match (R31, R32). */
import { act } from '../http/act.ts';
import { idParams, listOf, pageQuery, sortBy } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { cancelImport } from '../store/import-end.ts';
import { createImport, retryImport } from '../store/import-start.ts';
import { getImport, listImports } from '../store/imports.ts';
import { importCancelledDeed, importDeed } from './deeds.ts';
import { readUsersFirst } from './first-reading.ts';
import { answerOf, mailFor } from './import-run.ts';
import {
  importParams,
  importSchema,
  importWithResultsSchema,
  newImportSchema,
  retryImportSchema,
} from './import-schemas.ts';
import { locationOf } from './location.ts';

const BODY_LIMIT = 64 * 1024 * 1024;

const importsQuery = pageQuery.extend({ sort: sortBy(['createdAt']).default('-createdAt') });

const tags = ['Import'];

const startImport: Route = (api, deps) => {
  const { database } = deps;
  api.post(
    '/applications/:id/imports',
    {
      config: { allow: 'directory', audit: 'import.started' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Import users of an application',
        description:
          'Each is made in the directory, or linked to whoever has that username or email; where nobody has read the users yet, they are read first. Nothing is sent to the application. Up to 100 are done when this answers; more go on in the background.',
        params: idParams,
        body: newImportSchema,
        response: { 201: importWithResultsSchema },
      },
    },
    async (request, reply) => {
      const { all, notify, overrides, remoteIds = [], search, state, wait } = request.body;
      const application = await getApplication(database.db, request.params.id);
      const mail = await mailFor(deps, request, application.id, notify);
      await readUsersFirst(deps, request, application);
      const choice = { new: request.body.new ?? false, search };
      const made = await act(database, request, async (tx) => {
        const after = await createImport(tx, {
          applicationId: application.id,
          selection: all === true ? { all: choice } : { remoteIds },
          overrides,
          userState: state,
          cause: causeOf(request),
          mail,
        });
        return [after, importDeed(application, after)];
      });
      return reply
        .code(201)
        .header('location', locationOf(request, made.id))
        .send(await answerOf(deps, request, made, wait));
    },
  );
};

const showImports: Route = (api, { database: { db } }) => {
  api.get(
    '/applications/:id/imports',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List imports',
        params: idParams,
        querystring: importsQuery,
        response: { 200: listOf(importSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(db, request.params.id);
      return listImports(db, id, request.query);
    },
  );
};

const showImport: Route = (api, { database: { db } }) => {
  api.get(
    '/applications/:id/imports/:importId',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read an import', params: importParams, response: { 200: importSchema } },
    },
    (request) => getImport(db, request.params.id, request.params.importId),
  );
};

const cancel: Route = (api, { database }) => {
  api.post(
    '/applications/:id/imports/:importId/cancel',
    {
      config: { allow: 'directory', audit: 'import.cancelled' },
      schema: {
        tags,
        summary: 'Cancel an import that runs',
        description:
          'Whoever was imported stays; whoever waits is not, and can be tried again. 409 where it is done.',
        params: importParams,
        response: { 200: importSchema },
      },
    },
    async (request) => {
      const { id: applicationId, importId } = request.params;
      const application = await getApplication(database.db, applicationId);
      return act(database, request, async (tx) => {
        const { label } = application;
        const after = await cancelImport(tx, { id: importId, applicationId, label, cause: causeOf(request) });
        return [after, importCancelledDeed(application, after)];
      });
    },
  );
};

const retry: Route = (api, deps) => {
  const { database } = deps;
  api.post(
    '/applications/:id/imports/:importId/retry',
    {
      config: { allow: 'directory', audit: 'import.retried' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Correct what was not imported, and try again',
        params: importParams,
        body: retryImportSchema,
        response: { 200: importWithResultsSchema },
      },
    },
    async (request) => {
      const { id: applicationId, importId } = request.params;
      const { notify, overrides, remoteIds, wait } = request.body;
      const application = await getApplication(database.db, applicationId);
      const mail = await mailFor(deps, request, applicationId, notify);
      const made = await act(database, request, async (tx) => {
        const after = await retryImport(tx, { applicationId, importId, remoteIds, overrides, mail });
        return [after, importDeed(application, after)];
      });
      return answerOf(deps, request, made, wait);
    },
  );
};

export const importRoutes = routes(startImport, showImports, showImport, cancel, retry);
