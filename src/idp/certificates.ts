/** Makes the keys that an application's assertions are signed with. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Clock } from '../clock.ts';
import { createKeyPair } from '../saml/certificate.ts';
import type { NewCertificate } from '../store/saml-certificates.ts';

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

/** A new key for the application. Takes some tenths of a second, so it is made before the transaction that stores it. */
export async function makeCertificate(
  { clock }: { readonly clock: Clock },
  { id, label }: { readonly id: string; readonly label: string },
): Promise<NewCertificate> {
  const dates = validity(clock.now());
  const pair = await createKeyPair({
    commonName: `Rollcall: ${label}`,
    serialNumber: serialNumber(),
    modulusLength: 2048,
    ...dates,
  });
  return { id: uuidv7(), applicationId: id, ...pair, ...dates };
}
