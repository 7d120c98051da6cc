/** What Segment holds against the directory, and what to try next. */
import { makeAdministrator } from './demo-administrator.ts';
import type { Application } from './demo-application.ts';
import { compare, heldGroups, readWanted, type LeftAlone, type Wanted } from './demo-check.ts';
import { readBoundGroups, readUsers } from './demo-directory.ts';
import type { JsonClient } from './demo-http.ts';
import type { SandboxControl, SandboxState } from './demo-sandbox.ts';
import { count } from '../count.ts';
import { seconds, type Row, type Screen } from './demo-show.ts';
import type { Stage } from './demo-stage.ts';
import type { Delay } from './demo-tour.ts';

export interface Comparison {
  readonly wanted: Wanted;
  readonly held: SandboxState;
  readonly left: LeftAlone;
  readonly differences: readonly string[];
}

/** Reads both sides and compares them. */
export async function readComparison(
  api: JsonClient,
  sandbox: SandboxControl,
  application: Application,
  left: LeftAlone,
): Promise<Comparison> {
  const wanted = await readWanted(api, await readBoundGroups(api, application.id));
  const held = await sandbox.state();
  return { wanted, held, left, differences: compare(wanted, held, left) };
}

const NONE = '–';

const sameAs = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name));

function groupRow(name: string, wanted: ReadonlySet<string>, held: ReadonlySet<string> | undefined): Row {
  const cells = [name, String(wanted.size), held === undefined ? NONE : String(held.size)];
  if (wanted.size === 0 && held === undefined) return { cells, good: true, remark: 'empty, so not created' };
  return { cells, good: held !== undefined && sameAs(wanted, held), remark: '' };
}

function leftRow(name: string, then: ReadonlySet<string>, held: ReadonlySet<string> | undefined): Row {
  const cells = [name, NONE, held === undefined ? NONE : String(held.size)];
  return { cells, good: held !== undefined && sameAs(then, held), remark: 'unbound: left as it is' };
}

function peopleRow({ wanted, held, left }: Comparison): Row {
  const provisioned = held.members.filter(({ userName }) => !left.bystanders.has(userName));
  const same = sameAs(new Set(wanted.people.keys()), new Set(provisioned.map(({ userName }) => userName)));
  const bystanders =
    left.bystanders.size === 0 ? '' : `and ${left.bystanders.size} whom Rollcall never put there`;
  const cells = ['people', String(wanted.people.size), String(provisioned.length)];
  return { cells, good: same, remark: bystanders };
}

/** The table of people and groups. */
export function showComparison(screen: Screen, comparison: Comparison): void {
  const { wanted, held, left } = comparison;
  const groups = heldGroups(held);
  screen.heading('What Segment holds, against the directory');
  screen.table(
    ['', 'directory', 'Segment'],
    [
      peopleRow(comparison),
      ...[...wanted.groups].map(([name, members]) => groupRow(name, members, groups.get(name))),
      ...[...left.groups].map(([name, members]) => leftRow(name, members, groups.get(name))),
    ],
  );
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

interface Ending extends Comparison {
  /** Steps of a second plan. */
  readonly planned: number;
  readonly delays: readonly Delay[];
  readonly requests: number;
  readonly tookMs: number;
}

const memberships = ({ groups }: Wanted): number =>
  [...groups.values()].reduce((sum, { size }) => sum + size, 0);

function showVerdict(screen: Screen, { differences, wanted }: Comparison): void {
  const same = differences.length === 0;
  const held = `${count(wanted.people.size, 'person', 'people')}, ${count(memberships(wanted), 'membership')}`;
  const good = `Segment holds exactly what the directory asks for: ${held}, nobody twice.`;
  screen.verdict(same, same ? good : 'Segment does not hold what the directory asks for:');
  for (const difference of differences) screen.line(`      ${difference}`);
}

function showPlan(screen: Screen, steps: number): void {
  const empty = 'A second plan is empty: there is nothing left to send.';
  screen.verdict(steps === 0, steps === 0 ? empty : `A second plan still has ${count(steps, 'step')}.`);
}

function showOwnNames(screen: Screen, { ownNames }: LeftAlone): void {
  const who = count(ownNames.size, 'person keeps', 'people keep');
  screen.prose(`  ${who} the name they have in Segment: only they can change it there, in the app.`);
}

function showFigures(screen: Screen, { delays, requests, tookMs }: Ending): void {
  const sent = delays.filter((delay) => delay !== null);
  const speed = `typically ${median(sent)} ms, at most ${Math.max(...sent)} ms`;
  const work = `${count(delays.length, 'event')}, ${count(requests, 'request')} to Segment, ${seconds(tookMs)} in all.`;
  screen.prose(`${work} From a change until Segment had all of it: ${speed}.`);
}

/** Says how it ended. Answers whether all is as it should be. */
export function showEnding(screen: Screen, ending: Ending): boolean {
  screen.line();
  showVerdict(screen, ending);
  showPlan(screen, ending.planned);
  showOwnNames(screen, ending.left);
  screen.line();
  showFigures(screen, ending);
  return ending.differences.length === 0 && ending.planned === 0;
}

/** A command to paste, in lines that no terminal folds. */
const suspendByCurl = (user: string, apiKey: string): string[] => [
  `curl -X PATCH ${user} \\`,
  `  -H 'Authorization: Bearer ${apiKey}' \\`,
  `  -H 'Content-Type: application/json' \\`,
  `  -d '{"state":"suspended"}'`,
];

/** Addresses, somebody to sign in as, the key, and a command to paste. */
export async function showWhatNext(screen: Screen, stage: Stage, api: JsonClient): Promise<void> {
  const { apiKey, dataDir, segmentUrl, url } = stage;
  const { username, password } = await makeAdministrator(api);
  screen.heading('It stays up. Try it yourself');
  screen.notes('Console', [`${url}/console/`, `user name ${username}, password ${password}`]);
  screen.notes('API', [`${url}/api/v1`]);
  screen.notes('API reference', [`${url}/api/docs`]);
  screen.notes('API key', [`${apiKey}  (administrator)`]);
  screen.notes('Segment', [`${segmentUrl}  (the sandbox: its members, groups and requests as they come in)`]);
  const lucia = (await readUsers(api)).find(({ firstname }) => firstname === 'Lucía');
  if (lucia !== undefined) {
    screen.line();
    screen.prose(
      'Open the sandbox page, then suspend Lucía Romero and watch her leave; "active" brings her back:',
    );
    screen.line();
    for (const line of suspendByCurl(`${url}/api/v1/users/${lucia.id}`, apiKey)) screen.line(line);
  }
  screen.line();
  screen.prose(`Ctrl-C ends both and removes the data (${dataDir}).`);
}
