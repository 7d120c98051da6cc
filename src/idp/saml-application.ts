/** An application as SAML sees it: who may ask, where answers go, and what signs them. */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { idParams } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { unwritableSettings } from '../saml/given-settings.ts';
import type { SsoSettings } from '../saml/settings.ts';
import type { Signer } from '../saml/signature.ts';
import { getApplication, type Application } from '../store/applications.ts';
import { readSigner } from '../store/saml-certificates.ts';
import { ssoOf } from '../store/sso.ts';
import { addressesOf, type Addresses } from './addresses.ts';

export interface SamlApplication {
  readonly application: Application;
  readonly settings: SsoSettings;
  readonly addresses: Addresses;
  readonly signer: Signer;
}

const notHere = (): Problem =>
  new Problem(
    'not-found',
    'There is no application at this address. It was deleted, or the service provider has the wrong address.',
  );

/** The application of the address. Throws a `Problem` where there is none. */
export async function applicationAt(deps: ApiDeps, request: FastifyRequest): Promise<Application> {
  const parsed = idParams.loose().safeParse(request.params);
  if (!parsed.success) throw notHere();
  return getApplication(deps.database.db, parsed.data.id).catch((error: unknown) => {
    throw error instanceof Problem && error.kind === 'not-found' ? notHere() : error;
  });
}

const turnedOff = ({ label }: Application): string =>
  `Single sign-on of ${label} is turned off. An administrator can enable it in the application's SSO settings.`;

const unwritable = ({ label }: Application, settings: readonly string[]): string =>
  `Single sign-on of ${label} does not work: XML cannot hold a character in its ${settings.length === 1 ? 'setting' : 'settings'} ${settings.join(', ')}. An administrator can correct it in the application's SSO settings.`;

/** The same where it can be visited; else the sentence that says why nothing comes of a visit. */
export async function samlApplication(
  deps: ApiDeps,
  request: FastifyRequest,
  application: Application,
): Promise<SamlApplication | string> {
  const settings = ssoOf(application);
  const signer = await readSigner(deps.database.db, deps.secrets, application.id);
  if (!settings.enabled || signer === undefined) return turnedOff(application);
  const wrong = unwritableSettings(settings);
  if (wrong.length > 0) return unwritable(application, wrong);
  return { application, settings, signer, addresses: addressesOf(deps.config, request, application.id) };
}

/** The same where it may not be there any more; null where it cannot be visited. */
export async function findSamlApplication(
  deps: ApiDeps,
  request: FastifyRequest,
  applicationId: string,
): Promise<SamlApplication | null> {
  try {
    const saml = await samlApplication(deps, request, await getApplication(deps.database.db, applicationId));
    return typeof saml === 'string' ? null : saml;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return null;
    throw error;
  }
}
