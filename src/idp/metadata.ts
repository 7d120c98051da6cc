/** The document by which a service provider knows an application's identity provider. */
import { buildIdpMetadata } from '../saml/metadata.ts';
import type { SsoSettings } from '../saml/settings.ts';
import type { Handle } from '../store/database.ts';
import { listCertificates } from '../store/saml-certificates.ts';
import type { Addresses } from './addresses.ts';

/** SAML Metadata 2.0, appendix A. */
export const METADATA_TYPE = 'application/samlmetadata+xml';

/** The document, or undefined before single sign-on was set up: there is no certificate then. */
export async function metadataOf(
  handle: Handle,
  applicationId: string,
  { entityId, ssoUrl, sloUrl }: Addresses,
  settings: SsoSettings,
): Promise<string | undefined> {
  const certificates = await listCertificates(handle, applicationId);
  if (certificates.length === 0) return undefined;
  return buildIdpMetadata({
    entityId,
    ssoUrl,
    sloUrl,
    nameIdFormat: settings.nameId.format,
    certificates: certificates.map(({ certificate }) => certificate),
    wantAuthnRequestsSigned: settings.wantRequestsSigned,
  });
}
