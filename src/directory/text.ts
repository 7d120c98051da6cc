/** What text may be: what a person types, and what can be stored. */
import { z } from 'zod';

// Neither can be stored as text: half of a surrogate pair is not UTF-8, and U+0000 is refused by PostgreSQL.
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;
const UNSTORABLE_IN_LINES = /[^\P{Cc}\t\r\n]|\p{Cs}/u;
const MESSAGE = 'must not hold control characters.';

const base = (max: number) => z.string().trim().normalize().max(max);

/** Text on one line, trimmed and in Unicode's composed form (NFC), so that the same name is the same bytes. */
export const line = (max: number) => base(max).refine((text) => !UNSTORABLE.test(text), MESSAGE);

/** The same over several lines. */
export const lines = (max: number) => base(max).refine((text) => !UNSTORABLE_IN_LINES.test(text), MESSAGE);

const UNSTORABLE_ANYWHERE = /[\0\p{Cs}]/u;

/** Whether the database takes the text. */
export const isStorable = (text: string): boolean => !UNSTORABLE_ANYWHERE.test(text);

/** Text that is kept exactly as it comes, such as an id of somebody else's. */
export const verbatim = (max: number) => z.string().max(max).refine(isStorable, MESSAGE);

/** Empty text is no value. */
export const emptyIsNull = (text: string | null): string | null => (text === '' ? null : text);
