/** What browsers send of passkeys: the JSON forms of WebAuthn §5.1, of which the server reads these. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

const base64url = z
  .string()
  .max(100_000)
  .regex(/^[\w-]*$/);

const credential = { id: base64url.min(1), rawId: base64url.min(1), type: z.literal('public-key') };

/** Extensions are neither asked for nor read. */
const withoutExtensions = { clientExtensionResults: {} };

export const registrationSchema = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(z.string().max(50)).max(20).default([]),
    }),
  })
  .transform(({ response: { transports, ...response }, ...rest }): RegistrationResponseJSON => ({
    ...rest,
    ...withoutExtensions,
    response: { ...response, transports },
  }));

export const assertionSchema = z
  .object({
    ...credential,
    response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  })
  .transform((given): AuthenticationResponseJSON => ({ ...given, ...withoutExtensions }));
