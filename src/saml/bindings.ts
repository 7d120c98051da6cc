/**
 * How a message stands in HTTP: HTTP-Redirect (SAML Bindings 2.0 §3.4) in a query, HTTP-POST (§3.5) in a form. What comes
 * out here is XML text and is not trusted yet.
 */
import { sign as signBytes, type KeyLike } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ALGORITHM, type Binding } from './names.ts';
import { rawParameters, severalMessages, urlDecoded, type Parameter } from './query.ts';
import { SamlRefusal } from './refusal.ts';
import { MAX_XML_BYTES, tooLarge } from './xml.ts';

/** Which of the two parameters held the message. */
export type MessageKind = 'SAMLRequest' | 'SAMLResponse';

/** The signature of a redirect: it covers the query's own octets, in a fixed order (§3.4.4.1). */
export interface QuerySignature {
  readonly algorithm: string;
  readonly value: Buffer;
  /** `SAMLRequest=…&RelayState=…&SigAlg=…` as it was received, never encoded again. */
  readonly octets: string;
}

/** A message as it came in. */
export interface InboundMessage {
  readonly binding: Binding;
  readonly kind: MessageKind;
  readonly xml: Uint8Array;
  readonly relayState: string | null;
  readonly querySignature: QuerySignature | null;
}

/** The most that is sent as RelayState (Bindings §3.4.3, §3.5.3). What is accepted: decision 0007. */
export const MAX_RELAY_STATE_BYTES = 80;

const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';

function kindOf(has: (kind: MessageKind) => boolean): MessageKind {
  if (has('SAMLRequest') && has('SAMLResponse')) throw severalMessages('It has a request and a response.');
  if (has('SAMLRequest')) return 'SAMLRequest';
  if (has('SAMLResponse')) return 'SAMLResponse';
  throw new SamlRefusal(
    'no-message',
    'There is no SAML message here. This address is for service providers; people start at the application or in the portal.',
  );
}

/** The message of a redirect. `query` is everything after the `?`, as received. */
export function decodeRedirect(query: string): InboundMessage {
  const raw = rawParameters(query);
  const kind = kindOf((name) => raw.has(name));
  const decoded = (name: Parameter): string | null => {
    const value = raw.get(name);
    return value === undefined ? null : urlDecoded(value);
  };
  const encoding = decoded('SAMLEncoding');
  if (encoding !== null && encoding !== DEFLATE)
    throw new SamlRefusal(
      'not-deflated',
      'The message has an encoding other than DEFLATE, which no product uses.',
    );
  return {
    binding: 'redirect',
    kind,
    xml: inflated(fromBase64(decoded(kind) ?? '')),
    relayState: emptyIsNull(decoded('RelayState')),
    querySignature: querySignature(raw, kind, decoded),
  };
}

function querySignature(
  raw: ReadonlyMap<Parameter, string>,
  kind: MessageKind,
  decoded: (name: Parameter) => string | null,
): QuerySignature | null {
  const [value, algorithm] = [decoded('Signature'), decoded('SigAlg')];
  if (value === null && algorithm === null) return null;
  const signed = ([kind, 'RelayState', 'SigAlg'] as const).filter((name) => raw.has(name));
  return {
    algorithm: algorithm ?? '',
    value: fromBase64(value ?? ''),
    octets: signed.map((name) => `${name}=${raw.get(name) ?? ''}`).join('&'),
  };
}

/** The fields of a posted form that have to do with SAML; others are none of our business. */
interface PostFields {
  readonly SAMLRequest?: string | undefined;
  readonly SAMLResponse?: string | undefined;
  readonly RelayState?: string | undefined;
}

/** The message of a posted form. */
export function decodePost(fields: PostFields): InboundMessage {
  const kind = kindOf((name) => fields[name] !== undefined);
  const xml = fromBase64(fields[kind] ?? '');
  if (xml.byteLength > MAX_XML_BYTES) throw tooLarge();
  return {
    binding: 'post',
    kind,
    xml,
    relayState: emptyIsNull(fields.RelayState ?? null),
    querySignature: null,
  };
}

const emptyIsNull = (text: string | null): string | null => (text === '' ? null : text);

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Node's own decoder skips what it does not know, so that two texts could be one message. */
function fromBase64(text: string): Buffer {
  if (text.length > MAX_XML_BYTES * 2) throw tooLarge();
  const packed = text.replace(/[ \t\r\n]/g, '');
  if (packed === '' || !BASE64.test(packed) || packed.replace(/=+$/, '').length % 4 === 1)
    throw new SamlRefusal('not-base64', 'The message is not base64. It was cut off or changed on its way.');
  return Buffer.from(packed, 'base64');
}

/** Inflating stops at the cap, so that a few kilobytes cannot become gigabytes (a deflate bomb). */
function inflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_XML_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new SamlRefusal(
      'not-deflated',
      'The message in the address is not DEFLATE-compressed. It was cut off or changed on its way.',
    );
  }
}

export interface OutboundMessage {
  readonly kind: MessageKind;
  readonly xml: string;
  /** Where it goes. */
  readonly destination: string;
  readonly relayState: string | null;
}

/** What an auto-posting form holds: `action` and hidden fields, to be escaped as HTML by whoever writes the page. */
export interface PostForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The form that carries a message (§3.5.4). Its signature, where there is one, is inside the XML. */
export function postForm(message: OutboundMessage): PostForm {
  const relayState = message.relayState === null ? {} : { RelayState: message.relayState };
  return {
    action: message.destination,
    fields: { [message.kind]: Buffer.from(message.xml).toString('base64'), ...relayState },
  };
}

/** The address that carries a message (§3.4.4), its query signed with RSA-SHA256 where a key is given. */
export function redirectUrl(message: OutboundMessage, privateKey: KeyLike | null): string {
  const parameters = [
    [message.kind, deflateRawSync(message.xml).toString('base64')],
    ...(message.relayState === null ? [] : [['RelayState', message.relayState]]),
    ...(privateKey === null ? [] : [['SigAlg', ALGORITHM.rsaSha256]]),
  ];
  const octets = parameters
    .map(([name, value]) => `${name ?? ''}=${encodeURIComponent(value ?? '')}`)
    .join('&');
  const glue = message.destination.includes('?') ? '&' : '?';
  const url = `${message.destination}${glue}${octets}`;
  if (privateKey === null) return url;
  const signature = signBytes('sha256', Buffer.from(octets), privateKey).toString('base64');
  return `${url}&Signature=${encodeURIComponent(signature)}`;
}
