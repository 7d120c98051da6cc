/**
 * What the audit trail says of signing in. Whatever changes how somebody signs in is there, whoever they are; sign-ins and
 * sign-outs are there for people who hold a role, since of others there are far too many. Refusals are there for everybody,
 * up to a rate: the trail is kept for good, and whoever guesses must not be able to fill it.
 */
import type { Deed } from '../access/audit-entry.ts';
import { asPerson, nobody } from '../access/principal.ts';
import type { Role } from '../access/roles.ts';
import type { Method } from '../people/methods.ts';
import { isOften } from '../store/audit.ts';
import type { Tx } from '../store/database.ts';
import { roleOf } from '../store/guarded-person.ts';
import type { ListedSession } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import type { Note, Origin, SignInDeps } from './deps.ts';

/** Whom it is about. */
export interface Named {
  readonly userId: string;
  readonly username: string;
}

/** Something that was done to a person, with what was there before and after. */
export const personDeed = ({ userId, username }: Named, sides: Omit<Deed, 'subject'> = {}): Deed => ({
  subject: { kind: 'user', id: userId, name: username },
  ...sides,
});

/** Of a session that was ended: enough to know which it was. */
export const sessionFacts = ({ address, createdAt, userAgent }: ListedSession) => ({
  address,
  userAgent,
  createdAt,
});

/** Sessions of a person that were ended at once; null where there were none. */
export const sessionsDeed = (person: Named, ended: number): Deed | null =>
  ended === 0 ? null : personDeed(person, { after: { ended } });

/** Somebody signed out; null for whom the trail is silent. */
export const signOutDeed = (session: Named & { readonly role: Role | null }): Deed | null =>
  session.role === null ? null : personDeed(session);

/** Writes down that somebody signed in, where they hold a role. */
export async function noteSignIn(
  tx: Tx,
  person: Named,
  sessionId: string,
  methods: readonly Method[],
  note: Note,
): Promise<void> {
  const role = await roleOf(tx, person.userId);
  if (role === null) return;
  const deed = personDeed(person, { after: { methods } });
  await note('session.started', asPerson('session', person, role, sessionId), deed)(tx);
}

/**
 * An hour, of people who hold no role, and of passkeys, after which nobody has to wait. Otherwise whose role may be what somebody
 * is after is written down however often: so often as they may try.
 */
const MOST_REFUSALS = 1000;

/**
 * Writes down that somebody failed to sign in as a person; those who have to wait are not even tried, and so not written
 * down. Behind the answer, whose time would tell whether there is such a person.
 */
export function noteRefusal(
  { behind, database }: SignInDeps,
  person: Named | undefined,
  method: Method | 'code',
  { note }: Origin,
): void {
  if (person === undefined) return;
  const written = transact(database, async (tx) => {
    const role = await roleOf(tx, person.userId);
    const isLimited = role === null || method === 'passkey';
    if (isLimited && (await isOften(tx, 'session.refused', MOST_REFUSALS))) return;
    await note('session.refused', nobody, personDeed(person, { after: { method } }))(tx);
  });
  behind.run(written, 'A refused sign-in could not be written into the audit trail.');
}
