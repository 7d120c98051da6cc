/** Second factors, as a person sets them up and uses them. */
import { z } from 'zod';
import { totpCode } from '../../src/people/totp.ts';
import type { Authenticator } from './authenticator.ts';
import type { JsonAnswer, PortalBrowser } from './portal-browser.ts';

const totpSchema = z.looseObject({ secret: z.string() });
const codesSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });

/**
 * A code of so many half minutes from now: each is accepted once, and from one half minute before to one after. The next half minute
 * may begin before it is typed, so what is slow begins with 0 and goes on with 1.
 */
export const codeIn = (secret: string, steps = 0): string =>
  totpCode(secret, new Date(Date.now() + steps * 30_000));

export interface App {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** An authenticator app; the answer is that to its first code. */
export async function setUpApp(own: PortalBrowser): Promise<App & { readonly answer: JsonAnswer }> {
  const { secret } = totpSchema.parse((await own.api('POST', '/me/factors/totp', {})).body);
  const answer = await own.api('POST', '/me/factors/totp/confirm', { code: codeIn(secret, -1) });
  return { secret, recoveryCodes: codesSchema.parse(answer.body).recoveryCodes ?? [], answer };
}

export async function addPasskey(own: PortalBrowser, device: Authenticator): Promise<JsonAnswer> {
  const { body } = await own.api('POST', '/me/factors/passkeys/options');
  return own.api('POST', '/me/factors/passkeys', { label: 'Key', response: device.create(body) });
}

/** Signs in with a passkey: after a password, or alone. */
export async function usePasskey(
  own: PortalBrowser,
  device: Authenticator,
  verified = true,
): Promise<JsonAnswer> {
  const { body } = await own.api('POST', '/session/passkey/options');
  return own.api('POST', '/session/passkey', device.get(body, verified));
}
