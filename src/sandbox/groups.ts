/** SCIM Groups: created, renamed, given and relieved of members, deleted. */
import { z } from 'zod';
import { ScimError } from '../scim/error.ts';
import { urn, type JsonObject } from '../scim/resources.ts';
import { check, parseJson, parseOperations } from './body.ts';
import {
  apply,
  groupNameSchema,
  membersSchema,
  membersToAdd,
  plannedChanges,
  refuseTooMany,
  type Change,
  type MemberList,
} from './group-changes.ts';
import type { Answer } from './http.ts';
import { leavesOut, listPage, project, type Source } from './listing.ts';
import type { Noun, Query } from './noun.ts';
import type { Group } from './state.ts';
import type { World } from './world.ts';

const groupSchema = z.object({ displayName: groupNameSchema, members: membersSchema.nullish() });

const locationOf = (world: World, group: Group): string => `${world.base}/Groups/${group.id}`;

function shownMembers(world: World, group: Group): JsonObject {
  const { emptyMembers } = world.behaviour;
  if (group.members.size === 0 && emptyMembers !== 'array')
    return emptyMembers === 'null' ? { members: null } : {};
  return { members: Array.from(group.members, ({ id, email }) => ({ value: id, display: email })) };
}

/** A group of 100,000 is costly to write out, so its members are left out before they are made. */
function show(world: World, group: Group, query: Query): JsonObject {
  return {
    schemas: [urn.group],
    id: group.id,
    displayName: group.displayName,
    ...(!leavesOut(query, 'members') && shownMembers(world, group)),
    meta: { resourceType: 'Group', location: locationOf(world, group) },
  };
}

const answer = (world: World, status: number, group: Group, query: Query): Answer => ({
  status,
  body: JSON.stringify(project(show(world, group, query), query)),
});

const source = (world: World, query: Query): Source<Group> => ({
  all: () => world.workspace.groups(),
  find: (attribute, value) => {
    if (attribute === 'displayname') return world.workspace.groupsNamed(value);
    if (attribute !== 'id') return undefined;
    const group = world.workspace.group(value);
    return group ? [group] : [];
  },
  show: (group) => show(world, group, query),
});

function find(world: World, id: string): Group {
  const group = world.workspace.group(id);
  if (group) return group;
  throw new ScimError(404, `Group ${id} does not exist.`);
}

function refuseTakenName(world: World, displayName: string, group?: Group): void {
  if (!world.behaviour.groupNamesUnique) return;
  if (world.workspace.groupsNamed(displayName).every((named) => named === group)) return;
  throw new ScimError(409, `A group named ${displayName} exists already.`, 'uniqueness');
}

/** Everything is checked before anything is changed. */
function change(world: World, group: Group, changes: readonly Change[]): void {
  for (const wanted of changes) {
    if (wanted.kind === 'rename') refuseTakenName(world, wanted.displayName, group);
  }
  for (const wanted of changes) apply(world.workspace, group, wanted);
}

function additions(world: World, members: MemberList | null | undefined): Change[] {
  refuseTooMany(world, members?.length ?? 0);
  return members ? [{ kind: 'add', accounts: membersToAdd(world, members) }] : [];
}

function create(world: World, body: string, query: Query): Answer {
  const { displayName, members } = check(groupSchema, parseJson(body));
  refuseTakenName(world, displayName);
  const changes = world.behaviour.createGroupWithMembers === 'accepted' ? additions(world, members) : [];
  const group = world.workspace.addGroup(world.workspace.newId(world.behaviour.ids), displayName);
  change(world, group, changes);
  return { ...answer(world, 201, group, query), headers: { location: locationOf(world, group) } };
}

function replace(world: World, id: string, body: string, query: Query): Answer {
  const group = find(world, id);
  const { displayName, members } = check(groupSchema, parseJson(body));
  const clears = members ?? world.behaviour.putWithoutMembers === 'clear';
  change(world, group, [
    { kind: 'rename', displayName },
    ...(clears ? [{ kind: 'clear' } as const] : []),
    ...additions(world, members),
  ]);
  return answer(world, 200, group, query);
}

function patch(world: World, id: string, body: string, query: Query): Answer {
  const group = find(world, id);
  change(world, group, plannedChanges(world, parseOperations(body)));
  return world.behaviour.groupPatchAnswer === 204
    ? { status: 204, body: '' }
    : answer(world, 200, group, query);
}

function remove(world: World, id: string): Answer {
  world.workspace.deleteGroup(find(world, id));
  return { status: 204, body: '' };
}

export const groups: Noun = {
  list: (world, query) => ({
    status: 200,
    body: JSON.stringify(listPage(world, source(world, query), query)),
  }),
  create,
  read: (world, id, query) => answer(world, 200, find(world, id), query),
  replace,
  patch,
  remove,
};
