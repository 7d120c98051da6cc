/** An API key as a request carries it: `Authorization: Bearer KEY` (RFC 6750 §2.1, widened to every sign of ASCII). */
const KEY = '[\\x21-\\x7e]{1,512}';
const HEADER = new RegExp(`^Bearer +(${KEY})$`, 'i');

/** What a key is made of. */
export const BEARER_KEY = new RegExp(`^${KEY}$`);

/** What to say of a key that no request can carry. */
export const BEARER_FORM =
  'must be what a header can carry: at most 512 letters, digits and signs of ASCII, without spaces';

/** What is wrong with a key that a program is to send, or undefined. */
export const apiKeyFault = (key: string): string | undefined =>
  BEARER_KEY.test(key) ? undefined : BEARER_FORM;

/** The key in an `Authorization` header, or undefined where it holds none. */
export const keyInHeader = (header: string): string | undefined => HEADER.exec(header)?.[1];
