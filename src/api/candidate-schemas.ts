/** The users of an application as import shows them: how they were read, and what each is to the directory. */
import { z } from 'zod';
import { listOf, timeSchema } from '../http/contract.ts';
import { candidateStates } from '../store/candidates.ts';
import { personSchema } from './import-schemas.ts';

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
        managed: z.boolean().describe('False until they have been active in a bound group.'),
      })
      .nullable()
      .describe('Who is linked to the account.'),
    matches: z
      .array(matchSchema)
      .readonly()
      .describe('At most three. Where there are several, the row fails until it is corrected.'),
  })
  .meta({ id: 'Candidate' });

export const candidateListSchema = listOf(candidateSchema).extend({
  importable: z.int().describe('How many of them are not imported yet: of so many `"all": true` is.'),
  roster: rosterSchema,
});
