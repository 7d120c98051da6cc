import { expect, test } from 'vitest';
import { selfSigned } from '../../test/support/certificate.ts';
import { pathText } from '../fields.ts';
import { givenSsoSchema } from './given-settings.ts';
import { ssoSettingsSchema } from './settings.ts';

const [broken, weak] = [selfSigned('rsa', 768).cert, selfSigned('rsa', 1024).cert];

test.each([
  ['keys that are weak, as old service providers have them', [weak], weak, []],
  ['a key to sign with that anybody can break', [weak, broken], null, ['spCertificates.signing[1]']],
  ['no certificate', ['x'], null, ['spCertificates.signing[0]']],
  ['a key to encrypt for that anybody can break', [], broken, ['spCertificates.encryption']],
])('R49: settings with %s', (_what, signing, encryption, expected) => {
  const settings = { spCertificates: { signing, encryption } };
  const issues = givenSsoSchema.safeParse(settings).error?.issues ?? [];
  expect(issues.map(({ path }) => pathText(path))).toEqual(expected);
  for (const { message } of issues)
    expect(message).toMatch(/has a key of 768 bits.* 1024 at least, .* 2048|must be an X.509 certificate/);
});

test('settings that were stored before are still read', () => {
  const settings = { spCertificates: { signing: [broken], encryption: broken } };
  expect(ssoSettingsSchema.parse(settings)).toMatchObject(settings);
});
