/** The octets of a redirect's query. They are what is signed, so they are kept as they came (SAML Bindings 2.0 §3.4.4.1). */
import { SamlRefusal } from './refusal.ts';

const MEANT = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;

export type Parameter = (typeof MEANT)[number];

/** Each parameter's value as it stands in the query. One that stands there twice could be signed once and read twice. */
export function rawParameters(query: string): ReadonlyMap<Parameter, string> {
  const found = new Map<Parameter, string>();
  for (const part of query.replace(/^\?/, '').split('&')) {
    const [name = '', ...value] = part.split('=');
    const meant = MEANT.find((parameter) => parameter === urlDecoded(name));
    if (meant === undefined) continue;
    if (found.has(meant)) throw severalMessages(`${meant} stands in the address more than once.`);
    found.set(meant, value.join('='));
  }
  return found;
}

/** The refusal of an address that could be read in two ways. */
export const severalMessages = (what: string): SamlRefusal =>
  new SamlRefusal('several-messages', `${what} It is not clear which one is meant.`);

/** A part of a query as text (application/x-www-form-urlencoded). Throws a {@link SamlRefusal} where it is malformed. */
export function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new SamlRefusal('malformed', 'The address has a % that is not followed by two hexadecimal digits.');
  }
}
