/** The metadata of our identity provider, one for each application (SAML Metadata 2.0 §2.4.3). */
import { bareBase64 } from './certificate.ts';
import { BINDING, NS } from './names.ts';
import { tag, type Xml } from './xml-text.ts';

interface IdpMetadata {
  /** The address at which this metadata is served. */
  readonly entityId: string;
  readonly ssoUrl: string;
  /** Null where single logout is not offered. */
  readonly sloUrl: string | null;
  readonly nameIdFormat: string;
  /** PEM: the one that signs now first, then the one that is announced to sign next, and those that signed before. */
  readonly certificates: readonly string[];
  readonly wantAuthnRequestsSigned: boolean;
}

/** The document. It is not signed: it is fetched over TLS from the address that is its name. */
export function buildIdpMetadata(metadata: IdpMetadata): string {
  const descriptor = tag(
    'md:IDPSSODescriptor',
    {
      protocolSupportEnumeration: NS.samlp,
      WantAuthnRequestsSigned: metadata.wantAuthnRequestsSigned,
    },
    [
      ...metadata.certificates.map(keyDescriptor),
      ...endpoints('md:SingleLogoutService', metadata.sloUrl),
      tag('md:NameIDFormat', {}, metadata.nameIdFormat),
      ...endpoints('md:SingleSignOnService', metadata.ssoUrl),
    ],
  );
  const root = tag('md:EntityDescriptor', { 'xmlns:md': NS.md, entityID: metadata.entityId }, [descriptor]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

function keyDescriptor(certificate: string): Xml {
  const x509 = tag('ds:X509Data', {}, [tag('ds:X509Certificate', {}, bareBase64(certificate))]);
  return tag('md:KeyDescriptor', { use: 'signing' }, [tag('ds:KeyInfo', { 'xmlns:ds': NS.ds }, [x509])]);
}

function endpoints(name: string, location: string | null): Xml[] {
  if (location === null) return [];
  return Object.values(BINDING).map((Binding) => tag(name, { Binding, Location: location }));
}
