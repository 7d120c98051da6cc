/** Plays the scenes: what was asked of Rollcall, what it sent to Segment, what Segment holds then, and how long it took. */
import type { Cli } from './cli.ts';
import { heldGroups } from './demo-check.ts';
import { readGroups, readUsers } from './demo-directory.ts';
import type { Change, JsonClient } from './demo-http.ts';
import { describeChange, describeRequests, sandboxNames, shortName } from './demo-requests.ts';
import type { SandboxRequest, SandboxState } from './demo-sandbox.ts';
import type { Props, Scene } from './demo-scenes.ts';
import { count } from '../count.ts';
import type { Screen } from './demo-show.ts';
import { settled } from './demo-watch.ts';

export interface Tour {
  readonly cli: Cli;
  readonly screen: Screen;
  readonly api: JsonClient;
  readonly props: Props;
  /** What to call each id; it grows, so that records are still called by their name when they are gone. */
  readonly names: Map<string, string>;
}

/** Milliseconds from the change until Segment had all of it, or null where nothing was sent. */
export type Delay = number | null;

async function learnNames({ api, props, names }: Tour): Promise<SandboxState> {
  const [state, users, groups] = await Promise.all([props.sandbox.state(), readUsers(api), readGroups(api)]);
  for (const [id, name] of sandboxNames(state)) names.set(id, name);
  for (const { id, username } of users) names.set(id, shortName(username));
  for (const { id, name } of groups) names.set(id, name);
  names.set(props.application.id, 'Segment');
  return state;
}

function personNow(held: SandboxState, userName: string): string {
  const member = held.members.find((one) => one.userName === userName);
  if (member === undefined) return `${userName} is not in Segment`;
  const groups = [...heldGroups(held)].filter(([, members]) => members.has(userName)).map(([name]) => name);
  const where = groups.length === 0 ? 'in no group' : `in ${groups.join(' and ')}`;
  return `${userName} is in Segment as "${member.displayName}", ${where}`;
}

function groupNow(held: SandboxState, name: string): string {
  const members = heldGroups(held).get(name);
  return members === undefined ? `there is no group ${name}` : `${name} has ${count(members.size, 'member')}`;
}

const now = (held: SandboxState, { people = [], groups = [] }: Scene): string[] => [
  ...people.map((userName) => personNow(held, userName)),
  groups.map((name) => groupNow(held, name)).join(', '),
];

function delayOf(changes: readonly Change[], requests: readonly SandboxRequest[]): Delay {
  const [first] = changes;
  const last = requests.at(-1);
  return first === undefined || last === undefined ? null : Math.max(0, last.time - first.at);
}

/** Plays one scene to its end. */
export async function playScene(tour: Tour, scene: Scene, number: number): Promise<Delay> {
  const { api, cli, names, props, screen } = tour;
  screen.heading(`${number}  ${scene.title}`);
  screen.prose(scene.story);
  await scene.before?.(props);
  await learnNames(tour);
  const before = new Map(names);
  await props.sandbox.takeRequests();
  api.takeChanges();
  await scene.play(props);
  await settled(cli, props.application);
  const [changes, requests] = [api.takeChanges(), await props.sandbox.takeRequests()];
  const held = await learnNames(tour);
  const delay = delayOf(changes, requests);
  // What is renamed was asked for under its old name.
  const called = new Map([...names, ...before]);
  const sent = requests.length === 0 ? ['nothing'] : describeRequests(requests, called);
  screen.notes(
    'in Rollcall',
    changes.map((change) => describeChange(change, called)),
  );
  screen.notes('sent to Segment', sent);
  screen.notes(
    delay === null ? 'Segment now' : `${delay} ms later`,
    now(held, scene).filter((fact) => fact !== ''),
  );
  if (scene.remark !== undefined) screen.notes('', [await scene.remark(props)]);
  return delay;
}
