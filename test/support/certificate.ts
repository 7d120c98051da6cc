/** A certificate that nobody has any reason to trust: signed by itself (RFC 5280 §4.1, in DER). */
import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const RSA_WITH_SHA256 = Buffer.from('06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SERIAL = Buffer.from('020101', 'hex');

function lengthOf(content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.from([content.length]);
  return Buffer.from([0x82, content.length >> 8, content.length & 0xff]);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

const utcTime = (year: number): Buffer => der(0x17, Buffer.from(`${year % 100}0101000000Z`));

const newKeys = (kind: 'ec' | 'rsa', modulusLength: number) =>
  kind === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength });

/** A key and its certificate for `localhost`, both PEM. */
export function selfSigned(
  kind: 'ec' | 'rsa' = 'ec',
  modulusLength = 2048,
): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = newKeys(kind, modulusLength);
  const algorithm = der(SEQUENCE, kind === 'ec' ? ECDSA_WITH_SHA256 : RSA_WITH_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from('localhost')))));
  const validity = der(SEQUENCE, utcTime(2020), utcTime(2049));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(SEQUENCE, SERIAL, algorithm, name, validity, name, spki);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const base64 = der(SEQUENCE, body, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
