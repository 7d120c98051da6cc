/** Single logouts under way. The browser goes from one application to the next, and what is left to do waits here. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Handle } from './database.ts';

const stateSchema = z.object({
  /** Whose answer is waited for. */
  asked: z.string(),
  remaining: z.array(
    z.object({
      applicationId: z.string(),
      nameId: z.object({ value: z.string(), format: z.string() }),
      sessionIndex: z.string(),
    }),
  ),
  /** The application that began it and waits for the answer; null where the person did so here. */
  initiator: z
    .object({ applicationId: z.string(), requestId: z.string(), relayState: z.string().nullable() })
    .nullable(),
  /** For whoever began it here: the page for which somebody signs in afterwards; `/` is none. */
  next: z.string().default('/'),
  /** Every application so far could be asked, and none has refused. */
  complete: z.boolean(),
});

export type Logout = z.infer<typeof stateSchema>;

/** An application answers at once; what lies longer was given up. */
const WAITING_MINUTES = 10;

/** Keeps what is left to do until the answer to the LogoutRequest `awaits` is there. */
export async function keepLogout(handle: Handle, awaits: string, logout: Logout): Promise<void> {
  await handle
    .insertInto('saml_logouts')
    .values({
      awaits,
      state: JSON.stringify(logout),
      expires_at: sql`now() + make_interval(mins => ${WAITING_MINUTES})`,
    })
    .execute();
}

/** What is left to do, once: undefined for an answer to nothing of ours, or of another application than the one that was asked. */
export async function takeLogout(handle: Handle, awaits: string, asked: string): Promise<Logout | undefined> {
  const row = await handle
    .deleteFrom('saml_logouts')
    .where('awaits', '=', awaits)
    .where(sql<boolean>`state ->> 'asked' = ${asked}`)
    .where(sql<boolean>`expires_at > now()`)
    .returning('state')
    .executeTakeFirst();
  return row && stateSchema.parse(row.state);
}
