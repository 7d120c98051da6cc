/** Single sign-on of an application: its settings, what the service provider is told of us, and what it tells of itself. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireConnector } from '../connectors/catalog.ts';
import { notFound } from '../errors.ts';
import { act } from '../http/act.ts';
import { idParams } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { addressesOf } from '../idp/addresses.ts';
import { makeCertificate } from '../idp/certificates.ts';
import { METADATA_TYPE, metadataOf } from '../idp/metadata.ts';
import { ssoFromMetadata } from '../saml/from-metadata.ts';
import type { SsoSettings } from '../saml/settings.ts';
import { readSpMetadata } from '../saml/sp-metadata.ts';
import { getApplication, lockApplication } from '../store/applications.ts';
import { addCertificate, hasCertificate } from '../store/saml-certificates.ts';
import { ssoOf, updateSso } from '../store/sso.ts';
import { ssoDeed } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import {
  completeBody,
  parseSettings,
  refusedAsBadInput,
  ssoBodySchema,
  ssoSchema,
  toSso,
} from './sso-schemas.ts';

const tags = ['Single sign-on'];
const path = '/applications/:id/sso';

const METADATA_TYPES = ['application/xml', 'text/xml', METADATA_TYPE];

/** Stores other settings; the first ones come with the first certificate. */
async function changeSso(
  deps: ApiDeps,
  request: FastifyRequest<{ Params: { id: string } }>,
  settingsOf: (before: SsoSettings) => SsoSettings,
) {
  const { database, secrets } = deps;
  const application = await getApplication(database.db, request.params.id);
  const has = await hasCertificate(database.db, application.id);
  const made = has ? null : await makeCertificate(deps, application);
  return act(database, request, async (tx) => {
    const before = await lockApplication(tx, application.id, expectedOf(request));
    const settings = settingsOf(ssoOf(before));
    const after = await updateSso(tx, before, settings, requireConnector(before).requiresSso);
    // Not where somebody else has set single sign-on up meanwhile.
    if (made !== null && !(await hasCertificate(tx, application.id))) await addCertificate(tx, secrets, made);
    const answer = { version: after.version, sso: await toSso(deps, request, tx, after) };
    return [answer, ssoDeed({ before, after })];
  });
}

const metadataAnswer = {
  description: 'SAML metadata.',
  content: { [METADATA_TYPE]: { schema: z.string() } },
};

const takeXml: Route = (api) =>
  api.addContentTypeParser(METADATA_TYPES, { parseAs: 'string' }, (_request, body, parsed) => {
    parsed(null, body);
  });

const read: Route = (api, deps) =>
  api.get(
    path,
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read the settings of single sign-on',
        params: idParams,
        response: { 200: ssoSchema },
      },
    },
    async (request, reply) => {
      const application = await getApplication(deps.database.db, request.params.id);
      tag(reply, application);
      return toSso(deps, request, deps.database.db, application);
    },
  );

const change: Route = (api, deps) =>
  api.put(
    path,
    {
      config: { allow: 'administer', audit: 'application.ssoChanged' },
      preValidation: (request) => completeBody(deps, request),
      schema: {
        tags,
        summary: 'Set up single sign-on',
        description:
          'Replaces the settings. Where the connector asks for something (`asks`), `{ "enabled": true, "answers": { … } }` is enough: what is left out is derived, unless `spEntityId` is given. The first settings come with a signing certificate. It cannot be turned off while the connection needs it.',
        headers: ifMatch,
        params: idParams,
        body: ssoBodySchema,
        response: { 200: ssoSchema },
      },
    },
    async (request, reply) => {
      const { sso, version } = await changeSso(deps, request, () => request.body);
      tag(reply, { version });
      return sso;
    },
  );

const downloadMetadata: Route = (api, { config, database }) =>
  api.get(
    `${path}/metadata`,
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Download the metadata for the service provider',
        params: idParams,
        response: { 200: metadataAnswer },
      },
    },
    async (request, reply) => {
      const application = await getApplication(database.db, request.params.id);
      const addresses = addressesOf(config, request, application.id);
      const xml = await metadataOf(database.db, application.id, addresses, ssoOf(application));
      if (xml === undefined) throw notFound('The metadata of an application without single sign-on');
      return reply
        .type(METADATA_TYPE)
        .header('content-disposition', 'attachment; filename="metadata.xml"')
        .serializer(String)
        .send(xml);
    },
  );

const uploadMetadata: Route = (api, deps) =>
  api.put(
    `${path}/service-provider-metadata`,
    {
      config: { allow: 'administer', audit: 'application.serviceProviderMetadataApplied' },
      schema: {
        tags,
        summary: "Upload the service provider's metadata",
        description: `As ${METADATA_TYPES.map((type) => `\`${type}\``).join(', ')}. What it says replaces what was set; what it says nothing of stays.`,
        consumes: METADATA_TYPES,
        headers: ifMatch,
        params: idParams,
        body: z.string().min(1),
        response: { 200: ssoSchema },
      },
    },
    async (request, reply) => {
      const metadata = refusedAsBadInput(() => readSpMetadata(request.body, deps.clock.now()));
      const { sso, version } = await changeSso(deps, request, (before) =>
        parseSettings(ssoFromMetadata(before, metadata)),
      );
      tag(reply, { version });
      return sso;
    },
  );

export const ssoRoutes = routes(takeXml, read, change, downloadMetadata, uploadMetadata);
