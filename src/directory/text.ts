/** What text may be: what a person types, and what can be stored. */
import { z } from 'zod';

const CONTROL = 'must not hold control characters.';

// Half of a surrogate pair is not UTF-8, and U+0000 is refused by PostgreSQL; the other control characters, and U+FFFE and
// U+FFFF, no XML can hold (§2.2), so that no assertion could say them.
const faultOf =
  (control: RegExp) =>
  (text: string): string | undefined => {
    if (control.test(text)) return CONTROL;
    return /[\uFFFE\uFFFF]/.test(text)
      ? 'must not hold U+FFFE or U+FFFF: they are no characters.'
      : undefined;
  };

/** What is wrong with the characters of a text on one line, or undefined. */
export const lineFault = faultOf(/[\p{Cc}\p{Cs}]/u);
const linesFault = faultOf(/[^\P{Cc}\t\r\n]|\p{Cs}/u);

const text = (max: number, fault: typeof lineFault) =>
  z
    .string()
    .trim()
    .normalize()
    .max(max)
    .superRefine((given, context) => {
      const message = fault(given);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });

/** Text on one line, trimmed and in Unicode's composed form (NFC), so that the same name is the same bytes. */
export const line = (max: number) => text(max, lineFault);

// What only fills, joins or breaks (U+200B, U+00AD, U+FEFF, U+3164, …) is drawn as nothing, and so are spaces and the empty braille pattern.
const SEEN = /[^\p{Default_Ignorable_Code_Point}\p{Z}\u2800]/u;

/** The same for a name: there is something in it that people can see, and tell it from others by. */
export const visibleLine = (max: number) =>
  line(max)
    .min(1)
    .refine((given) => given === '' || SEEN.test(given), 'must have a character that can be seen.');

/** The same over several lines. */
export const lines = (max: number) => text(max, linesFault);

const UNSTORABLE_ANYWHERE = /[\0\p{Cs}]/u;

/** Whether the database takes the text. */
export const isStorable = (text: string): boolean => !UNSTORABLE_ANYWHERE.test(text);

/** Text that is kept exactly as it comes, such as an id of somebody else's. */
export const verbatim = (max: number) => z.string().max(max).refine(isStorable, CONTROL);

/** Text of which nothing can be seen is no value. */
export const emptyIsNull = (text: string | null): string | null =>
  text === null || !SEEN.test(text) ? null : text;
