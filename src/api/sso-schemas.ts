/** What the routes of single sign-on answer, and how what they are given becomes settings. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireConnector } from '../connectors/catalog.ts';
import { badInput, unreadable } from '../errors.ts';
import { fieldErrorsOf, sentence, summary } from '../fields.ts';
import { idParams, timeSchema } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { addressesOf } from '../idp/addresses.ts';
import { readCertificate } from '../saml/certificate.ts';
import { SamlRefusal } from '../saml/refusal.ts';
import { givenSsoSchema } from '../saml/given-settings.ts';
import {
  ssoFromPreset,
  ssoSettingsSchema,
  type SsoSettings,
  type SsoSettingsInput,
} from '../saml/settings.ts';
import { getApplication, type Application } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { listCertificates, type SigningCertificate } from '../store/saml-certificates.ts';
import { ssoOf } from '../store/sso.ts';

export const certificateSchema = z
  .object({
    id: z.guid(),
    state: z
      .enum(['current', 'next', 'retired'])
      .describe('`next` is announced in the metadata and does not sign yet; `retired` signed before.'),
    subject: z.string(),
    notBefore: timeSchema,
    notAfter: timeSchema.describe('When it expires. Rotate it before.'),
    fingerprint: z.string().describe('SHA-256.'),
    certificate: z.string().describe('PEM, for service providers that take no metadata.'),
  })
  .meta({ id: 'SigningCertificate' });

const identityProviderSchema = z.object({
  entityId: z.string(),
  metadataUrl: z.string(),
  ssoUrl: z.string(),
  startUrl: z.string().describe('Where a person begins who does not begin at the service provider.'),
  sloUrl: z.string(),
  certificates: z.array(certificateSchema).readonly(),
});

export const ssoSchema = z
  .looseObject(ssoSettingsSchema.shape)
  .extend({
    spCertificates: z.object({ signing: z.array(z.string()), encryption: z.string().nullable() }),
    identityProvider: identityProviderSchema.describe('What the service provider has to be told.'),
    required: z.boolean().describe('The connection can be activated only while single sign-on is enabled.'),
    asks: z
      .array(z.object({ name: z.string(), label: z.string(), help: z.string() }))
      .readonly()
      .describe('What the connector needs to know; give it in `answers`.'),
  })
  .meta({ id: 'Sso' });

/** A certificate as it is answered: PEM with what it says of itself, and never its key. */
export function toCertificate({ id, state, certificate }: SigningCertificate) {
  const { subject, notBefore, notAfter, fingerprint } = readCertificate(certificate);
  return {
    id,
    state,
    subject,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    fingerprint,
    certificate,
  };
}

/** The settings as they are answered, with the addresses and certificates that the service provider is told. */
export async function toSso(
  { config }: ApiDeps,
  request: FastifyRequest,
  handle: Handle,
  application: Application,
) {
  const { entityId, ...urls } = addressesOf(config, request, application.id);
  const connector = requireConnector(application);
  const certificates = (await listCertificates(handle, application.id)).map(toCertificate);
  return {
    ...ssoOf(application),
    identityProvider: { entityId, metadataUrl: entityId, ...urls, certificates },
    required: connector.requiresSso,
    asks: connector.sso?.asks ?? [],
  };
}

/** Settings that are not the body of a request. Throws a `Problem` that names what cannot be used. */
export function parseSettings(input: unknown): SsoSettings {
  const parsed = givenSsoSchema.safeParse(input, { error: sentence });
  if (parsed.success) return parsed.data;
  const errors = fieldErrorsOf(parsed.error);
  throw badInput(summary(errors), errors);
}

/** What somebody else's XML was refused for, as bad input. */
export function refusedAsBadInput<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof SamlRefusal ? unreadable(error.message) : error;
  }
}

const asRead = z.unknown().optional().describe('As it was read. It may be left out, and changes nothing.');
const beside = { identityProvider: asRead, required: asRead, asks: asRead };

/** Settings as they are written: what was read can be. */
export const ssoBodySchema = z
  .strictObject({ ...ssoSettingsSchema.shape, ...beside })
  .meta({ id: 'SsoSettings' })
  .transform(({ identityProvider, required, asks, ...settings }): SsoSettingsInput => settings)
  .pipe(givenSsoSchema);

const givenSchema = z.looseObject({
  enabled: z.boolean().optional(),
  spEntityId: z.unknown().optional(),
  answers: z.record(z.string(), z.string()).default({}),
});

/** Whether a field has what no such field can have; a field that is missing for the others' sake is not meant. */
const hasWrongField = (body: unknown): boolean =>
  ssoBodySchema.safeParse(body).error?.issues.some(({ code }) => code !== 'custom') ?? false;

/** Before it is parsed: what the connector derives from the answers, under what was given. */
export async function completeBody({ database }: ApiDeps, request: FastifyRequest): Promise<void> {
  const body = givenSchema.safeParse(request.body).data;
  const params = idParams.safeParse(request.params);
  if (body === undefined || !params.success || hasWrongField(request.body)) return;
  const { sso } = requireConnector(await getApplication(database.db, params.data.id));
  const derives = sso !== null && body.spEntityId === undefined && body.enabled !== false;
  request.body = { ...(derives && ssoFromPreset(sso, body.answers)), ...body };
}
