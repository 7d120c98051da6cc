import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Backend } from './backend.ts';
import { checkCertificate } from './check-certificates.ts';

const backendWith = (certificates: readonly object[]): Backend => ({
  where: 'a test',
  call: (schema) => Promise.resolve(schema.parse({ identityProvider: { certificates } })),
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
