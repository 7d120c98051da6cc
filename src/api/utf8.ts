/** Bodies as text. */

/**
 * The text that the bytes are in UTF-8, without a byte order mark; undefined where they are none. To put U+FFFD in the place of
 * what cannot be read would store a name that nobody gave, and send it to applications.
 */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
