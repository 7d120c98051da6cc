/** What comes in as JSON, against a zod schema. */
import type { z } from 'zod';
import { fieldErrorsOf, sentence } from '../fields.ts';

/** Parses what came in; its errors are sentences for people. */
export const read = <S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> =>
  schema.safeParse(value, { error: sentence });

/** The fields that are wrong, at most five, as one text: `userName is missing. members[2].value must be text, not null.` */
export const fieldErrorText = (error: z.ZodError): string =>
  fieldErrorsOf(error)
    .slice(0, 5)
    .map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
    .join(' ');
