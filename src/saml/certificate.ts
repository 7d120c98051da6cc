/**
 * X.509 certificates: envelopes for keys. Making one needs randomness, which is inside the crypto library; dates and the
 * serial number are arguments, so that nothing here reads a clock.
 */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto, X509Certificate } from 'node:crypto';
import { SamlRefusal } from './refusal.ts';

interface CertificateRequest {
  /** What people read in it, for example the application's label. */
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hexadecimal, at most 20 octets, never the same twice. */
  readonly serialNumber: string;
  readonly modulusLength: 2048 | 3072;
}

/** Both PEM; the key as PKCS #8 in the clear, to be encrypted before it is stored. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const EXPONENT = new Uint8Array([1, 0, 1]);

/** A new RSA key and a certificate for it that it signed itself. Takes some tenths of a second. */
export async function createKeyPair(request: CertificateRequest): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(
    { ...RSA, modulusLength: request.modulusLength, publicExponent: EXPONENT },
    true,
    ['sign', 'verify'],
  );
  const certificate = await selfSigned(request, keys);
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: certificate.toString('pem'),
    privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

function selfSigned(
  { commonName, notBefore, notAfter, serialNumber }: CertificateRequest,
  keys: webcrypto.CryptoKeyPair,
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.createSelfSigned(
    {
      // As an object: text would be parsed, and a quotation mark or # in it would mean something.
      name: new x509.Name([
        { CN: [{ utf8String: Array.from(commonName).slice(0, 64).join('') }] },
      ]).toString(),
      serialNumber,
      notBefore,
      notAfter,
      signingAlgorithm: RSA,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      ],
    },
    webcrypto,
  );
}

/** What people are shown of a certificate. */
interface CertificateFacts {
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256, in upper-case pairs with colons. */
  readonly fingerprint: string;
  /** Of the RSA key, in bits. */
  readonly modulusLength: number;
  readonly pem: string;
}

/** Reads PEM, or bare base64 as metadata has it. Throws a {@link SamlRefusal} for anything else. */
export function readCertificate(text: string): CertificateFacts {
  const parsed = parse(text);
  const { asymmetricKeyType, asymmetricKeyDetails } = parsed.publicKey;
  if (asymmetricKeyType !== 'rsa')
    throw unreadable('Its key is not RSA, the only kind that SAML products agree on.');
  return {
    subject: parsed.subject,
    notBefore: new Date(parsed.validFrom),
    notAfter: new Date(parsed.validTo),
    fingerprint: parsed.fingerprint256,
    modulusLength: asymmetricKeyDetails?.modulusLength ?? 0,
    pem: parsed.toString(),
  };
}

/** Whether {@link readCertificate} can read it. */
export function isCertificate(text: string): boolean {
  try {
    return readCertificate(text).pem !== '';
  } catch {
    return false;
  }
}

function parse(text: string): X509Certificate {
  const pem = text.includes('-----BEGIN') ? text : toPem(text);
  try {
    return new X509Certificate(pem);
  } catch {
    throw unreadable('Copy it with its BEGIN and END lines.');
  }
}

const unreadable = (what: string): SamlRefusal =>
  new SamlRefusal('malformed', `The certificate cannot be used. ${what}`);

function toPem(base64: string): string {
  const lines = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The base64 inside PEM, as metadata and KeyInfo write it. */
export function bareBase64(pem: string): string {
  return parse(pem).raw.toString('base64');
}
