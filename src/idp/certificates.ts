/** Makes the keys that an application's assertions are signed with. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Clock } from '../clock.ts';
import { createKeyPair } from '../saml/certificate.ts';
import type { Handle } from '../store/database.ts';
import { listCertificates, type NewCertificate } from '../store/saml-certificates.ts';

const YEARS = 3;
const HOUR_MS = 3_600_000;
/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
const SERIAL_OCTETS = 16;

const serialNumber = (): string => `4${randomBytes(SERIAL_OCTETS).toString('hex').slice(1)}`;

function validity(now: Date): { notBefore: Date; notAfter: Date } {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + YEARS);
  // For service providers whose clock is behind.
  return { notBefore: new Date(now.getTime() - HOUR_MS), notAfter };
}

/**
 * A new key for the application: its first one signs at once, any later one waits until it is activated. Takes some tenths
 * of a second, so it is made before the transaction that stores it.
 */
export async function makeCertificate(
  { clock, database }: { readonly clock: Clock; readonly database: { readonly db: Handle } },
  { id, label }: { readonly id: string; readonly label: string },
): Promise<NewCertificate> {
  const others = await listCertificates(database.db, id);
  const dates = validity(clock.now());
  const pair = await createKeyPair({
    commonName: `Rollcall: ${label}`,
    serialNumber: serialNumber(),
    modulusLength: 2048,
    ...dates,
  });
  const signs = others.some(({ state }) => state === 'current');
  return { id: uuidv7(), applicationId: id, state: signs ? 'next' : 'current', ...pair, ...dates };
}
