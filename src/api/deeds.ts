/** What the audit trail says of each kind of record: its name, and the fields that somebody can set. */
import { createHash } from 'node:crypto';
import type { Deed, Subject } from '../access/audit-entry.ts';
import { fieldsOf, type User } from '../directory/user.ts';
import type { Group } from '../directory/group.ts';
import { readCertificate } from '../saml/certificate.ts';
import type { Administrator } from '../store/administrators.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Application } from '../store/applications.ts';
import type { Import } from '../store/imports.ts';
import type { Named } from '../store/named.ts';
import type { SigningCertificate } from '../store/saml-certificates.ts';

type Facts = Readonly<Record<string, unknown>>;

/** A record that was made (no `before`), changed, or deleted (no `after`). */
interface Change<T> {
  readonly before?: T | null;
  readonly after?: T | null;
}

function deedOf<T>(
  { after = null, before = null }: Change<T>,
  subjectOf: (record: T) => Subject,
  facts: (record: T) => Facts,
): Deed | null {
  const record = after ?? before;
  if (record === null) return null;
  const side = (of: T | null): Facts | null => (of === null ? null : facts(of));
  return { subject: subjectOf(record), before: side(before), after: side(after) };
}

/** Stands for an image: the trail is kept for good, and says that it is another one now. */
const digestOf = (logo: string): string =>
  `image ${createHash('sha256').update(logo).digest('hex').slice(0, 12)}`;

/** A user as the subject of an act. */
export const userSubject = ({ id, username }: { id: string; username: string }): Subject => ({
  kind: 'user',
  id,
  name: username,
});

/** An application as the subject of an act. */
export const applicationSubject = ({ id, label }: { id: string; label: string }): Subject => ({
  kind: 'application',
  id,
  name: label,
});

/** A user, with every field that somebody can set. */
export const userDeed = (change: Change<User>): Deed | null =>
  deedOf(change, userSubject, (user) => ({ ...fieldsOf(user) }));

/** A group; its members are counted ({@link countsDeed}). */
export const groupDeed = (change: Change<Group>): Deed | null =>
  deedOf(
    change,
    ({ id, name }) => ({ kind: 'group', id, name }),
    ({ description, name }) => ({ name, description }),
  );

/** An application as the catalog lists it. */
export const applicationDeed = (change: Change<Application>): Deed | null =>
  deedOf(change, applicationSubject, ({ connector, description, label, logo }) => ({
    connector,
    label,
    description,
    logo: logo === null ? null : digestOf(logo),
  }));

/** The settings of single sign-on, in which nothing is secret. */
export const ssoDeed = (change: Change<Application>): Deed | null =>
  deedOf(change, applicationSubject, ({ sso }) => ({ ...sso }));

/** The state of a certificate; the key is nobody's business. */
export const certificateDeed = (
  application: { id: string; label: string },
  change: Change<SigningCertificate>,
): Deed | null =>
  deedOf(
    change,
    () => applicationSubject(application),
    ({ certificate, state }) => ({ fingerprint: readCertificate(certificate).fingerprint, state }),
  );

/** That a token was set is told, and the token is not. */
export const connectionDeed = (
  { after, before }: { readonly before: Application; readonly after: Application },
  tokenReplaced: boolean,
): Deed | null =>
  deedOf({ before, after }, applicationSubject, (application) => ({
    groupManagement: application.groupManagement,
    ...application.settings,
    tokenReplaced: tokenReplaced && application === after,
  }));

/** An API key, without the key. */
export const apiKeyDeed = (change: Change<ApiKey>): Deed | null =>
  deedOf(
    change,
    ({ id, name }) => ({ kind: 'api-key', id, name }),
    ({ expiresAt, name, role }) => ({ name, role, expiresAt }),
  );

/** The subject is the person in both cases; a person without a role has none on that side. */
export const roleDeed = (change: Change<Administrator>): Deed | null =>
  deedOf(
    change,
    ({ userId, username }) => userSubject({ id: userId, username }),
    ({ role }) => ({ role }),
  );

interface Counts {
  readonly added: number;
  readonly removed: number;
}

/** Of members or bindings that changed, how many. */
export const countsOf = (change: { added: readonly string[]; removed: readonly string[] }): Counts => ({
  added: change.added.length,
  removed: change.removed.length,
});

/** Of members or bindings, how many, and which, where they are few enough to have names; null where none changed. */
export function countsDeed(
  subject: Subject,
  counts: Counts,
  which: Readonly<Record<string, readonly Named[]>>,
): Deed | null {
  if (counts.added + counts.removed === 0) return null;
  const told = Object.entries(which).filter(([, named]) => named.length > 0);
  return { subject, after: { ...counts, ...Object.fromEntries(told) } };
}

/** An import that begins, or begins again: how many it is of. */
export const importDeed = (
  application: { id: string; label: string },
  { counts, id, userState }: Import,
): Deed => ({
  subject: applicationSubject(application),
  after: { import: id, users: counts.waiting, state: userState },
});

/** An import that is cancelled: how many are not made. */
export const importCancelledDeed = (
  application: { id: string; label: string },
  { counts, id }: Import,
): Deed => ({ subject: applicationSubject(application), after: { import: id, users: counts.cancelled } });
