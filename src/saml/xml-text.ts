/** Writing XML. A string is always text and gets escaped; only `tag` makes markup. */

/** A finished piece of markup. */
export interface Xml {
  readonly xml: string;
}

export type XmlAttributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element. Attributes and children that are null or undefined are left out. */
export function tag(
  name: string,
  attributes: XmlAttributes = {},
  children: string | readonly (Xml | string | null | undefined)[] = [],
): Xml {
  const list = typeof children === 'string' ? [children] : children;
  const inner = list.map(inside).join('');
  const start = `${name}${Object.entries(attributes).map(attributeText).join('')}`;
  return { xml: inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>` };
}

/** Markup that is already there, such as a signed assertion whose octets must stay as they are. */
export const markup = (xml: string): Xml => ({ xml });

function attributeText([name, value]: [string, XmlAttributes[string]]): string {
  return value === null || value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`;
}

function inside(child: Xml | string | null | undefined): string {
  if (child === null || child === undefined) return '';
  return typeof child === 'string' ? escapeXml(child) : child.xml;
}

// XML 1.0 §2.2. Half of a surrogate pair is no character either.
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

/** Whether XML can hold the text: what it cannot, no document holds, not even as a reference. */
export const isWritable = (text: string): boolean => !UNWRITABLE.test(text);

/** Line ends and tabs are written as references, because a parser would turn them into something else. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

/** Throws an Error for what is not {@link isWritable}: leaving a character out would say another name than the directory's. */
function escapeXml(text: string): string {
  if (!isWritable(text)) throw new Error('The text has a control character, which XML cannot hold.');
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? character);
}
