import { expect, it } from 'vitest';
import { selfSigned } from '../../test/support/certificate.ts';
import { systemClock } from '../clock.ts';
import type { Backend } from './backend.ts';
import { checkCertificate } from './check-certificates.ts';

const NONE = { signing: [], encryption: null };

const backendWith = (certificates: readonly object[], spCertificates: object = NONE): Backend => ({
  where: 'a test',
  call: (schema) => Promise.resolve(schema.parse({ identityProvider: { certificates }, spCertificates })),
  work: () => Promise.resolve(),
  examine: () => Promise.resolve([]),
  close: () => Promise.resolve(),
});

const clock = { ...systemClock, now: () => new Date('2026-11-26T12:00:00Z') };
const until = (state: string, notAfter: string) => ({ state, notAfter });
const next = until('next', '2029-11-26T12:00:00Z');

it.each([
  ['61 days', [until('current', '2027-01-26T12:00:01Z')], []],
  [
    '60 days',
    [until('current', '2027-01-25T12:00:00Z')],
    [/^warning .* expires on 2027-01-25\. Make the next/],
  ],
  [
    '60 days, and the next is there',
    [until('current', '2027-01-25T12:00:00Z'), next],
    [/^warning .* The next one is made: activate/],
  ],
  ['none', [until('current', '2026-11-26T12:00:00Z')], [/^problem .* expired on 2026-11-26\. Make the next/]],
  [
    'enough, but not for the retired one',
    [until('retired', '2026-11-26T12:00:00Z'), until('current', '2029-11-26T12:00:00Z')],
    [],
  ],
])('a certificate with %s left', async (_what, certificates, expected) => {
  const findings = await checkCertificate(backendWith(certificates), '1', 'Application Segment', clock);
  expect(findings.map(({ level, message }) => `${level} ${message}`)).toEqual(
    expected.map((message) => expect.stringMatching(message) as string),
  );
});

const [weak, strong] = [selfSigned('rsa', 1024).cert, selfSigned('rsa', 2048).cert];

it.each([
  ['strong ones', { signing: [strong], encryption: strong }, []],
  ['a weak one to sign with', { signing: [strong, weak], encryption: null }, [/sign with .* 1024 bits/]],
  ['weak ones', { signing: [weak], encryption: weak }, [/sign with .* 1024/, /encrypt for .* 1024 bits/]],
])('keys of the service provider: %s', async (_what, given, expected) => {
  const current = until('current', '2029-11-26T12:00:00Z');
  const findings = await checkCertificate(backendWith([current], given), '1', 'Application X', clock);
  expect(findings.map(({ level, message }) => `${level} ${message}`)).toEqual(
    expected.map((message) => expect.stringMatching(new RegExp(`^warning .*${message.source}`)) as string),
  );
});
