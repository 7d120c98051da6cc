/** An act in one sentence: the same words in the audit trail, and for the cause of an operation. Pure. */
import type { AuditEntry } from './audit-entry.ts';

/** What was done, where … stands for whom or what it was done to; and what that is. */
type Words = readonly [done: string, noun: string];

const WORDS: Readonly<Record<string, Words>> = {
  'account.chosen': ['decided on the account of …', 'user'],
  'account.keep': ['chose to keep the old account of …', 'user'],
  'account.leave': ['took back that … stays', 'user'],
  'account.move': ['chose to move … to a new account', 'user'],
  'administratorLink.made': ['made a link for the first administrator', 'link'],
  'apiKey.created': ['created …', 'API key'],
  'apiKey.ended': ['ended …', 'API key'],
  'application.bindingsChanged': ['changed which groups are bound to …', 'application'],
  'application.groupsBound': ['bound … to an application', 'group'],
  'application.groupsUnbound': ['unbound … from an application', 'group'],
  'application.certificateActivated': ['activated a signing certificate of …', 'application'],
  'application.certificateDeleted': ['deleted a signing certificate of …', 'application'],
  'application.certificateMade': ['made a signing certificate for …', 'application'],
  'application.connectionChanged': ['changed the connection of …', 'application'],
  'application.created': ['added …', 'application'],
  'application.deleted': ['deleted …', 'application'],
  'application.serviceProviderMetadataApplied': [
    'set up single sign-on of … from its metadata',
    'application',
  ],
  'application.ssoChanged': ['changed single sign-on of …', 'application'],
  'application.synced': ['asked to look again at …', 'application'],
  'application.updated': ['changed …', 'application'],
  'applications.deleted': ['deleted …', 'application'],
  'auditTrail.shortened': ['cleared … of the audit trail away', 'audit trail'],
  'connection.activated': ['activated the connection of …', 'application'],
  'connection.deactivated': ['deactivated the connection of …', 'application'],
  'connection.resumed': ['resumed the connection of …', 'application'],
  'factor.added': ['added a second factor for …', 'user'],
  'factor.removed': ['removed a second factor of …', 'user'],
  'group.created': ['created …', 'group'],
  'group.deleted': ['deleted …', 'group'],
  'group.membersChanged': ['changed the members of …', 'group'],
  'group.retried': ['asked to look again at …', 'group'],
  'group.updated': ['changed …', 'group'],
  'hold.approved': ['approved the held deactivations in …', 'application'],
  'hold.rejected': ['rejected the held deactivations in …', 'application'],
  'import.cancelled': ['cancelled an import of people from …', 'application'],
  'import.retried': ['tried rows of an import from … again', 'application'],
  'import.started': ['started an import of people from …', 'application'],
  'mail.tried': ['sent a test message to …', 'address'],
  'password.changed': ['changed the password of …', 'user'],
  'password.reset': ['set a new password for …', 'user'],
  'passwordLink.made': ['had a link made that sets a new password for …', 'user'],
  'plan.applied': ['applied the plan of …', 'application'],
  'recoveryCodes.made': ['made new recovery codes for …', 'user'],
  'role.given': ['gave a role to …', 'user'],
  'role.taken': ['took the role of … away', 'user'],
  'session.ended': ['ended a session of …', 'user'],
  'session.refused': ['failed to sign in as …', 'user'],
  'session.started': ['signed in', 'user'],
  'sessions.ended': ['ended all sessions of …', 'user'],
  'user.created': ['created …', 'user'],
  'user.deleted': ['deleted …', 'user'],
  'user.retried': ['asked to look again at …', 'user'],
  'user.updated': ['changed …', 'user'],
  'users.imported': ['imported …', 'user'],
  inventory: ['found a difference when it read what … holds', 'application'],
  signIn: ['signed in', 'application'],
  signOut: ['signed out', 'application'],
};

/** An act of a version that is newer or older than this one. */
const UNKNOWN: Words = ['changed …', 'record'];

const KEY = /^api key (.+)$/;

/** Who it was, at the beginning of a sentence. */
function whoOf(actor: string): string {
  const key = KEY.exec(actor)?.[1];
  if (key !== undefined) return `The API key "${key}"`;
  return actor === 'command line' ? 'The command line' : actor.replace(/^somebody\b/, 'Somebody');
}

const a = (noun: string): string => (/^[aeiou]/i.test(noun) && noun !== 'user' ? `an ${noun}` : `a ${noun}`);

function sentence(action: string, actor: string, whom: (noun: string) => string): string {
  const [done, noun] = WORDS[action] ?? UNKNOWN;
  return `${whoOf(actor)} ${done.replace('…', () => whom(noun))}`;
}

/** Whether there are words for an act. */
export const hasWords = (action: string): boolean => action in WORDS;

/** An entry of the audit trail as a sentence without a full stop; several that are one act are named by their number. */
export const entryInWords = ({
  action,
  actor,
  subject,
}: Pick<AuditEntry, 'action' | 'actor' | 'subject'>): string =>
  sentence(action, actor.name, (noun) =>
    subject.id === null ? subject.name : `the ${noun} "${subject.name}"`,
  );

/** The change that an operation follows from, as a sentence without a full stop. It names the group, where it was one. */
export const causeInWords = ({
  action,
  actor,
  group,
}: {
  readonly action: string;
  readonly actor: string;
  readonly group?: { readonly name: string };
}): string =>
  sentence(action, actor, (noun) =>
    noun === 'group' && group !== undefined ? `the group "${group.name}"` : a(noun),
  );
