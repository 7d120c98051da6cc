/** XML Encryption 1.1 of an assertion, for one service provider (SAML Core 2.0 §6). */
import { X509Certificate } from 'node:crypto';
import { encrypt } from 'xml-encryption';
import { ALGORITHM } from './names.ts';

export interface EncryptTo {
  /** The service provider's encryption certificate, PEM. */
  readonly certificate: string;
  /** GCM notices a change; CBC does not, and is for service providers that know nothing else. */
  readonly algorithm: 'aes256-gcm' | 'aes256-cbc';
}

/**
 * `<xenc:EncryptedData>` for an element, its key sent by RSA-OAEP. OAEP's own hash is SHA-1, as the identifier that every
 * product knows demands; nothing there depends on finding no collisions.
 */
export function encryptElement(xml: string, { certificate, algorithm }: EncryptTo): Promise<string> {
  const options = {
    rsa_pub: new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }),
    pem: certificate,
    encryptionAlgorithm: ALGORITHM[algorithm],
    keyEncryptionAlgorithm: ALGORITHM.rsaOaep,
    keyEncryptionDigest: 'sha1' as const,
    disallowEncryptionWithInsecureAlgorithm: algorithm !== 'aes256-cbc',
    warnInsecureAlgorithm: false,
  };
  return new Promise((resolve, reject) => {
    encrypt(xml, options, (error: Error | null, result?: string) => {
      if (error !== null || result === undefined) reject(error ?? new Error('Nothing was encrypted.'));
      else resolve(result.trim());
    });
  });
}
