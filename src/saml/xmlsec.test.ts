/** xmlsec1, the reference for XML signatures, agrees with ours. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keyPair, signOn } from '../../test/support/saml.ts';
import { NS } from './names.ts';
import { buildResponse } from './response.ts';

const XMLSEC = '/usr/bin/xmlsec1';
const strict = process.env['ROLLCALL_TEST_STRICT'] === '1';

/** Whether xmlsec1 finds the signature good whose reference is that ID. */
function verifies(xml: string, id: string, certificate: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-xmlsec-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [document, pem] = [join(folder, 'response.xml'), join(folder, 'idp.pem')];
  writeFileSync(document, xml);
  writeFileSync(pem, certificate);
  const signature = `//*[local-name()='Signature'][.//*[@URI='#${id}']]`;
  const ids = ['Response', 'Assertion'].flatMap((name, index) => [
    '--id-attr:ID',
    `${index === 0 ? NS.samlp : NS.saml}:${name}`,
  ]);
  const args = ['--verify', '--pubkey-cert-pem', pem, '--node-xpath', signature, ...ids, document];
  try {
    execFileSync(XMLSEC, args, { stdio: 'pipe' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return false;
    throw error;
  }
}

test.skipIf(!strict && !existsSync(XMLSEC)).each([
  ['response', ['_response1']],
  ['assertion', ['_assertion1']],
  ['both', ['_response1', '_assertion1']],
] as const)('xmlsec1 verifies what is signed as %s, and refuses a tampered copy', async (sign, ids) => {
  const idp = await keyPair('idp');
  const xml = await buildResponse(signOn(idp, { sign }));
  const tampered = xml.replace('>ada&amp;co@', '>eve@');
  for (const id of ids) {
    expect(verifies(xml, id, idp.certificate)).toBe(true);
    expect(verifies(tampered, id, idp.certificate)).toBe(false);
  }
});
