/** Rotating the certificate that signs: the next one is announced, then activated, then the old one is removed. */
import { z } from 'zod';
import { act } from '../http/act.ts';
import { idParams, idSchema, nothing } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { makeCertificate } from '../idp/certificates.ts';
import { getApplication, lockApplication } from '../store/applications.ts';
import { activateCertificate, addCertificate, deleteCertificate } from '../store/saml-certificates.ts';
import { certificateDeed } from './deeds.ts';
import { certificateSchema, toCertificate } from './sso-schemas.ts';

const tags = ['Single sign-on'];
const path = '/applications/:id/sso/certificates';
const params = z.strictObject({ id: idSchema, certificateId: idSchema });

const make: Route = (api, deps) =>
  api.post(
    path,
    {
      config: { allow: 'administer', audit: 'application.certificateMade' },
      schema: {
        tags,
        summary: 'Make the next certificate',
        description:
          'It is announced in the metadata at once, and signs once it is activated. Give service providers that do not read the metadata by themselves the time to take it over.',
        params: idParams,
        response: { 201: certificateSchema },
      },
    },
    async (request, reply) => {
      const application = await getApplication(deps.database.db, request.params.id);
      const made = await makeCertificate(deps, application);
      const after = await act(deps.database, request, async (tx) => {
        await lockApplication(tx, application.id, 'any');
        const added = await addCertificate(tx, deps.secrets, made);
        return [added, certificateDeed(application, { after: added })];
      });
      return reply.code(201).send(toCertificate(after));
    },
  );

const activate: Route = (api, { database }) =>
  api.post(
    `${path}/:certificateId/activate`,
    {
      config: { allow: 'administer', audit: 'application.certificateActivated' },
      schema: {
        tags,
        summary: 'Let the next certificate sign',
        description: 'The one that signed until now stays in the metadata until it is deleted.',
        params,
        response: { 200: certificateSchema },
      },
    },
    async (request) => {
      const { certificateId, id } = request.params;
      return act(database, request, async (tx) => {
        const application = await lockApplication(tx, id, 'any');
        const after = await activateCertificate(tx, id, certificateId);
        const before = { ...after, state: 'next' as const };
        return [toCertificate(after), certificateDeed(application, { before, after })];
      });
    },
  );

const remove: Route = (api, { database }) =>
  api.delete(
    `${path}/:certificateId`,
    {
      config: { allow: 'administer', audit: 'application.certificateDeleted' },
      schema: {
        tags,
        summary: 'Remove a certificate that does not sign',
        description: 'It leaves the metadata, and its key is gone.',
        params,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { certificateId, id } = request.params;
      await act(database, request, async (tx) => {
        const application = await lockApplication(tx, id, 'any');
        const before = await deleteCertificate(tx, id, certificateId);
        return [undefined, certificateDeed(application, { before })];
      });
      return reply.code(204).send();
    },
  );

export const ssoCertificateRoutes = routes(make, activate, remove);
