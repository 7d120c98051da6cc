/** A person as their application is to know them. */
import { requireConnector } from '../connectors/catalog.ts';
import { effectiveBehaviour } from '../connectors/settings.ts';
import { nameKey } from '../name-key.ts';
import { compileMapping, desiredValues, isAssigned, USER_NAME } from '../provisioning/desired.ts';
import type { DirectoryUser, UserLink } from '../provisioning/facts.ts';
import type { Subject } from '../provisioning/steps.ts';
import { nameIdOf, type Person } from '../saml/attributes.ts';
import { NAME_ID_FORMAT } from '../saml/names.ts';
import { SamlRefusal } from '../saml/refusal.ts';
import type { NameId } from '../saml/response.ts';
import type { SsoSettings } from '../saml/settings.ts';
import type { Application } from '../store/applications.ts';
import { loadKeyHolders, loadUserFacts } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import { listGroupNames } from '../store/group-names.ts';
import { newToken } from '../store/tokens.ts';
import { findNamesake, listNamesakes } from '../store/users.ts';
import type { SamlApplication } from './saml-application.ts';

/** Somebody who may sign in to an application, with their account there. */
export interface Candidate {
  readonly who: Subject;
  readonly user: DirectoryUser;
  readonly link: UserLink | null;
}

/** `user` is null for somebody who is not active, or is in no group that is bound to the application: only their name is known here. */
export type Asking = Candidate | { readonly who: Subject; readonly user: null };

/** Who wants to sign in to an application, and whether they are assigned to it. */
export async function whoAsks(handle: Handle, applicationId: string, userId: string): Promise<Asking> {
  const [facts] = await loadUserFacts(handle, applicationId, { ids: [userId] });
  if (facts === undefined) throw new Error(`The user ${userId} was not looked for.`);
  const who = { kind: 'user', id: facts.id, name: facts.name } as const;
  const { link, user } = facts;
  return user !== null && isAssigned(facts) ? { who, user, link } : { who, user: null };
}

/**
 * The name that the target compares with: exactly what it last accepted (R15), also where that is not what was sent. Where
 * it knows nobody yet, what it would be sent, unless that is somebody else's. Throws a {@link SamlRefusal} where it is.
 */
async function userNameOf(
  handle: Handle,
  application: Application,
  { link, user }: Candidate,
): Promise<string | null> {
  const accepted = link?.accepted[USER_NAME];
  if (accepted !== undefined) return String(accepted);
  const { mapping } = effectiveBehaviour(requireConnector(application), application.settings);
  const desired = desiredValues(user, compileMapping(mapping));
  const wanted = 'values' in desired ? desired.values[USER_NAME] : undefined;
  if (wanted === undefined) return null;
  const name = String(wanted);
  const other =
    (await whoElseHolds(handle, application, user.id, name)) ??
    (await findNamesake(handle, name, user.id))?.username;
  if (other !== undefined) throw sharedAccount(user, name, other);
  return name;
}

/** Somebody else who has the account of that name (R17). */
async function whoElseHolds(
  handle: Handle,
  application: Application,
  userId: string,
  userName: string,
): Promise<string | undefined> {
  const key = nameKey(userName);
  const holders = await loadKeyHolders(handle, application, [key]);
  return holders.get(key)?.find(({ id }) => id !== userId)?.name;
}

const sharedAccount = (user: DirectoryUser, userName: string, other: string): SamlRefusal =>
  new SamlRefusal(
    'account-shared',
    `${user.username} would be signed in as "${userName}", which belongs to ${other}. Two people never share an account: give one of them another username or email.`,
  );

/** The name that an expression makes of somebody, or undefined. */
function expressedName(settings: SsoSettings, user: DirectoryUser): string | undefined {
  try {
    return nameIdOf(settings, { user, userName: null, groups: [], transientId: '' }).value;
  } catch (error) {
    if (error instanceof SamlRefusal) return undefined;
    throw error;
  }
}

/**
 * Refuses a NameID of an expression that is also somebody else's, as an email address of two people is, or the name of the
 * account that somebody else has there (R17). People are looked for by username and email; what an expression makes of anything
 * else is taken for unique.
 */
export async function refuseSharedName(
  handle: Handle,
  { application, settings }: SamlApplication,
  user: DirectoryUser,
  { format, value }: NameId,
): Promise<void> {
  if (format === NAME_ID_FORMAT.transient || settings.nameId.source === 'userName') return;
  const key = nameKey(value);
  const namesakes = await listNamesakes(handle, value, user.id);
  const namesake = namesakes.find((each) => {
    const name = expressedName(settings, each);
    return name !== undefined && nameKey(name) === key;
  });
  const other = namesake?.username ?? (await whoElseHolds(handle, application, user.id, value));
  if (other !== undefined) throw sharedAccount(user, value, other);
}

async function groupsOf(
  handle: Handle,
  { id }: Application,
  { groupAttribute }: SsoSettings,
  userId: string,
): Promise<string[]> {
  if (groupAttribute === null) return [];
  return listGroupNames(handle, userId, groupAttribute.groups === 'bound' ? id : null);
}

/** Everything that an assertion may say of somebody. Throws a {@link SamlRefusal} where the name is somebody else's there. */
export async function personOf(
  handle: Handle,
  { application, settings }: SamlApplication,
  candidate: Candidate,
): Promise<Person> {
  const { user } = candidate;
  return {
    user,
    userName: await userNameOf(handle, application, candidate),
    groups: await groupsOf(handle, application, settings, user.id),
    transientId: `_${newToken()}`,
  };
}
