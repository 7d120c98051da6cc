/**
 * A Response is judged by @node-saml/node-saml, so that an identity provider of ours meets code that nobody here wrote:
 * signatures, audience, time, InResponseTo. What it leaves to its caller is checked here: Destination, the bearer
 * confirmation, RSA-SHA256, replay. Both libraries are loaded when somebody first signs in; SCIM never waits for them.
 */
import type { Profile, SAML } from '@node-saml/node-saml';
import { z } from 'zod';
import { acsUrlOf, audienceOf } from './saml-connection.ts';
import type { Initiator } from './sign-in-journal.ts';
import { SignInRefused, type Claims } from './sign-in.ts';
import type { World } from './world.ts';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const EMAIL_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

/** How long an AuthnRequest may wait for its Response. */
const REQUEST_MS = 3_600_000;

/** A Response as it came; nothing of it is believed yet. */
export interface Received {
  readonly encoded: string;
  readonly initiatedBy: Initiator;
  readonly destination: string | null;
  readonly signatureMethods: readonly (string | null)[];
}

/** The parser goes on after most of what is wrong, unless it is stopped. */
const fail = (level: string, message: string): never => {
  throw new Error(`${level}: ${message}`);
};

/** Reads a Response out of its base64. Throws SignInRefused for what is none. */
export async function readResponse(encoded: string): Promise<Received> {
  const { DOMParser } = await import('@xmldom/xmldom');
  const strict = new DOMParser({ onError: fail });
  const xml = Buffer.from(encoded, 'base64').toString();
  try {
    const document = strict.parseFromString(xml, 'text/xml');
    const root = document.documentElement;
    if (root === null) throw new Error('There is no element.');
    const methods = Array.from(document.getElementsByTagNameNS(XMLDSIG, 'SignatureMethod'));
    return {
      encoded,
      initiatedBy: root.hasAttribute('InResponseTo') ? 'service-provider' : 'identity-provider',
      destination: root.getAttribute('Destination'),
      signatureMethods: methods.map((method) => method.getAttribute('Algorithm')),
    };
  } catch {
    throw new SignInRefused('What was posted here is no SAML Response.');
  }
}

async function serviceProvider(world: World): Promise<SAML> {
  const { SAML, ValidateInResponseTo } = await import('@node-saml/node-saml');
  const { identityProvider } = world.saml;
  if (!identityProvider) throw new SignInRefused('Single sign-on is not set up in this workspace.');
  return new SAML({
    entryPoint: identityProvider.signOnUrl,
    idpCert: identityProvider.certificate,
    issuer: audienceOf(world.saml),
    audience: audienceOf(world.saml),
    callbackUrl: acsUrlOf(world.origin, world.saml),
    identifierFormat: EMAIL_FORMAT,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
    requestIdExpirationPeriodMs: REQUEST_MS,
    cacheProvider: requestIds(world),
  });
}

/** The requests that wait for their Response, as node-saml wants to keep them. */
const requestIds = ({ samlRequests }: World) => ({
  saveAsync: (id: string, value: string) => {
    const now = Date.now();
    samlRequests.set(id, value, now + REQUEST_MS, now);
    return Promise.resolve({ value, createdAt: now });
  },
  getAsync: (id: string) => Promise.resolve(samlRequests.get(id, Date.now()) ?? null),
  removeAsync: (id: string | null) => {
    if (id !== null) samlRequests.delete(id);
    return Promise.resolve(id);
  },
});

/** The identity provider's address with an AuthnRequest in it (SAML Bindings §3.4, HTTP-Redirect). */
export const authnRequestUrl = async (world: World): Promise<string> =>
  (await serviceProvider(world)).getAuthorizeUrlAsync('', undefined, {});

/** What node-saml gives of a valid assertion: xml2js has made lists of all elements, and `$` of their attributes. */
const assertionSchema = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string() }),
    Subject: z.tuple([
      z.object({
        SubjectConfirmation: z.array(
          z.object({
            $: z.object({ Method: z.string() }),
            SubjectConfirmationData: z
              .tuple([
                z.object({ $: z.object({ Recipient: z.string(), NotOnOrAfter: z.string() }).partial() }),
              ])
              .optional(),
          }),
        ),
      }),
    ]),
  }),
});

type Assertion = z.output<typeof assertionSchema>['Assertion'];

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** Until when the assertion may be used here: by its bearer confirmation (SAML Profiles §4.1.4.2). */
function bearerUntil({ Subject: [{ SubjectConfirmation }] }: Assertion, recipient: string): number {
  const bearers = SubjectConfirmation.filter(({ $ }) => $.Method === BEARER);
  const data = bearers.map((bearer) => bearer.SubjectConfirmationData?.[0].$);
  const ours = data.find((one) => one?.Recipient === recipient);
  if (!ours) {
    const found = data.map((one) => one?.Recipient ?? 'none').join(', ') || 'none';
    throw new SignInRefused(`The assertion's Recipient must be ${recipient}; found: ${found}.`);
  }
  const until = Date.parse(ours.NotOnOrAfter ?? '');
  if (until > Date.now()) return until;
  throw new SignInRefused('The time of the bearer confirmation (NotOnOrAfter) is over, or missing.');
}

/** An assertion counts once (SAML Profiles §4.1.4.5). */
function useOnce({ samlAssertions }: World, id: string, until: number): void {
  const now = Date.now();
  if (samlAssertions.get(id, now) !== undefined)
    throw new SignInRefused('This assertion was used before: a replay.');
  samlAssertions.set(id, '', until, now);
}

/** SAML Bindings §3.5.5.2: the Destination of a signed Response must be where it went. */
function checkEnvelope({ destination, signatureMethods }: Received, acsUrl: string): void {
  if (destination !== acsUrl)
    throw new SignInRefused(`The Response's Destination must be ${acsUrl}; found: ${destination ?? 'none'}.`);
  const other = signatureMethods.find((method) => method !== RSA_SHA256);
  if (other !== undefined)
    throw new SignInRefused(`Response and Assertion must be signed with RSA-SHA256; found: ${other}.`);
}

const profileSchema = z.object({
  nameID: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

/** Who the person is. The attribute `email` is the one that Segment requires. */
function claimsOf(profile: Profile): Claims {
  const { nameID, attributes } = profileSchema.parse(profile);
  const email = attributes['email'];
  if (typeof email === 'string' && email.trim() !== '') return { nameId: nameID, email };
  throw new SignInRefused('The assertion has no attribute "email" with one value. Segment requires it.');
}

async function validProfile(world: World, { encoded }: Received): Promise<Profile> {
  const provider = await serviceProvider(world);
  const { profile } = await provider
    .validatePostResponseAsync({ SAMLResponse: encoded })
    .catch((error: unknown) => {
      throw new SignInRefused(
        `The Response is not valid: ${error instanceof Error ? error.message : 'unknown'}.`,
      );
    });
  if (profile) return profile;
  throw new SignInRefused('The Response holds no assertion.');
}

/** Who signs in by this Response, which is used up by it. Throws SignInRefused where it is not valid here and now. */
export async function verifyResponse(world: World, received: Received): Promise<Claims> {
  const profile = await validProfile(world, received);
  const acsUrl = acsUrlOf(world.origin, world.saml);
  checkEnvelope(received, acsUrl);
  const parsed = assertionSchema.safeParse(profile.getAssertion?.());
  if (!parsed.success) throw new SignInRefused('The assertion names no subject with a confirmation.');
  useOnce(world, parsed.data.Assertion.$.ID, bearerUntil(parsed.data.Assertion, acsUrl));
  return claimsOf(profile);
}
