/** Sessions of people who signed in. A session counts only while its user is active, which each look asks anew. */
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Role } from '../access/roles.ts';
import { notFound } from '../errors.ts';
import type { Method } from '../people/methods.ts';
import type { Handle, Tx } from './database.ts';
import type { SessionsTable } from './tables/sign-in.ts';
import { newToken, tokenHash } from './tokens.ts';

interface NewSession {
  readonly userId: string;
  readonly methods: readonly Method[];
  readonly idleSeconds: number;
  readonly maxSeconds: number;
  /** From where, and with what, for the person to recognise it by. */
  readonly address: string;
  readonly userAgent: string;
}

/** A session that counts now, with whose it is. */
export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly email: string | null;
  readonly displayname: string | null;
  readonly firstname: string | null;
  /** The role that was given to them, whether or not this session may use it. */
  readonly role: Role | null;
  /** How they proved who they are; the answer to SAML's AuthnContext. */
  readonly methods: readonly Method[];
  /** When they last did so; a session that was taken up again with a password is a new one. */
  readonly authenticatedAt: Date;
  /** By the database's clock, less than ten minutes ago: enough for changing a password or a factor. */
  readonly fresh: boolean;
}

export interface ListedSession {
  readonly id: string;
  readonly methods: readonly Method[];
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly address: string;
  readonly userAgent: string;
}

const MAX_USER_AGENT = 300;

/** Not over, and used lately enough. */
const counts = sql<boolean>`sessions.expires_at > now()
  AND sessions.last_seen_at + make_interval(secs => sessions.idle_seconds) > now()`;

/** Starts a session. `token` is the value of its cookie, and can be read this once. */
export async function createSession(
  handle: Handle,
  session: NewSession,
): Promise<{ id: string; token: string }> {
  const token = newToken();
  const id = uuidv7();
  await handle
    .insertInto('sessions')
    .values({
      id,
      token_hash: tokenHash(token),
      user_id: session.userId,
      methods: JSON.stringify(session.methods),
      idle_seconds: session.idleSeconds,
      expires_at: sql`now() + make_interval(secs => ${session.maxSeconds})`,
      address: session.address,
      user_agent: session.userAgent.slice(0, MAX_USER_AGENT),
    })
    .execute();
  return { id, token };
}

const noteUse = (handle: Handle, id: string) =>
  handle
    .updateTable('sessions')
    .set({ last_seen_at: sql`now()` })
    .where('id', '=', id)
    .execute();

/** The session of that cookie where it counts and its user is active, else undefined; `stale` where its use is to be noted. */
function countingSession(handle: Handle, token: string) {
  return handle
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('administrators', 'administrators.user_id', 'users.id')
    .select([
      'sessions.id',
      'users.id as userId',
      'users.username',
      'users.email',
      'users.displayname',
      'users.firstname',
    ])
    .select(['administrators.role', 'sessions.methods', 'sessions.authenticated_at as authenticatedAt'])
    .select(sql<boolean>`sessions.authenticated_at > now() - interval '10 minutes'`.as('fresh'))
    .select(sql<boolean>`sessions.last_seen_at < now() - interval '1 minute'`.as('stale'))
    .where('sessions.token_hash', '=', tokenHash(token))
    .where('users.state', '=', 'active')
    .where(counts)
    .executeTakeFirst();
}

/** The session of that cookie where it counts, else undefined. To look whether it counts is no use of it, and is not noted. */
export async function peekSession(handle: Handle, token: string): Promise<LiveSession | undefined> {
  return countingSession(handle, token);
}

/** The session of that cookie where it counts, else undefined. Notes that it was used. */
export async function findSession(handle: Handle, token: string): Promise<LiveSession | undefined> {
  const row = await countingSession(handle, token);
  if (row === undefined) return undefined;
  const { stale, ...session } = row;
  if (stale) await noteUse(handle, session.id);
  return session;
}

/** Whether the session is still there; if so, nobody ends it before this transaction ends. */
export async function keepSession(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** A person proved more in a session that they have: a factor that was just set up. */
export async function addMethod(handle: Handle, id: string, method: Method): Promise<void> {
  await handle
    .updateTable('sessions')
    .set({ methods: sql`methods || ${JSON.stringify([method])}::jsonb` })
    .where('id', '=', id)
    .where(sql<boolean>`NOT methods ? ${method}`)
    .execute();
}

const toListed = (row: Selectable<SessionsTable>): ListedSession => ({
  id: row.id,
  methods: row.methods,
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  address: row.address,
  userAgent: row.user_agent,
});

/** A user's sessions that count, the newest first. */
export async function listSessions(handle: Handle, userId: string): Promise<ListedSession[]> {
  const rows = await handle
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where(counts)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toListed);
}

/** One of a user's sessions, over or not, or undefined. */
export async function findListedSession(
  handle: Handle,
  userId: string,
  id: string,
): Promise<ListedSession | undefined> {
  const row = await handle
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && toListed(row);
}

/** Ends one session of a user. Throws a `Problem` when they have none of that id. */
export async function endSession(handle: Handle, userId: string, id: string): Promise<ListedSession> {
  const row = await handle
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw notFound('This session');
  return toListed(row);
}

/** Ends a session that may be over already: by signing out, or by a new one in its place. */
export async function dropSession(handle: Handle, id: string): Promise<void> {
  await handle.deleteFrom('sessions').where('id', '=', id).execute();
}

/** Ends a user's sessions, except for the one that they ask from, if any. Answers how many there were that counted. */
export async function endSessions(handle: Handle, userId: string, except?: string): Promise<number> {
  const ended = await handle
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .returning(counts.as('counted'))
    .execute();
  return ended.filter(({ counted }) => counted).length;
}
