/**
 * What a signature in a SAML message looks like (SAML Core 2.0 §5.4): one, on the root, over the root, by known means.
 * Anything else is refused before a key is tried, and by a name that says which attack it looks like.
 */
import { ALGORITHM, NS } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import {
  attribute,
  childElements,
  childNamed,
  childrenNamed,
  isNamed,
  selfAndDescendants,
  type Element,
} from './xml.ts';

/** Two elements of one ID: one would be verified and the other read. */
export function refuseDuplicateIds(root: Element): void {
  const seen = new Set<string>();
  for (const id of selfAndDescendants(root).flatMap(idsOf)) {
    if (seen.has(id))
      throw new SamlRefusal(
        'duplicate-id',
        'Two elements of the message have the same ID, as in a forged message.',
      );
    seen.add(id);
  }
}

const idsOf = (element: Element): string[] =>
  Array.from(element.attributes)
    .filter(({ localName }) => localName?.toLowerCase() === 'id')
    .map(({ value }) => value);

/** The refusal of a signature that covers something else than it seems. */
export function wrapped(detail: string): SamlRefusal {
  return new SamlRefusal(
    'wrapped-signature',
    `The signature does not cover the message itself: ${detail} This is how signed messages are forged, so nothing of it is used.`,
  );
}

/** The signature of a message: a child of the root, and the only one anywhere. Throws a {@link SamlRefusal} otherwise. */
export function onlySignature(root: Element): Element {
  const all = selfAndDescendants(root).filter((element) => isNamed(element, NS.ds, 'Signature'));
  const [signature, another] = all;
  if (signature === undefined)
    throw new SamlRefusal('unsigned', 'The message is not signed, and this application demands that.');
  if (another !== undefined) throw wrapped('it holds more than one signature.');
  if (signature.parentNode !== root) throw wrapped('it stands somewhere inside.');
  return signature;
}

const SIGNATURE_METHODS: readonly string[] = [ALGORITHM.rsaSha256, ALGORITHM.rsaSha512];
const DIGEST_METHODS: readonly string[] = [ALGORITHM.sha256, ALGORITHM.sha512];
const TRANSFORMS: readonly string[] = [ALGORITHM.enveloped, ALGORITHM.exclusiveC14n];

/** What a SAML signature is not allowed to be (Core §5.4), or what nobody needs and attacks are made of. */
export function refuseUnusual(signature: Element, root: Element): void {
  const extra = childElements(signature).find(
    ({ localName }) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(localName ?? ''),
  );
  if (extra !== undefined) throw wrapped(`it holds <${extra.localName ?? ''}>.`);
  const signedInfo = needed(signature, 'SignedInfo');
  allowOnly([ALGORITHM.exclusiveC14n], needed(signedInfo, 'CanonicalizationMethod'), 'unknown-transform');
  allowOnly(SIGNATURE_METHODS, needed(signedInfo, 'SignatureMethod'), 'weak-algorithm');
  refuseUnusualReference(onlyReference(signedInfo), root);
}

function needed(parent: Element, name: string): Element {
  const child = childNamed(parent, NS.ds, name);
  if (child === null) throw new SamlRefusal('bad-signature', `The message's signature has no <${name}>.`);
  return child;
}

function allowOnly(
  allowed: readonly string[],
  element: Element,
  code: 'weak-algorithm' | 'unknown-transform',
): void {
  const algorithm = attribute(element, 'Algorithm') ?? '';
  if (!allowed.includes(algorithm)) throw notAllowed(algorithm, code);
}

/** The refusal of an algorithm, by the last part of its name. */
export function notAllowed(algorithm: string, code: 'weak-algorithm' | 'unknown-transform'): SamlRefusal {
  const name = algorithm.split(/[#/]/).pop() ?? '';
  return code === 'weak-algorithm'
    ? new SamlRefusal(
        code,
        `The message is signed with ${name.slice(0, 40)}, which is not accepted. Set the service provider to RSA-SHA256.`,
      )
    : new SamlRefusal(
        code,
        `The message's signature is made over a transformation (${name.slice(0, 40)}) that SAML does not allow.`,
      );
}

function onlyReference(signedInfo: Element): Element {
  const [reference, another] = childrenNamed(signedInfo, NS.ds, 'Reference');
  if (reference === undefined) throw wrapped('it covers nothing.');
  if (another !== undefined)
    throw new SamlRefusal(
      'several-references',
      'The signature covers several things, where SAML allows one: the message.',
    );
  return reference;
}

function refuseUnusualReference(reference: Element, root: Element): void {
  const id = attribute(root, 'ID');
  if (id === null || id === '' || attribute(reference, 'URI') !== `#${id}`)
    throw wrapped('it covers something else.');
  allowOnly(DIGEST_METHODS, needed(reference, 'DigestMethod'), 'weak-algorithm');
  const transforms = childrenNamed(needed(reference, 'Transforms'), NS.ds, 'Transform');
  if (transforms.length > TRANSFORMS.length) throw notAllowed('too many', 'unknown-transform');
  transforms.forEach((transform) => allowOnly(TRANSFORMS, transform, 'unknown-transform'));
}
