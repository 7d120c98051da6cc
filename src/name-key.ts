/**
 * The form in which names are compared: without case (RFC 7643 §4.1.1, §4.2), letter by letter, as `lower()` of both databases does. `toLowerCase()`
 * of the whole name makes ς of a capital sigma at the end of a word, and two characters of İ.
 */
export const nameKey = (name: string): string =>
  Array.from(name, (letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())).join('');
