/** What a request wants of a group, worked out in full before anything is changed: a refused request changes nothing. */
import { z } from 'zod';
import { badRequest, ScimError } from '../scim/error.ts';
import { assignments, check, shortPath, type Operation } from './body.ts';
import type { Account, Group, Workspace } from './state.ts';
import { nameSchema } from './user-input.ts';
import type { World } from './world.ts';

export type Change =
  | { readonly kind: 'rename'; readonly displayName: string }
  | { readonly kind: 'add'; readonly accounts: readonly Account[] }
  | { readonly kind: 'remove'; readonly accounts: readonly Account[] }
  | { readonly kind: 'clear' };

export const groupNameSchema = nameSchema.min(1);

const memberSchema = z.object({ value: z.union([z.string(), z.number()]) });

/** One member or several: RFC 7644 §3.5.2.1 allows both in an add. */
export const membersSchema = z.union([z.array(memberSchema), memberSchema.transform((member) => [member])]);

export type MemberList = z.output<typeof membersSchema>;

function refuseListed(world: World, account: Account): void {
  const { refuseMembers } = world.behaviour;
  const listed = (entry: string): boolean =>
    entry === String(account.id) || entry.toLowerCase() === account.email.toLowerCase();
  if (!refuseMembers.some(listed)) return;
  throw badRequest('invalidValue', `${account.email} is refused: the sandbox was told to (refuseMembers).`);
}

function memberOf(world: World, id: string): Account | undefined {
  const account = world.workspace.account(id);
  if (account?.standing === 'member') {
    refuseListed(world, account);
    return account;
  }
  if (world.behaviour.unknownMember === 'ignore') return undefined;
  const detail = `Member ${id} is not in this workspace.`;
  throw world.behaviour.unknownMember === 'reject'
    ? badRequest('invalidValue', detail)
    : new ScimError(404, detail);
}

/** The accounts that a list names. Throws ScimError 400 or 404 that names the member who is unknown or refused. */
export const membersToAdd = (world: World, list: MemberList): Account[] =>
  list.flatMap(({ value }) => memberOf(world, String(value)) ?? []);

const ONE_MEMBER = /^members\[\s*value\s+eq\s+(?:"([^"\\]+)"|(\d+))\s*\](?:\.value)?$/i;

function removal(world: World, path: string, value: unknown): Change[] {
  const [, quoted, digits] = ONE_MEMBER.exec(path) ?? [];
  const id = quoted ?? digits;
  if (id !== undefined) {
    const account = world.workspace.account(id);
    return [{ kind: 'remove', accounts: account ? [account] : [] }];
  }
  if (path.toLowerCase() !== 'members')
    throw badRequest('invalidPath', `Nothing can be removed at "${path}".`);
  return value === undefined || value === null ? [{ kind: 'clear' }] : removalByArray(world, value);
}

function removalByArray(world: World, value: unknown): Change[] {
  switch (world.behaviour.arrayRemoval) {
    case 'reject':
      throw badRequest('invalidPath', 'Members are removed with members[value eq "ID"], not with an array.');
    case 'ignore':
      return [];
    case 'clear':
      return [{ kind: 'clear' }];
    case 'remove': {
      const { members } = check(z.object({ members: membersSchema }), { members: value });
      const accounts = members.flatMap((one) => world.workspace.account(String(one.value)) ?? []);
      return [{ kind: 'remove', accounts }];
    }
  }
}

function assignment(world: World, op: 'add' | 'replace', path: string, value: unknown): Change[] {
  if (path.toLowerCase() === 'displayname') {
    return [
      {
        kind: 'rename',
        displayName: check(z.object({ displayName: groupNameSchema }), { displayName: value }).displayName,
      },
    ];
  }
  if (path.toLowerCase() !== 'members') return [];
  const { members } = check(z.object({ members: membersSchema }), { members: value });
  const add: Change = { kind: 'add', accounts: membersToAdd(world, members) };
  return op === 'replace' ? [{ kind: 'clear' }, add] : [add];
}

function changesOf(world: World, operation: Operation): Change[] {
  const { op, path, value } = operation;
  if (op !== 'remove')
    return assignments(operation).flatMap(([at, wanted]) => assignment(world, op, at, wanted));
  if (path === undefined) throw badRequest('noTarget', 'A remove needs a path.');
  return removal(world, shortPath(path), value);
}

const touched = (change: Change): number =>
  change.kind === 'add' || change.kind === 'remove' ? change.accounts.length : 0;

/** The changes that a PATCH asks for. Attributes that a group does not have are passed over. */
export function plannedChanges(world: World, operations: readonly Operation[]): Change[] {
  const changes = operations.flatMap((operation) => changesOf(world, operation));
  refuseTooMany(
    world,
    changes.reduce((sum, change) => sum + touched(change), 0),
  );
  return changes;
}

/** Throws ScimError 400 `tooMany` where one request changes more members than the sandbox takes. */
export function refuseTooMany(world: World, members: number): void {
  const most = world.behaviour.membersPerRequest;
  if (most === 0 || members <= most) return;
  throw badRequest('tooMany', `${members} members in one request; at most ${most} are taken.`);
}

/** Makes one change of a group. */
export function apply(workspace: Workspace, group: Group, change: Change): void {
  switch (change.kind) {
    case 'rename':
      workspace.renameGroup(group, change.displayName);
      break;
    case 'clear':
      workspace.clearGroup(group);
      break;
    case 'add':
      for (const account of change.accounts) workspace.addToGroup(group, account);
      break;
    case 'remove':
      for (const account of change.accounts) workspace.removeFromGroup(group, account);
  }
}
