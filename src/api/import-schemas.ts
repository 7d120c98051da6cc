/** Import as it is asked and answered: persons, candidates, imports and what became of each item. */
import { z } from 'zod';
import { line } from '../directory/text.ts';
import { candidateStates } from '../store/candidates.ts';
import { importOutcomes } from '../store/imports.ts';
import { listOf, timeSchema } from './contract.ts';

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

export const remoteIdSchema = z.string().min(1).max(1000);

export const overridesSchema = z
  .record(remoteIdSchema, personChange)
  .default({})
  .describe('Corrections, by the remote id of whom they are for.');

export const notifySchema = z
  .email()
  .max(254)
  .optional()
  .describe(
    'Where the end of a background import is told; the address of the one who asks where it is left out.',
  );

export const waitSchema = z
  .boolean()
  .default(true)
  .describe('Whether up to 100 are done before this answers; false where their import is watched instead.');

export const remoteIdsSchema = z.array(remoteIdSchema).min(1).max(MOST);

export const rosterSchema = z
  .object({
    state: z.enum(['never', 'reading', 'read', 'failed']),
    seen: z.int().describe('How many users were read so far, or when it ended.'),
    message: z.string().nullable().describe('Why it failed, and what to do.'),
    startedAt: timeSchema.nullable(),
    readAt: timeSchema.nullable().describe('When the list was last read to its end.'),
  })
  .describe("How the last reading of the application's users went.")
  .meta({ id: 'Roster' });

const matchSchema = z.object({
  id: z.guid(),
  username: z.string(),
  name: z.string(),
  by: z.enum(['email', 'username']),
});

const candidateSchema = z
  .object({
    remoteId: z.string(),
    userName: z.string().describe('As the application calls them.'),
    active: z.boolean().describe('Whether the account is active there.'),
    state: z
      .enum(candidateStates)
      .describe(
        '`matches`: somebody in the directory has that username or email, and is linked, not made anew.',
      ),
    person: personSchema.describe('What an import would make of it.'),
    user: z
      .object({
        id: z.guid(),
        name: z.string(),
        managed: z.boolean().describe('False until they have been in a bound group.'),
      })
      .nullable()
      .describe('Who is linked to the account.'),
    matches: z
      .array(matchSchema)
      .readonly()
      .describe('At most three. Where there are several, the row fails until it is corrected.'),
  })
  .meta({ id: 'Candidate' });

export const candidateListSchema = listOf(candidateSchema).extend({ roster: rosterSchema });

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
    }),
    startedBy: z.string(),
    mail: z
      .object({
        to: z.string(),
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
