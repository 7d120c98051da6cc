/** An identity provider as the suite needs it: npm's samlp here, and whichever else is to be proved. */
import { createServer } from 'node:http';
import type { Browser, Page } from '../../src/cli/demo-browser.ts';
import { encoded, newSigner, readAuthnRequest, responseXml, type Signer } from '../support/samlp-messages.ts';
import { listenOnLoopback } from '../interop/http.ts';
import type { ServiceProvider, SignedIn } from './service-provider.ts';

export interface IdentityProvider {
  readonly name: string;
  readonly metadataXml: string;
  /** X.509, PEM: what its signatures are made with. */
  readonly certificate: string;
  /** Makes a service provider known to it. */
  readonly trust: (sp: ServiceProvider) => Promise<void>;
  /** Does what the person does at the page where the service provider sent them; gives the page whose form goes back there. */
  readonly signIn: (browser: Browser, page: Page) => Promise<Page>;
  /** IdP-initiated: the page whose form goes to that service provider, from the identity provider's own. */
  readonly launch: (browser: Browser, sp: ServiceProvider) => Promise<Page>;
  readonly close: () => Promise<void>;
}

const metadataXml = (entityId: string, { cert }: Signer): string => `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing">
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${cert.replace(/-----.*-----|\s/g, '')}</X509Certificate></X509Data></KeyInfo>
    </KeyDescriptor>
    <NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${entityId}/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>
`;

const field = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`;

const formPage = (acsUrl: string, response: string, relayState: string): string =>
  `<form method="post" action="${acsUrl}">${field('SAMLResponse', response)}${field('RelayState', relayState)}</form>`;

/** npm's samlp behind a bare server, at which everybody is that person. */
export async function startReferenceIdp(person: SignedIn): Promise<IdentityProvider> {
  const signer = newSigner();
  const trusted = new Map<string, ServiceProvider>();
  let entityId = '';

  const answer = async (sp: ServiceProvider, relayState: string, inResponseTo?: string): Promise<string> => {
    const { acsUrl, entityId: audience } = sp;
    const said = { issuer: entityId, acsUrl, audience, inResponseTo, ...person };
    return formPage(acsUrl, encoded(await responseXml(signer, said)), relayState);
  };

  const known = (name: string): ServiceProvider => {
    const sp = trusted.get(name);
    if (sp) return sp;
    throw new Error(`${name} is not trusted here.`);
  };

  const pageAt = async (url: URL): Promise<string> => {
    const launched = url.searchParams.get('launch');
    if (launched !== null) return answer(known(launched), known(launched).protectedUrl);
    const { id, issuer } = await readAuthnRequest(url);
    return answer(known(issuer), url.searchParams.get('RelayState') ?? '', id);
  };

  const server = createServer((request, response) => {
    pageAt(new URL(request.url ?? '/', entityId)).then(
      (page) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const { origin, close } = await listenOnLoopback(server);
  entityId = `${origin}/saml`;
  return {
    name: 'samlp',
    metadataXml: metadataXml(entityId, signer),
    certificate: signer.cert,
    trust: (sp) => {
      trusted.set(sp.entityId, sp);
      return Promise.resolve();
    },
    signIn: (_, page) => Promise.resolve(page),
    launch: (browser, sp) => browser.open(`${entityId}/sso?launch=${encodeURIComponent(sp.entityId)}`),
    close,
  };
}
