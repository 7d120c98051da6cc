/** What xmlsec1, the reference for XML Signature, says of a Response. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './server-process.ts';

const SIGNATURES = {
  Response: "/*[local-name()='Response']/*[local-name()='Signature']",
  Assertion: "/*[local-name()='Response']/*[local-name()='Assertion']/*[local-name()='Signature']",
} as const;

/** xmlsec1 has to be told which attributes are IDs: the signature names what it covers by them. */
const IDS = ['protocol:Response', 'assertion:Assertion'].flatMap((name) => [
  '--id-attr:ID',
  `urn:oasis:names:tc:SAML:2.0:${name}`,
]);

/** Whether the signature of that part is good, by this certificate. */
export function xmlsecAgrees(xml: string, part: keyof typeof SIGNATURES, certificate: string): boolean {
  const directory = newDirectory({ 'response.xml': xml, 'idp.crt': certificate });
  const key = ['--pubkey-cert-pem', join(directory, 'idp.crt')];
  const args = [
    '--verify',
    ...key,
    ...IDS,
    '--node-xpath',
    SIGNATURES[part],
    join(directory, 'response.xml'),
  ];
  try {
    execFileSync('xmlsec1', args, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
