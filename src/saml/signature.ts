/**
 * XML signatures (XML Signature 1.1, SAML Core 2.0 §5.4). Verifying answers with an element that was parsed again from the
 * octets that were digested: whatever else the document held, before, after or around it, is out of reach from then on.
 * That is what makes the wrapping attacks (Somorovsky et al., "On Breaking SAML", XSW1 to XSW8) pointless; that the shape
 * is checked too is a second lock on the same door.
 */
import { X509Certificate, verify as verifyBytes, type KeyLike, type KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { QuerySignature } from './bindings.ts';
import { ALGORITHM, NS } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import { notAllowed, onlySignature, refuseDuplicateIds, refuseUnusual, wrapped } from './signature-shape.ts';
import { attribute, decodeUtf8, isNamed, parseXml, selfAndDescendants, type Element } from './xml.ts';

/** Who signs: the private key, and the certificate that goes with it into KeyInfo (PEM). */
export interface Signer {
  readonly privateKey: KeyLike;
  readonly certificate: string;
}

/** The XML with an enveloped signature of its root element, right after the root's Issuer as the schemas demand. */
export function signXml(xml: string, signer: Signer): string {
  const signed = new SignedXml({
    privateKey: signer.privateKey,
    publicCert: signer.certificate,
    signatureAlgorithm: ALGORITHM.rsaSha256,
    canonicalizationAlgorithm: ALGORITHM.exclusiveC14n,
  });
  signed.addReference({
    xpath: '/*',
    digestAlgorithm: ALGORITHM.sha256,
    transforms: [ALGORITHM.enveloped, ALGORITHM.exclusiveC14n],
  });
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `/*/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signed.getSignedXml();
}

/** Whether the document says that it is signed; nothing is verified. */
export const hasSignature = (root: Element): boolean =>
  selfAndDescendants(root).some((element) => isNamed(element, NS.ds, 'Signature'));

/**
 * The root element as it was signed by one of `certificates` (PEM; the service provider's registered ones). What KeyInfo
 * says is not read: anybody can put a key there. A certificate's dates are not looked at either, because it is only the
 * envelope of a key that an administrator registered (SAML Metadata Interoperability Profile §2.5).
 */
export function verifyXml(xml: Uint8Array | string, certificates: readonly string[]): Element {
  const text = typeof xml === 'string' ? xml : decodeUtf8(xml);
  const root = parseXml(text);
  refuseDuplicateIds(root);
  const signature = onlySignature(root);
  refuseUnusual(signature, root);
  for (const key of publicKeys(certificates)) {
    const octets = signedOctets(text, signature, key);
    if (octets !== null) return sameRoot(parseXml(octets), root);
  }
  throw badSignature();
}

const badSignature = (): SamlRefusal =>
  new SamlRefusal(
    'bad-signature',
    "The message's signature was not made with a key that is registered for this application, or the message was changed after it was signed. Compare the service provider's signing certificate with the one in the application's SSO settings.",
  );

/** The RSA key of each certificate: a symmetric key, or a certificate used as an HMAC secret, cannot come out of it. */
function publicKeys(certificates: readonly string[]): KeyObject[] {
  if (certificates.length === 0)
    throw new SamlRefusal(
      'no-certificate',
      "The message is signed, and no signing certificate of the service provider is registered. Add it, or upload the service provider's metadata, in the application's SSO settings.",
    );
  return certificates
    .map((pem) => new X509Certificate(pem).publicKey)
    .filter(({ asymmetricKeyType }) => asymmetricKeyType === 'rsa');
}

/** The canonical octets whose digest was signed with that key, or null. */
function signedOctets(xml: string, signature: Element, key: KeyObject): string | null {
  const verifier = new SignedXml({
    publicCert: key,
    getCertFromKeyInfo: () => null,
  });
  try {
    verifier.loadSignature(signature);
    if (!verifier.checkSignature(xml)) return null;
  } catch {
    return null;
  }
  const [octets, another] = verifier.getSignedReferences();
  return another === undefined ? (octets ?? null) : null;
}

/** The library parses on its own: what it digested has to be what we looked at. */
function sameRoot(signed: Element, root: Element): Element {
  const same = isNamed(signed, root.namespaceURI ?? '', root.localName ?? '');
  if (!same || attribute(signed, 'ID') !== attribute(root, 'ID')) throw wrapped('it covers something else.');
  return signed;
}

const QUERY_HASHES: ReadonlyMap<string, string> = new Map([
  [ALGORITHM.rsaSha256, 'sha256'],
  [ALGORITHM.rsaSha512, 'sha512'],
]);

/** Refuses a redirect whose query was not signed by one of `certificates` (SAML Bindings 2.0 §3.4.4.1). */
export function verifyQuery(signature: QuerySignature, certificates: readonly string[]): void {
  const hash = QUERY_HASHES.get(signature.algorithm);
  if (hash === undefined) throw notAllowed(signature.algorithm, 'weak-algorithm');
  const octets = Buffer.from(signature.octets);
  if (!publicKeys(certificates).some((key) => verifyBytes(hash, octets, key, signature.value)))
    throw badSignature();
}
