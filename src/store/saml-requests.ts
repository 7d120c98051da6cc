/** What was accepted of service providers: ids that must not come again, and requests that wait for a sign-in. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { AcceptedRequest } from '../saml/decide.ts';
import type { Remember } from '../saml/message.ts';
import type { Handle } from './database.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Long enough to reset a forgotten password. */
const WAITING_MINUTES = 30;

/** Remembers a message's id. Answers false where it was there already: a replay. */
export async function rememberMessage(
  handle: Handle,
  applicationId: string,
  { id, until }: Remember,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await handle
    .insertInto('saml_messages')
    .values({ application_id: applicationId, message_id: id, expires_at: until })
    .onConflict((found) => found.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** What an answer needs of an AuthnRequest that was accepted. */
type KeptRequest = Pick<AcceptedRequest, 'acsUrl' | 'relayState' | 'request'>;

export interface WaitingRequest extends KeptRequest {
  /** By the database's clock, as sessions have it. */
  readonly receivedAt: Date;
}

/** Keeps a request; the token is for its address. */
export async function keepRequest(
  handle: Handle,
  applicationId: string,
  { acsUrl, relayState, request }: KeptRequest,
): Promise<string> {
  const token = newToken();
  await handle
    .insertInto('saml_requests')
    .values({
      token_hash: tokenHash(token),
      application_id: applicationId,
      content: JSON.stringify({ acsUrl, relayState, request }),
      expires_at: sql`now() + make_interval(mins => ${WAITING_MINUTES})`,
    })
    .execute();
  return token;
}

const requestSchema = z.object({
  acsUrl: z.string(),
  relayState: z.string().nullable(),
  request: z.object({
    id: z.string(),
    version: z.string(),
    issueInstant: z.coerce.date(),
    issuer: z.string().nullable(),
    destination: z.string().nullable(),
    acsUrl: z.string().nullable(),
    acsIndex: z.number().nullable(),
    protocolBinding: z.string().nullable(),
    forceAuthn: z.boolean(),
    isPassive: z.boolean(),
    nameIdPolicy: z
      .object({
        format: z.string().nullable(),
        spNameQualifier: z.string().nullable(),
        allowCreate: z.boolean(),
      })
      .nullable(),
    requestedAuthnContext: z
      .object({
        comparison: z.enum(['exact', 'minimum', 'maximum', 'better']),
        classes: z.array(z.string()),
      })
      .nullable(),
    subject: z.string().nullable(),
  }),
});

const stillWaits = (applicationId: string, token: string) => sql<boolean>`
  token_hash = ${tokenHash(token)} AND application_id = ${applicationId} AND expires_at > now()`;

/** The request of that token, or undefined where it has been answered or is too old. */
export async function findRequest(
  handle: Handle,
  applicationId: string,
  token: string,
): Promise<WaitingRequest | undefined> {
  const row = await handle
    .selectFrom('saml_requests')
    .select(['content', 'received_at'])
    .where(stillWaits(applicationId, token))
    .executeTakeFirst();
  return row && { ...requestSchema.parse(row.content), receivedAt: row.received_at };
}

/** Ends the wait, for whoever answers. Answers false where somebody else did: a request has one answer. */
export async function takeRequest(handle: Handle, applicationId: string, token: string): Promise<boolean> {
  const { numDeletedRows } = await handle
    .deleteFrom('saml_requests')
    .where(stillWaits(applicationId, token))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

const EXPIRING = ['saml_messages', 'saml_requests', 'saml_logouts'] as const;

/** Deletes what is over. */
export async function deleteExpiredMessages(handle: Handle): Promise<void> {
  for (const table of EXPIRING)
    await sql`DELETE FROM ${sql.table(table)} WHERE expires_at < now()`.execute(handle);
}
