/** People on their way to applications through Rollcall's identity provider, with a browser's means. */
import { randomBytes } from 'node:crypto';
import { SAML, ValidateInResponseTo, type Profile } from '@node-saml/node-saml';
import { z } from 'zod';
import { hashPassword } from '../../src/sign-in/password-hash.ts';
import { redirectUrl } from '../../src/saml/bindings.ts';
import { writePassword } from '../../src/store/passwords.ts';
import { made } from './api.ts';
import { formOf, type Browser, type Form, type Page } from '../../src/cli/demo-browser.ts';
import { authnRequest, SP, type RequestParts } from './saml.ts';
import type { TestRollcall } from './rollcall.ts';

export const PASSWORD = 'plum gravel sonnet';

export const ACS = 'https://sp.test/acs';

const hash = hashPassword(PASSWORD);

export async function givePassword(rollcall: TestRollcall, userId: string): Promise<void> {
  await writePassword(rollcall.database.db, userId, await hash);
}

/** Fills in the sign-in page, and goes on through redirects. */
export async function fillIn(browser: Browser, page: Page, username: string): Promise<Page> {
  const { action, fields } = formOf(page);
  return browser.submit({ action, fields: { ...fields, username, password: PASSWORD } });
}

/** The Response on a page that posts itself; undefined on any other page. */
export function responseOn(page: Page): string | undefined {
  if (!page.text.includes('name="SAMLResponse"')) return undefined;
  return Buffer.from(formOf(page).fields['SAMLResponse'] ?? '', 'base64').toString();
}

const ssoSchema = z.looseObject({
  spEntityId: z.string(),
  identityProvider: z.looseObject({
    entityId: z.string(),
    ssoUrl: z.string(),
    startUrl: z.string(),
    sloUrl: z.string(),
    certificates: z.array(
      z.looseObject({ id: z.string(), state: z.string(), certificate: z.string(), fingerprint: z.string() }),
    ),
  }),
});

export type Sso = z.infer<typeof ssoSchema>;

export const readSso = async ({ api }: TestRollcall, applicationId: string): Promise<Sso> =>
  ssoSchema.parse((await api('GET', `/applications/${applicationId}/sso`)).body);

/** Sets up single sign-on. Throws where it is refused. */
export async function setUpSso(
  { api }: TestRollcall,
  applicationId: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Sso> {
  const answer = await api('PUT', `/applications/${applicationId}/sso`, { enabled: true, ...settings });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return ssoSchema.parse(answer.body);
}

/** An application of some service provider, bound to a group of these people. */
export class Wiki {
  readonly rollcall: TestRollcall;
  readonly id: string;
  sso: Sso;

  private constructor(rollcall: TestRollcall, id: string, sso: Sso) {
    this.rollcall = rollcall;
    this.id = id;
    this.sso = sso;
  }

  static async start(
    rollcall: TestRollcall,
    people: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<Wiki> {
    const caller = { call: rollcall.api };
    const id = await made(caller, '/applications', { connector: 'scim2', label: 'Wiki' });
    const group = await made(caller, '/groups', { name: `Writers ${id}` });
    await rollcall.api('POST', `/groups/${group}/members`, { add: people });
    await rollcall.api('POST', `/applications/${id}/groups`, { add: [group] });
    const sso = await setUpSso(rollcall, id, { spEntityId: SP, acsUrls: [ACS], ...settings });
    return new Wiki(rollcall, id, sso);
  }

  /** An AuthnRequest of now, with what is different. */
  request({ attributes, ...parts }: RequestParts = {}): string {
    return authnRequest({
      ...parts,
      attributes: {
        ID: `_${randomBytes(8).toString('hex')}`,
        IssueInstant: new Date().toISOString(),
        Destination: this.sso.identityProvider.ssoUrl,
        AssertionConsumerServiceURL: ACS,
        ...attributes,
      },
    });
  }

  /** The address that a service provider sends a browser to. */
  url(parts: RequestParts = {}, relayState: string | null = 'page-7'): string {
    const destination = this.sso.identityProvider.ssoUrl;
    return redirectUrl({ kind: 'SAMLRequest', xml: this.request(parts), destination, relayState }, null);
  }

  /** The same as a form of the service provider's. */
  form(parts: RequestParts = {}): Form {
    const SAMLRequest = Buffer.from(this.request(parts)).toString('base64');
    return {
      action: new URL(this.sso.identityProvider.ssoUrl),
      fields: { SAMLRequest, RelayState: 'page-7' },
    };
  }

  /** What node-saml says of the page's Response, as the service provider with that key. */
  async judge(page: Page, decryptionPvk?: string): Promise<Profile> {
    const saml = new SAML({
      entryPoint: this.sso.identityProvider.ssoUrl,
      idpCert: this.sso.identityProvider.certificates.map(({ certificate }) => certificate),
      issuer: SP,
      audience: SP,
      callbackUrl: ACS,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      validateInResponseTo: ValidateInResponseTo.never,
      ...(decryptionPvk !== undefined && { decryptionPvk }),
    });
    const SAMLResponse = formOf(page).fields['SAMLResponse'] ?? '';
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    if (profile === null) throw new Error('The Response signs nobody in.');
    return profile;
  }
}

const eventsSchema = z.object({
  items: z.array(
    z.looseObject({
      operation: z.string(),
      outcome: z.string(),
      sentence: z.string(),
      subjectName: z.string(),
    }),
  ),
});

/** The newest sign-ins and sign-outs of an application, as `outcome: sentence`. */
export async function signInLog({ api }: TestRollcall, applicationId: string): Promise<string[]> {
  const { body } = await api('GET', `/events?application=${applicationId}&limit=200`);
  return eventsSchema
    .parse(body)
    .items.filter(({ operation }) => operation === 'signIn' || operation === 'signOut')
    .map(({ outcome, sentence }) => `${outcome}: ${sentence}`);
}
