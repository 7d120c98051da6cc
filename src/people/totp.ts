/** Codes of authenticator apps: TOTP (RFC 6238) as the apps know it, SHA-1, six digits, thirty seconds. */
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** One step to either side, for clocks that differ and people who type slowly (RFC 6238 §5.2). */
const WINDOW = 1;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Rollcall', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

/** The address that an authenticator app reads from the QR code. */
export const otpauthUri = (secret: string, username: string): string =>
  totpOf(secret, username.replaceAll(':', '_')).toString();

/** The code of a moment, for people with that secret. */
export const totpCode = (secret: string, at: Date): string =>
  totpOf(secret).generate({ timestamp: at.getTime() });

/** The time step of which `code` is, where it is right at that moment; null where it is not. Each step may be accepted once. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const timestamp = at.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}
