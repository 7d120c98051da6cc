/** Reading the metadata of a service provider that an administrator uploads (SAML Metadata 2.0 §2.4.4). */
import { isCertificate, readCertificate } from './certificate.ts';
import { BINDING, NS, type Binding } from './names.ts';
import { quoted, SamlRefusal } from './refusal.ts';
import {
  attribute,
  childrenNamed,
  isNamed,
  parseXml,
  selfAndDescendants,
  textOf,
  type Element,
} from './xml.ts';

interface AcsEndpoint {
  readonly url: string;
  readonly binding: string;
  readonly index: number;
}

export interface SpMetadata {
  readonly entityId: string;
  /** Those that Rollcall can answer at (HTTP-POST), the default one first. */
  readonly acs: readonly AcsEndpoint[];
  /** Where logout messages go; redirect before POST. Answers go elsewhere where the metadata says so (§2.2.2). */
  readonly slo: {
    readonly url: string;
    readonly responseUrl: string | null;
    readonly binding: Binding;
  } | null;
  /** PEM, of RSA keys. A key without a `use` is for both. */
  readonly certificates: { readonly signing: readonly string[]; readonly encryption: string | null };
  /** Null where it does not say. */
  readonly authnRequestsSigned: boolean | null;
  readonly wantAssertionsSigned: boolean;
  readonly nameIdFormats: readonly string[];
}

/** Throws a {@link SamlRefusal} that says why the file is no metadata of a service provider, or none that may be used `now`. */
export function readSpMetadata(xml: string | Uint8Array, now: Date): SpMetadata {
  const root = parseXml(xml);
  const entity = onlyEntity(root);
  const descriptor = spDescriptor(entity);
  for (const element of [root, entity, descriptor]) refuseExpired(element, now);
  const acs = acsEndpoints(descriptor);
  const saysOfRequests = attribute(descriptor, 'AuthnRequestsSigned');
  const entityId = attribute(entity, 'entityID')?.trim() ?? '';
  if (entityId === '') throw notMetadata('it has no entityID.');
  if (acs.length === 0) throw notMetadata('it has no AssertionConsumerService with the HTTP-POST binding.');
  return {
    entityId,
    acs,
    slo: sloEndpoint(descriptor),
    certificates: certificatesOf(descriptor),
    authnRequestsSigned: saysOfRequests === null ? null : isTrue(saysOfRequests),
    wantAssertionsSigned: isTrue(attribute(descriptor, 'WantAssertionsSigned')),
    nameIdFormats: childrenNamed(descriptor, NS.md, 'NameIDFormat').map(textOf),
  };
}

const notMetadata = (why: string): SamlRefusal =>
  new SamlRefusal(
    'not-metadata',
    `The file is no metadata of a SAML 2.0 service provider: ${why} Download it again at the service provider.`,
  );

/** Of whoever describes the service provider: a list may be over before what stands in it (§2.3.1, §2.3.2, §2.4.1). */
function refuseExpired(element: Element, now: Date): void {
  const until = attribute(element, 'validUntil')?.trim();
  if (until === undefined) return;
  // Times are in UTC (Core §1.3.3), also for those who forget to say so.
  const end = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(until) ? until : `${until}Z`);
  if (Number.isNaN(end)) throw notMetadata('its validUntil is no time.');
  if (end > now.getTime()) return;
  throw new SamlRefusal(
    'expired-metadata',
    `The metadata was good until ${quoted(until)}, its validUntil, and must not be used any more. Download it again at the service provider. Where that gives out no newer one, look there whether its addresses and keys are still these, and take validUntil out.`,
  );
}

function onlyEntity(root: Element): Element {
  const entities = selfAndDescendants(root).filter((element) => isNamed(element, NS.md, 'EntityDescriptor'));
  const [entity, another] = entities;
  if (entity === undefined) throw notMetadata('it has no EntityDescriptor.');
  if (another !== undefined)
    throw notMetadata('it describes several entities; cut out the one that is meant.');
  return entity;
}

function spDescriptor(entity: Element): Element {
  const [descriptor] = childrenNamed(entity, NS.md, 'SPSSODescriptor').filter(speaksSaml2);
  if (descriptor !== undefined) return descriptor;
  const isIdp = childrenNamed(entity, NS.md, 'IDPSSODescriptor').length > 0;
  throw notMetadata(isIdp ? 'it describes an identity provider.' : 'it has no SPSSODescriptor for SAML 2.0.');
}

const speaksSaml2 = (descriptor: Element): boolean =>
  (attribute(descriptor, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(NS.samlp);

const isTrue = (text: string | null): boolean => text === 'true' || text === '1';

/** The default: the one that says so, else the first that does not deny it, else the first (§2.4.4.1). */
function acsEndpoints(descriptor: Element): AcsEndpoint[] {
  const rank = (isDefault: string | null): number => (isTrue(isDefault) ? 0 : isDefault === null ? 1 : 2);
  return childrenNamed(descriptor, NS.md, 'AssertionConsumerService')
    .filter((element) => attribute(element, 'Binding') === BINDING.post)
    .map((element) => ({ element, rank: rank(attribute(element, 'isDefault')) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ element }) => ({
      url: location(element, 'Location'),
      binding: BINDING.post,
      index: Number(attribute(element, 'index') ?? 0),
    }));
}

function location(element: Element, name: string): string {
  const url = attribute(element, name)?.trim() ?? '';
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw notMetadata(`its ${element.localName ?? ''} has no usable ${name}.`);
  return url;
}

function sloEndpoint(descriptor: Element): SpMetadata['slo'] {
  const services = childrenNamed(descriptor, NS.md, 'SingleLogoutService');
  for (const binding of ['redirect', 'post'] as const) {
    const found = services.find((element) => attribute(element, 'Binding') === BINDING[binding]);
    if (found !== undefined)
      return { url: location(found, 'Location'), responseUrl: responseLocation(found), binding };
  }
  return null;
}

/** Of use only for what has requests and responses, which is single logout here. */
const responseLocation = (element: Element): string | null =>
  attribute(element, 'ResponseLocation') === null ? null : location(element, 'ResponseLocation');

/** Throws where there are keys to sign with and none can be used: the service provider would be taken for one that never signs. */
function certificatesOf(descriptor: Element): SpMetadata['certificates'] {
  const keys = keysFor(descriptor, 'signing');
  const signing = certificatesIn(keys);
  if (keys.length > 0 && signing.length === 0) throw unusableKey();
  const [encryption = null] = certificatesIn(keysFor(descriptor, 'encryption'));
  return { signing, encryption };
}

const unusableKey = (): SamlRefusal =>
  new SamlRefusal(
    'unusable-key',
    'The metadata cannot be used: no KeyDescriptor for signing has a certificate with an RSA key, the only kind that Rollcall takes. Let the service provider sign with an RSA key, and download the file again; where it signs nothing, take that KeyDescriptor out.',
  );

const keysFor = (descriptor: Element, use: 'signing' | 'encryption'): Element[] =>
  childrenNamed(descriptor, NS.md, 'KeyDescriptor').filter((key) => (attribute(key, 'use') ?? use) === use);

function certificatesIn(keys: readonly Element[]): string[] {
  const pems = keys
    .flatMap(selfAndDescendants)
    .filter((element) => isNamed(element, NS.ds, 'X509Certificate'))
    .map(textOf)
    .filter(isCertificate)
    .map((text) => readCertificate(text).pem);
  return [...new Set(pems)];
}
