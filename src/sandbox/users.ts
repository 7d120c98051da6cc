/** SCIM Users. A user is an email address and a name; the account behind it outlives its membership. */
import { badRequest, ScimError } from '../scim/error.ts';
import { urn, type JsonObject } from '../scim/resources.ts';
import type { Answer } from './http.ts';
import { listPage, project, type Source } from './listing.ts';
import type { Noun, Query } from './noun.ts';
import type { Account } from './state.ts';
import { parseChanges, parseUser, type Changes } from './user-input.ts';
import type { World } from './world.ts';

const locationOf = (world: World, account: Account): string => `${world.base}/Users/${account.id}`;

function show(world: World, account: Account): JsonObject {
  const active = account.standing === 'member';
  return {
    schemas: [urn.user],
    id: account.id,
    userName: account.email,
    displayName: account.displayName,
    active: world.behaviour.booleans === 'boolean' ? active : active ? 'True' : 'False',
    meta: { resourceType: 'User', location: locationOf(world, account) },
  };
}

const answer = (world: World, status: number, account: Account, query: Query): Answer => ({
  status,
  body: JSON.stringify(project(show(world, account), query)),
});

const ifMember = (account: Account | undefined): readonly Account[] =>
  account?.standing === 'member' ? [account] : [];

const source = (world: World): Source<Account> => ({
  all: () => world.workspace.members(),
  find: (attribute, value) => {
    if (attribute === 'username') return ifMember(world.workspace.accountByEmail(value));
    return attribute === 'id' ? ifMember(world.workspace.account(value)) : undefined;
  },
  show: (account) => show(world, account),
});

/** Who was taken out with `active: false` may still be found by id; who was deleted never is. */
function find(world: World, id: string): Account {
  const account = world.workspace.account(id);
  if (account?.standing === 'member') return account;
  if (account?.standing === 'deactivated' && world.behaviour.memberless === 'by-id') return account;
  throw new ScimError(404, `User ${id} is not in this workspace.`);
}

function refuseListed(world: World, email: string): void {
  const { refuseUsers } = world.behaviour;
  if (!refuseUsers.some((listed) => listed.toLowerCase() === email.toLowerCase())) return;
  throw badRequest('invalidValue', `${email} is refused: the sandbox was told to (refuseUsers).`);
}

const taken = (email: string): ScimError => new ScimError(409, `${email} exists already.`, 'uniqueness');

/** An unknown email makes an account; a known one joins under its own name, and the name sent is ignored. */
function create(world: World, body: string, query: Query): Answer {
  const { workspace, behaviour } = world;
  const wanted = parseUser(behaviour, body);
  refuseListed(world, wanted.userName);
  const known = workspace.accountByEmail(wanted.userName);
  if (known?.standing === 'member') {
    if (behaviour.activeMember === 'ok') return answer(world, 200, known, query);
    throw taken(wanted.userName);
  }
  if (known && behaviour.rejoinedId === 'new') workspace.changeId(known, workspace.newId(behaviour.ids));
  const account =
    known ??
    workspace.addAccount(
      workspace.newId(behaviour.ids),
      wanted.userName,
      wanted.displayName ?? wanted.userName,
    );
  if (wanted.active === false) workspace.leave(account, 'deactivated');
  else workspace.join(account);
  const headers = { location: locationOf(world, account) };
  return { ...answer(world, known ? behaviour.knownAccount : 201, account, query), headers };
}

function changeNames(world: World, account: Account, changes: Changes): void {
  const email = changes.userName ?? account.email;
  const displayName = changes.displayName ?? account.displayName;
  if (email === account.email && displayName === account.displayName) return;
  if (world.behaviour.userUpdates === 'ignore') return;
  if (world.behaviour.userUpdates === 'reject') {
    throw badRequest('mutability', 'userName and displayName are changed by the user only, in the app.');
  }
  const owner = world.workspace.accountByEmail(email);
  if (owner && owner !== account) throw taken(email);
  world.workspace.changeEmail(account, email);
  account.displayName = displayName;
}

/** Coming back is without groups, as leaving dropped them. */
function change(world: World, account: Account, changes: Changes): void {
  refuseListed(world, account.email);
  if (changes.userName !== undefined) refuseListed(world, changes.userName);
  changeNames(world, account, changes);
  if (changes.active === false) world.workspace.leave(account, 'deactivated');
  if (changes.active === true) world.workspace.join(account);
}

function patch(world: World, id: string, body: string, query: Query): Answer {
  const account = find(world, id);
  change(world, account, parseChanges(world.behaviour, body));
  return world.behaviour.patchAnswer === 204 ? { status: 204, body: '' } : answer(world, 200, account, query);
}

function replace(world: World, id: string, body: string, query: Query): Answer {
  const account = find(world, id);
  change(world, account, parseUser(world.behaviour, body));
  return answer(world, 200, account, query);
}

function remove(world: World, id: string): Answer {
  const account = find(world, id);
  refuseListed(world, account.email);
  world.workspace.leave(account, 'outside');
  return { status: 204, body: '' };
}

export const users: Noun = {
  list: (world, query) => ({ status: 200, body: JSON.stringify(listPage(world, source(world), query)) }),
  create,
  read: (world, id, query) => answer(world, 200, find(world, id), query),
  replace,
  patch,
  remove,
};
