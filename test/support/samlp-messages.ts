/** Responses and requests by npm's samlp, an identity provider that nobody here wrote. */
import { promisify } from 'node:util';
import samlp, { type AuthnRequest, type Config } from 'samlp';
import { selfSigned } from './certificate.ts';

/** Who signs; made once for a test file, as RSA keys take their time. */
export interface Signer {
  readonly key: string;
  readonly cert: string;
}

export const newSigner = (): Signer => selfSigned('rsa');

/** What a Response says, and how it is signed. */
export interface Assertion {
  readonly issuer: string;
  readonly acsUrl: string;
  readonly audience: string;
  readonly nameId: string;
  readonly attributes: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly inResponseTo?: string | undefined;
  /** By default the ACS URL. */
  readonly recipient?: string;
  readonly destination?: string;
  readonly lifetimeInSeconds?: number;
  readonly signAssertion?: boolean;
  readonly signResponse?: boolean;
  readonly hash?: 'sha256' | 'sha1';
}

const EMAIL_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

const configOf = (signer: Signer, assertion: Assertion): Config => ({
  ...signer,
  issuer: assertion.issuer,
  audience: assertion.audience,
  recipient: assertion.recipient ?? assertion.acsUrl,
  destination: assertion.destination ?? assertion.acsUrl,
  inResponseTo: assertion.inResponseTo,
  lifetimeInSeconds: assertion.lifetimeInSeconds ?? 300,
  signAssertion: assertion.signAssertion ?? true,
  signResponse: assertion.signResponse ?? true,
  signatureAlgorithm: `rsa-${assertion.hash ?? 'sha256'}`,
  digestAlgorithm: assertion.hash ?? 'sha256',
  profileMapper: () => ({
    getClaims: () => assertion.attributes,
    getNameIdentifier: () => ({ nameIdentifier: assertion.nameId, nameIdentifierFormat: EMAIL_FORMAT }),
  }),
});

/** A Response as XML. */
export async function responseXml(signer: Signer, assertion: Assertion): Promise<string> {
  const make = promisify<Config, unknown, string | undefined>(samlp.getSamlResponse);
  const xml = await make(configOf(signer, assertion), {});
  if (xml === undefined) throw new Error('samlp made no Response.');
  return xml;
}

/** As it is posted (SAML Bindings §3.5.4). */
export const encoded = (xml: string): string => Buffer.from(xml).toString('base64');

/** The AuthnRequest in the address that a browser is sent to (SAML Bindings §3.4). */
export async function readAuthnRequest(url: URL): Promise<AuthnRequest> {
  const read = promisify(samlp.parseRequest);
  const query = { SAMLRequest: url.searchParams.get('SAMLRequest') ?? '' };
  const request = await read({ method: 'GET', query });
  if (!request) throw new Error('There is no AuthnRequest in the address.');
  return request;
}
