/** An identity provider set up with the sandbox, and a person's way through both. */
import { z } from 'zod';
import { Browser, type Page } from '../../src/cli/demo-browser.ts';
import {
  encoded,
  newSigner,
  readAuthnRequest,
  responseXml,
  type Assertion,
} from '../support/samlp-messages.ts';
import type { Client } from './sandbox-client.ts';

export const ISSUER = 'https://idp.example.com/saml';
export const SIGN_ON_URL = 'https://idp.example.com/saml/sso?application=1';

const samlSchema = z.object({ customerId: z.string(), acsUrl: z.string(), audience: z.string() });
const signInsSchema = z.object({
  signIns: z.array(
    z.object({
      email: z.string().nullable(),
      method: z.string(),
      initiatedBy: z.string().nullable(),
      result: z.string(),
      reason: z.string(),
    }),
  ),
});

const signer = newSigner();
const stranger = newSigner();

export const certificate = signer.cert;

/** What differs from a good Response. */
export interface Change extends Partial<Assertion> {
  /** Signs with a key that the sandbox does not know. */
  readonly strangeKey?: boolean;
  /** Alters the Response after it was signed. */
  readonly tamper?: (xml: string) => string;
}

export class Sso {
  readonly client: Client;
  browser = new Browser();

  constructor(client: Client) {
    this.client = client;
  }

  get url(): string {
    return this.client.sandbox.url;
  }

  /** The connection is saved, and a browser is new. */
  async connect(requireSso = false): Promise<void> {
    this.browser = new Browser();
    await this.client.control('PUT', '/saml', { signOnUrl: SIGN_ON_URL, certificate, requireSso });
  }

  async saml(): Promise<z.output<typeof samlSchema>> {
    return samlSchema.parse((await this.client.control('GET', '/saml')).body);
  }

  /** A Response for that email, base64. */
  async response(email: string, change: Change = {}): Promise<string> {
    const { acsUrl, audience } = await this.saml();
    const { strangeKey, tamper = (xml: string) => xml, ...differs } = change;
    const good = { issuer: ISSUER, acsUrl, audience, nameId: email, attributes: { email } };
    return encoded(tamper(await responseXml(strangeKey ? stranger : signer, { ...good, ...differs })));
  }

  async post(SAMLResponse: string): Promise<Page> {
    const { acsUrl } = await this.saml();
    return this.browser.submit({ action: new URL(acsUrl), fields: { SAMLResponse } });
  }

  /** IdP-initiated: a Response that nobody asked for. */
  async arrive(email: string, change: Change = {}): Promise<Page> {
    return this.post(await this.response(email, change));
  }

  /** SP-initiated, as far as the AuthnRequest. */
  async ask() {
    const { location } = await this.browser.visit(`${this.url}/login/sso`);
    if (!location) throw new Error('The sandbox sends nobody to the identity provider.');
    return { location, request: await readAuthnRequest(location) };
  }

  async signIns(): Promise<z.output<typeof signInsSchema>['signIns']> {
    return signInsSchema.parse((await this.client.control('GET', '/sign-ins')).body).signIns;
  }
}
