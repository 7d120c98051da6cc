/** What a service provider takes from an identity provider's metadata (SAML Metadata §2.4.3). */
import { DOMParser } from '@xmldom/xmldom';

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

export interface IdpMetadata {
  readonly entityId: string;
  /** For the HTTP-Redirect binding. */
  readonly signOnUrl: string;
  /** Base64, the one that signs now first. */
  readonly certificates: readonly string[];
}

export function readIdpMetadata(xml: string): IdpMetadata {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  if (root === null) throw new Error('The metadata holds no element.');
  const all = (namespace: string, name: string) => Array.from(root.getElementsByTagNameNS(namespace, name));
  const signOn = all(METADATA, 'SingleSignOnService').find(
    (service) => service.getAttribute('Binding') === REDIRECT,
  );
  const entityId = root.getAttribute('entityID');
  const signOnUrl = signOn?.getAttribute('Location');
  if (!entityId || !signOnUrl)
    throw new Error('The metadata names no entityID or no HTTP-Redirect endpoint.');
  const certificates = all(XMLDSIG, 'X509Certificate').map((one) =>
    (one.textContent ?? '').replace(/\s/g, ''),
  );
  return { entityId, signOnUrl, certificates };
}
