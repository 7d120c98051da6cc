/** At which applications a session has signed its person in, and under which name: who has to hear when it ends. */
import { sql, type Selectable } from 'kysely';
import type { NameId } from '../saml/response.ts';
import type { Handle, Tx } from './database.ts';
import { dropSession } from './sessions.ts';
import type { SamlSessionsTable } from './tables/saml.ts';
import { newToken } from './tokens.ts';

/** One application that a session is known at. */
export interface Participant {
  readonly applicationId: string;
  readonly nameId: NameId;
  /** What the application was told to call the session. */
  readonly sessionIndex: string;
}

const toParticipant = (row: Selectable<SamlSessionsTable>): Participant => ({
  applicationId: row.application_id,
  nameId: { value: row.name_id, format: row.name_id_format },
  sessionIndex: row.session_index,
});

/** Notes that a session signs its person in to an application. Answers what the application is to call the session. */
export async function joinSession(
  handle: Handle,
  sessionId: string,
  applicationId: string,
  nameId: NameId,
): Promise<string> {
  const name = { name_id: nameId.value, name_id_format: nameId.format };
  const row = await handle
    .insertInto('saml_sessions')
    .values({
      session_index: `_${newToken()}`,
      session_id: sessionId,
      application_id: applicationId,
      ...name,
    })
    .onConflict((found) => found.columns(['session_id', 'application_id']).doUpdateSet(name))
    .returning('session_index')
    .executeTakeFirstOrThrow();
  return row.session_index;
}

/** Where a session is known. */
export async function listParticipants(handle: Handle, sessionId: string): Promise<Participant[]> {
  const rows = await handle
    .selectFrom('saml_sessions')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('application_id')
    .execute();
  return rows.map(toParticipant);
}

export interface EndedSessions {
  readonly people: readonly { readonly id: string; readonly username: string }[];
  /** Where else the sessions are known. */
  readonly participants: readonly Participant[];
}

/**
 * Ends the sessions that an application means: those of the name, or of these indexes of it where it names some (Core
 * §3.7.1).
 */
export async function endSessionsOf(
  tx: Tx,
  applicationId: string,
  nameId: string,
  indexes: readonly string[],
): Promise<EndedSessions> {
  const meant = await tx
    .selectFrom('saml_sessions')
    .innerJoin('sessions', 'sessions.id', 'saml_sessions.session_id')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['saml_sessions.session_id', 'users.id', 'users.username'])
    .where('saml_sessions.application_id', '=', applicationId)
    .where('saml_sessions.name_id', '=', nameId)
    .$if(indexes.length > 0, (query) => query.where('saml_sessions.session_index', 'in', indexes))
    .execute();
  const participants: Participant[] = [];
  for (const { session_id } of meant) {
    participants.push(...(await listParticipants(tx, session_id)));
    await dropSession(tx, session_id);
  }
  const people = new Map(meant.map(({ id, username }) => [id, { id, username }]));
  return { people: [...people.values()], participants };
}

/** A session that replaces another one of the same person takes over where that one was known. */
export async function inheritParticipants(handle: Handle, from: string, to: string): Promise<void> {
  await sql`
    UPDATE saml_sessions SET session_id = ${to} WHERE session_id = ${from} AND EXISTS (
      SELECT FROM sessions one JOIN sessions other ON other.user_id = one.user_id
      WHERE one.id = ${from} AND other.id = ${to})`.execute(handle);
}
