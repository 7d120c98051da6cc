import { XMLSerializer } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { authnRequest, keyPair, signedBy } from '../../test/support/saml.ts';
import { verifyXml } from './signature.ts';
import { childElements } from './xml.ts';

test('verifying gives what was digested, and nothing that stood beside it', async () => {
  const sp = await keyPair('sp');
  const sent = signedBy(authnRequest(), sp)
    .replace('<saml:Issuer>', '<!-- put in -->$&')
    .replace('<ds:KeyInfo>', '<ds:KeyInfo><ds:KeyName>put in</ds:KeyName>');
  const root = verifyXml(sent, [sp.certificate]);
  expect(childElements(root).map(({ localName }) => localName)).toEqual(['Issuer']);
  expect(new XMLSerializer().serializeToString(root)).not.toContain('put in');
});

test('any of several certificates will do, so that a service provider can change its own', async () => {
  const [before, after] = await Promise.all([keyPair('before'), keyPair('after')]);
  const sent = signedBy(authnRequest(), after);
  expect(verifyXml(sent, [before.certificate, after.certificate]).localName).toBe('AuthnRequest');
});
