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

/** The same over several lines. */
export const lines = (max: number) => text(max, linesFault);

const UNSTORABLE_ANYWHERE = /[\0\p{Cs}]/u;

/** Whether the database takes the text. */
export const isStorable = (text: string): boolean => !UNSTORABLE_ANYWHERE.test(text);

/** Text that is kept exactly as it comes, such as an id of somebody else's. */
export const verbatim = (max: number) => z.string().max(max).refine(isStorable, CONTROL);

/** Empty text is no value. */
export const emptyIsNull = (text: string | null): string | null => (text === '' ? null : text);
