/**
 * SAML 2.0, the identity provider's half, as a pure core: bytes, keys, ids and the time come in as arguments, and XML,
 * URLs and decisions go out. `bindings` takes a message out of HTTP and puts one in, `signature` says which element was
 * signed, `authn-request` and `logout` read, `decide` and `authentication` judge, `response` and `metadata` write,
 * `settings` and `attributes` say what an application is told of a person. Endpoints, sessions, replayed ids and keys at
 * rest belong to `idp/` and `store/`.
 *
 * This file is the only one that parses XML. There is no DTD and so no entity to expand, no processing instruction, and
 * the sizes that make a parser slow are capped before it starts.
 */
import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { SamlRefusal } from './refusal.ts';
import { isWritable } from './xml-text.ts';

export type { Element } from '@xmldom/xmldom';

/** 256 KiB: a signed AuthnRequest has some 5, the metadata of a service provider some 20. */
export const MAX_XML_BYTES = 262_144;
/** Elements, comments and CDATA sections. */
const MAX_NODES = 2_000;
const MAX_ATTRIBUTES = 4_000;
const MAX_DEPTH = 40;

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;
const COMMENT = 8;

const DECLARATION =
  /^\uFEFF?<\?xml\s+version=(["'])1\.0\1(?:\s+encoding=(["'])utf-8\2)?(?:\s+standalone=(["'])(?:yes|no)\3)?\s*\?>/i;

/** The document's root element. Comments stay in the tree and are never part of a text ({@link textOf}). */
export function parseXml(input: string | Uint8Array): Element {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (Buffer.byteLength(text) > MAX_XML_BYTES) throw tooLarge();
  const body = text.replace(DECLARATION, '');
  refuseDangerous(body);
  refuseNoCharacters(body);
  const root = parse(body);
  refuseDeep(root);
  return root;
}

/** The refusal of what is too large to be read. */
export const tooLarge = (): SamlRefusal =>
  new SamlRefusal(
    'too-large',
    `What arrived is larger than ${MAX_XML_BYTES / 1024} KiB. No service provider needs that much.`,
  );

/** Text, without a byte order mark. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_XML_BYTES) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SamlRefusal('not-utf8', 'What arrived is not UTF-8 text, so it is no SAML.');
  }
}

/** What a SAML message never contains, found in its text, so that no parser gets to see it. */
function refuseDangerous(text: string): void {
  if (/<!(?!--|\[CDATA\[)/.test(text))
    throw new SamlRefusal(
      'dtd',
      'What arrived has a DOCTYPE or entity declaration. Those are never read, because they can make a parser fetch files or fill its memory.',
    );
  if (text.includes('<?'))
    throw new SamlRefusal(
      'processing-instruction',
      'What arrived has a processing instruction or an unusual XML declaration, which nothing in SAML needs.',
    );
  // Comments count: taking tens of thousands out of a tree keeps canonicalization busy for half a minute.
  const crowded = count(text, /<[^/]/g) > MAX_NODES || count(text, /=\s*["']/g) > MAX_ATTRIBUTES;
  if (crowded) throw tooDeep();
}

/** Neither is well-formed (XML 1.0 §2.2, §4.1), the parser takes both, and no database keeps them. */
function refuseNoCharacters(text: string): void {
  const references = Array.from(text.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi));
  if (!isWritable(text) || references.some(([, hex, decimal]) => !isCharacter(hex, decimal))) throw notXml();
}

function isCharacter(hex: string | undefined, decimal: string | undefined): boolean {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff && isWritable(String.fromCodePoint(code));
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const tooDeep = (): SamlRefusal =>
  new SamlRefusal(
    'too-deep',
    'What arrived has more elements, attributes or comments, or nests them deeper, than anything in SAML does.',
  );

/** xmldom reports what is not well-formed at three levels and goes on after two of them: here each one ends it. */
function parse(text: string): Element {
  let root: Element | null = null;
  try {
    const parser = new DOMParser({ onError: failOnAnything, locator: false });
    root = parser.parseFromString(text, 'text/xml').documentElement;
  } catch {
    throw notXml();
  }
  if (root === null) throw notXml();
  return root;
}

function failOnAnything(level: string, message: string): never {
  throw new Error(`${level}: ${message}`);
}

const notXml = (): SamlRefusal =>
  new SamlRefusal('not-xml', 'What arrived is not well-formed XML. It was cut off or changed on its way.');

function refuseDeep(root: Element): void {
  let level: readonly Element[] = [root];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw tooDeep();
    level = level.flatMap((element) => childElements(element));
  }
}

const isElement = (node: Node): node is Element => node.nodeType === ELEMENT;

/** The elements directly below, in their order. */
export function childElements(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter(isElement);
}

/** Whether that is the element of that name; prefixes do not count. */
export const isNamed = (element: Element, namespace: string, name: string): boolean =>
  element.namespaceURI === namespace && element.localName === name;

/** The direct children of that name, never anything deeper. */
export function childrenNamed(parent: Element, namespace: string, name: string): Element[] {
  return childElements(parent).filter((child) => isNamed(child, namespace, name));
}

/** The one direct child of that name, or null. Two of them are a refusal: which one is meant must not be a guess. */
export function childNamed(parent: Element, namespace: string, name: string): Element | null {
  const [first, second] = childrenNamed(parent, namespace, name);
  if (second !== undefined) throw malformed(`<${name}> stands in it more than once.`);
  return first ?? null;
}

/** The element and everything under it, in document order. */
export function selfAndDescendants(element: Element): Element[] {
  return [element, ...childElements(element).flatMap(selfAndDescendants)];
}

/**
 * The whole text of an element that holds nothing else, trimmed. A comment does not cut it: `admin@a.test<!---->.b.test`
 * is one name, as it was for whoever signed it (the NameID comment attack, CVE-2017-11427 and others).
 */
export function textOf(element: Element): string {
  const parts = Array.from(element.childNodes).filter(({ nodeType }) => nodeType !== COMMENT);
  if (parts.some(({ nodeType }) => nodeType !== TEXT && nodeType !== CDATA))
    throw malformed(`<${element.localName ?? ''}> holds other elements where text is meant.`);
  return parts
    .map(({ nodeValue }) => nodeValue ?? '')
    .join('')
    .trim();
}

/** An attribute without a namespace, or null where there is none. */
export function attribute(element: Element, name: string): string | null {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

/** The refusal of what does not follow SAML 2.0. */
export function malformed(detail: string): SamlRefusal {
  return new SamlRefusal('malformed', `The message does not follow SAML 2.0: ${detail}`);
}
