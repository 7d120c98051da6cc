/** What all routes share: ids, lists, flags, and how bad input is told. */
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { line } from '../directory/text.ts';
import { Problem, badInput, unreadable } from '../errors.ts';
import { fieldErrorsOf, sentence, sentenceAbout, summary } from '../fields.ts';

/** An id of ours in a body; PostgreSQL writes UUIDs in lower case. */
export const idSchema = z.guid().toLowerCase();

export const idParams = z.strictObject({ id: idSchema });

const given = (text: string): string | undefined => (text === '' ? undefined : text);

/** What every list takes. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('How many on one page.'),
  cursor: line(16_000).optional().describe('The `nextCursor` of the page before.'),
  search: line(200).transform(given).optional().describe('Part of a name; case does not count.'),
});

/** Narrows a list to what is called so, for programs that are given a name. */
export const exactly = line(255)
  .min(1)
  .optional()
  .describe('Only what has exactly this; case does not count.');

const backwards = <Field extends string>(field: Field): `-${Field}` => `-${field}`;

/** `?sort=name`, or `?sort=-name` for the other way round. Each list says its usual order. */
export const sortBy = <Field extends string>(fields: readonly Field[]) =>
  z
    .enum([...fields, ...fields.map(backwards)])
    .describe('What the list is sorted by; with a minus before it, the other way round.');

/** The query of a route that takes none: a parameter that nobody reads is a mistake of the caller's. */
export const noQuery = z.strictObject({});

/** What every list answers. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item).readonly(),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last.'),
    total: z.int().describe('How many there are on all pages.'),
  });

const flagBeing = (usual: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(usual)
    .transform((text) => text === 'true');

/** `?name=true` */
export const flag = flagBeing('false');

/** `?name=false` */
export const usualFlag = flagBeing('true');

export const timeSchema = z.iso.datetime();

/** A time that a caller gives, in whatever zone; in UTC from here on. */
export const momentSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((moment) => moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999, {
    message: 'must be a time of the years 1 to 9999.',
  })
  .transform((moment) => moment.toISOString());

/** A body that may be left out. */
export const optionalBody = <T extends z.ZodType>(body: T) => body.nullish();

/** A list of ids to add and one to remove. */
export const changeIdsSchema = z.strictObject({
  add: z.array(idSchema).max(200_000).default([]),
  remove: z.array(idSchema).max(200_000).default([]),
});

export const changedSchema = z.object({
  added: z.int().describe('How many really joined.'),
  removed: z.int().describe('How many really left.'),
});

/** An answer without a body. */
export const nothing = z.undefined().describe('Done.');

function refusal(part: string | undefined, data: unknown, error: z.ZodError): Problem {
  // Fastify shows a validator no body as null.
  if (part === 'body' && data === null)
    return unreadable('The body must be an object, not null and not empty.');
  const errors = fieldErrorsOf(error);
  // An id in the address that is no id names nothing, as one that nobody has.
  if (part === 'params')
    return new Problem('not-found', `There is nothing at this address: ${summary(errors)}`);
  return badInput(summary(errors), errors);
}

/** Refuses what a route does not read, as a mistake of the caller's; an empty object says no more than no body (R49). */
export function refuseUnread(body: unknown): void {
  const parsed = z.strictObject({}).nullish().safeParse(body, { error: sentence });
  if (!parsed.success) throw refusal('body', body, parsed.error);
}

/** Parses each part of a request at the door, and refuses it with each field's name (R49). */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const error = httpPart === 'querystring' ? sentenceAbout(data) : sentence;
    const parsed = schema.safeParse(data, { error });
    return parsed.success ? { value: parsed.data } : { error: refusal(httpPart, data, parsed.error) };
  };
