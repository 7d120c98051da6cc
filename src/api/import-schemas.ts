/** Imports as they are asked and answered, and what became of each item. */
import { z } from 'zod';
import { line, verbatim } from '../directory/text.ts';
import { idSchema, timeSchema } from '../http/contract.ts';
import { importOutcomes } from '../store/imports.ts';

const text = z.string().nullable();

export const personSchema = z
  .object({ username: text, email: text, firstname: text, lastname: text, displayname: text })
  .meta({ id: 'ImportedPerson' });

/** Only the shape is checked here: what cannot be used fails its own row, and the others go on. */
const change = line(1000)
  .nullable()
  .transform((value) => (value === '' ? null : value))
  .optional();

const personChange = z
  .strictObject({
    username: change,
    email: change,
    firstname: change,
    lastname: change,
    displayname: change,
  })
  .describe('What is left out stays as it is proposed; null takes it away.');

const MOST = 200_000;

const remoteIdSchema = verbatim(1000).min(1);

const overrides = z
  .record(remoteIdSchema, personChange)
  .default({})
  .describe(
    'Corrections, by the remote id of whom they are for; each must be of somebody whom the import is of.',
  );

const notify = z
  .email()
  .max(254)
  .optional()
  .describe(
    'Where the end of a background import is told. Left out, it is the address of the person who asks; where there is none, as for an API key, those of all administrators.',
  );

const wait = z
  .boolean()
  .default(true)
  .describe('Whether up to 100 are done before this answers; false where their import is watched instead.');

const remoteIds = z.array(remoteIdSchema).min(1).max(MOST);

export const newImportSchema = z
  .strictObject({
    remoteIds: remoteIds.optional(),
    all: z
      .literal(true)
      .optional()
      .describe('Everybody whom the list shows under `new` and `search`, and who is not imported yet.'),
    new: z.boolean().optional(),
    search: line(200).optional(),
    state: z.enum(['staged', 'active']).default('staged').describe('What the users that are made begin as.'),
    overrides,
    notify,
    wait,
  })
  .refine((body) => (body.remoteIds === undefined) !== (body.all === undefined), {
    path: ['remoteIds'],
    message: 'or "all": true must be given, and not both.',
  })
  .refine((body) => body.all === true || (body.new === undefined && body.search === undefined), {
    path: ['all'],
    message: 'must be true where new or search is given.',
  })
  .meta({ id: 'NewImport' });

export const retryImportSchema = z
  .strictObject({
    remoteIds: remoteIds.optional().describe('Everybody who failed or was cancelled where it is left out.'),
    overrides,
    notify,
    wait,
  })
  .meta({ id: 'ImportRetry' });

export const importParams = z.strictObject({ id: idSchema, importId: idSchema });

export const itemSchema = z
  .object({
    remoteId: z.string(),
    person: personSchema.describe('With corrections.'),
    outcome: z.enum([...importOutcomes, 'waiting']),
    userId: z.guid().nullable(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).readonly(),
  })
  .meta({ id: 'ImportItem' });

export const importSchema = z
  .object({
    id: z.guid(),
    applicationId: z.guid(),
    state: z.enum(['running', 'done']),
    userState: z.enum(['staged', 'active']),
    background: z.boolean().describe('It goes on behind the answer; look again, or watch the stream.'),
    counts: z.object({
      total: z.int(),
      waiting: z.int(),
      created: z.int().describe('Made in the directory.'),
      linked: z.int().describe('Linked to somebody who was there.'),
      unchanged: z.int().describe('Imported before.'),
      failed: z.int(),
      cancelled: z.int().describe('Not made, because it was cancelled.'),
    }),
    startedBy: z.string(),
    mail: z
      .object({
        to: z.string().describe('One address, or several with commas between them.'),
        state: z.enum(['none', 'owed', 'sent', 'failed']),
        message: z.string().nullable().describe('Why it was not sent yet.'),
      })
      .nullable()
      .describe('Who is told when it is done; null where nobody is.'),
    createdAt: timeSchema,
    finishedAt: timeSchema.nullable(),
  })
  .meta({ id: 'Import' });

export const importWithResultsSchema = importSchema
  .extend({
    results: z
      .array(itemSchema)
      .readonly()
      .nullable()
      .describe(
        'What became of each, where they were at most 100 and are waited for; null where it goes on behind the answer.',
      ),
  })
  .meta({ id: 'ImportWithResults' });
