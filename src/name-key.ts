/**
 * The form in which names are compared: without case (RFC 7643 §4.1.1, §4.2), as `lower()` of both databases has it: letter by letter. JavaScript
 * makes ς of a capital sigma at the end of a word, and two characters of İ.
 */
export const nameKey = (name: string): string => name.replaceAll('Σ', 'σ').replaceAll('İ', 'i').toLowerCase();

/** So many letters, of four bytes at most each, fit into a row of an index, which takes 2704 bytes (PostgreSQL, "B-Tree Indexes"), with what else is in it. */
const MOST_LETTERS = 500;

/** What is put into an index of a text that an application shows, however long it is: its beginning. */
export const indexed = (text: string): string =>
  text.length <= MOST_LETTERS ? text : Array.from(text).slice(0, MOST_LETTERS).join('');

/** The form in which names of an application's records are compared and kept: of a very long one, the beginning. */
export const recordKey = (name: string): string => nameKey(indexed(name));
