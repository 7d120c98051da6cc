/** Filters and attribute paths, from text to words. */
import { ScimError, type ScimType } from './error.ts';

/** Longer texts are refused before they are read. */
const LONGEST = 10_000;

/** Deeper parentheses and brackets are refused: the reader is recursive. */
const DEEPEST = 40;

const token = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/uy;

/**
 * The words of a filter or an attribute path (RFC 7644 §3.4.2.2), read one after the other. A word is a JSON string
 * with its quotes, one of `( ) [ ]`, or anything else between spaces.
 */
export class Words {
  readonly #words: readonly string[];
  readonly #text: string;
  readonly #scimType: ScimType;
  #next = 0;
  #depth = 0;

  constructor(text: string, scimType: ScimType) {
    this.#text = text;
    this.#scimType = scimType;
    if (text.length > LONGEST) throw this.error(`it is longer than ${LONGEST} characters`);
    this.#words = this.#split(text);
  }

  /** The word after `ahead` others, not taken; empty at the end. */
  peek(ahead = 0): string {
    return this.#words[this.#next + ahead] ?? '';
  }

  take(): string {
    const word = this.peek();
    if (word === '') throw this.error('it ends too early');
    this.#next += 1;
    return word;
  }

  /** Takes the next word where it equals this one without case. */
  takeIf(word: string): boolean {
    const found = this.peek().toLowerCase() === word;
    if (found) this.#next += 1;
    return found;
  }

  expect(word: string): void {
    if (!this.takeIf(word)) throw this.error(`"${word}" is missing${this.#before()}`);
  }

  expectEnd(): void {
    if (this.peek() !== '') throw this.error(`nothing may follow${this.#before()}`);
  }

  /** Reads what stands between two brackets, one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.error(`it is nested deeper than ${DEEPEST} levels`);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  error(reason: string): ScimError {
    const what = this.#scimType === 'invalidPath' ? 'path' : 'filter';
    const shown = this.#text.length > 100 ? `${this.#text.slice(0, 100)}…` : this.#text;
    return new ScimError(
      400,
      `The ${what} ${JSON.stringify(shown)} cannot be read: ${reason}.`,
      this.#scimType,
    );
  }

  #before(): string {
    return this.peek() === '' ? ' at the end' : ` before ${this.peek().slice(0, 50)}`;
  }

  #split(text: string): string[] {
    const words: string[] = [];
    token.lastIndex = 0;
    const end = text.trimEnd().length;
    while (token.lastIndex < end) {
      const at = token.lastIndex;
      const found = token.exec(text);
      if (found === null) throw this.error(`there is something odd at character ${at + 1}`);
      words.push(found[1] ?? found[2] ?? found[3] ?? '');
    }
    return words;
  }
}
