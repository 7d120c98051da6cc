/** The workspace's SAML connection: the two values that it gives to an identity provider, and the two that it takes. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** Where Segment has `segment-prod.auth0.com/login/callback`. */
export const ACS_PATH = '/login/callback';

export interface IdentityProvider {
  readonly signOnUrl: string;
  /** X.509, PEM. */
  readonly certificate: string;
}

export interface SamlConnection {
  /** Segment's name of the connection. It stays as long as the sandbox runs: identity providers are set up with it. */
  readonly customerId: string;
  identityProvider: IdentityProvider | undefined;
  requireSso: boolean;
}

/** A connection that no identity provider is set up for. */
export const newSamlConnection = (): SamlConnection => ({
  customerId: randomBytes(8).toString('hex'),
  identityProvider: undefined,
  requireSso: false,
});

/** As it was before one was set up; the name stays. */
export function clearSamlConnection(connection: SamlConnection): void {
  connection.identityProvider = undefined;
  connection.requireSso = false;
}

/** The assertion consumer service (SAML Profiles §4.1), at the sandbox's own address. */
export const acsUrlOf = (origin: string, { customerId }: SamlConnection): string =>
  `${origin}${ACS_PATH}?connection=${customerId}`;

/** Segment's entity ID, which is the audience that an assertion has to name. */
export const audienceOf = ({ customerId }: SamlConnection): string =>
  `urn:auth0:segment-prod:samlp-${customerId}`;

function isRsaCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** What an administrator copies over from the identity provider. */
export const identityProviderSchema = z.strictObject({
  signOnUrl: z.url({ protocol: /^https?$/, error: 'A sign-on URL is needed: http:// or https://.' }).trim(),
  certificate: z
    .string()
    .trim()
    .refine((pem) => pem.startsWith('-----BEGIN CERTIFICATE-----') && isRsaCertificate(pem), {
      error: 'An X.509 certificate with an RSA key is needed, in PEM: -----BEGIN CERTIFICATE----- …',
    }),
});

export const samlSettingsSchema = identityProviderSchema.extend({ requireSso: z.boolean().default(false) });
