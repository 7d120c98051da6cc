import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { makeCertificate } from './certificates.ts';

const now = new Date('2028-02-29T12:00:00.000Z');
const make = (id: string) =>
  makeCertificate({ clock: { ...systemClock, now: () => now } }, { id, label: 'Wiki' });

test('a certificate is good for three years, from an hour ago on, and has a key and a number of its own', async () => {
  const [one, other] = await Promise.all([make('a'), make('b')]);
  const certificates = [one, other].map(({ certificate }) => new X509Certificate(certificate));
  for (const { validFrom, validTo, subject, publicKey } of certificates) {
    expect(new Date(validFrom)).toEqual(new Date('2028-02-29T11:00:00.000Z'));
    expect(new Date(validTo)).toEqual(new Date('2031-03-01T12:00:00.000Z'));
    expect(subject).toBe('CN=Rollcall: Wiki');
    expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  }
  expect(new Set(certificates.map(({ serialNumber }) => serialNumber)).size).toBe(2);
  expect(new Set([one.privateKey, other.privateKey]).size).toBe(2);
});
