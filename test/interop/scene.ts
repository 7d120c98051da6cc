/** One scenario's stage: a directory's people and groups, an application connected through the fault proxy, a provider. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { Engine } from '../../src/reconcile/engine.ts';
import { noWitness } from '../../src/store/audit.ts';
import { loadSecretBox } from '../../src/store/secrets.ts';
import type { Method } from '../support/api.ts';
import type { TestRollcall } from '../support/rollcall.ts';
import { startFaultProxy, type FaultProxy, type Passed } from './fault-proxy.ts';
import type { Behaviour, Provider, SeenUser, Target, World } from './target.ts';

const CAUSE = { action: 'interop', actor: 'test' };
const withId = z.looseObject({ id: z.string() });
const bulkAnswer = z.looseObject({ results: z.array(withId) });

/** Fast enough that nothing waits for the limiter. */
const RATE = { requestsPerSecond: 5000, concurrency: 8 };

export interface EventSeen {
  readonly operation: string;
  readonly outcome: string;
  readonly sentence: string;
}

let scenes = 0;

export class Scene {
  readonly target: Target;
  readonly world: World;
  readonly proxy: FaultProxy;
  readonly #rollcall: TestRollcall;
  readonly #engine: Engine;
  /** Names of this scene are its own, as the directory is shared by all. */
  readonly #prefix: string;
  #application = '';

  private constructor(
    target: Target,
    world: World,
    proxy: FaultProxy,
    rollcall: TestRollcall,
    engine: Engine,
  ) {
    this.target = target;
    this.world = world;
    this.proxy = proxy;
    this.#rollcall = rollcall;
    this.#engine = engine;
    this.#prefix = `s${(scenes += 1)}`;
  }

  static async open(target: Target, provider: Provider, rollcall: TestRollcall): Promise<Scene> {
    const world = await provider.open();
    const proxy = await startFaultProxy(world.baseUrl);
    const config = loadConfig(rollcall.env);
    const secrets = loadSecretBox(config);
    const engine = new Engine({ database: rollcall.database, secrets, clock: systemClock, config });
    return new Scene(target, world, proxy, rollcall, engine);
  }

  async close(): Promise<void> {
    if (this.#application !== '')
      await this.#engine.deactivate(this.#application, CAUSE, noWitness).catch(() => undefined);
    await this.proxy.close();
  }

  async call(method: Method, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#rollcall.api(method, path, body);
    if (answer.status > 299)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** As `call` without the refusal of what fails, for helpers that other suites use too. */
  readonly api: TestRollcall['api'] = (...call) => this.#rollcall.api(...call);

  /** The application's address in the API with what follows. */
  readonly at = (path: string): string => `/applications/${this.#application}${path}`;

  /** The username of a person of this scene. */
  userName(name: string): string {
    return `${name}@${this.#prefix}.test`;
  }

  groupName(name: string): string {
    return `${name} ${this.#prefix}`;
  }

  async hire(name: string): Promise<string> {
    return (await this.hireAll([name]))[0] ?? '';
  }

  async hireAll(names: readonly string[]): Promise<string[]> {
    const users = names.map((name) => {
      const username = this.userName(name);
      return { username, email: username, firstname: name, lastname: 'Lovelace', state: 'active' };
    });
    return bulkAnswer.parse(await this.call('POST', '/users/bulk', { users })).results.map(({ id }) => id);
  }

  async changeUser(id: string, change: object): Promise<void> {
    await this.call('PATCH', `/users/${id}`, change);
  }

  async group(name: string, members: readonly string[]): Promise<string> {
    const { id } = withId.parse(await this.call('POST', '/groups', { name: this.groupName(name) }));
    if (members.length > 0) await this.members(id, { add: members });
    return id;
  }

  async rename(groupId: string, name: string): Promise<void> {
    await this.call('PATCH', `/groups/${groupId}`, { name: this.groupName(name) });
  }

  async members(
    groupId: string,
    change: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<void> {
    await this.call('POST', `/groups/${groupId}/members`, change);
  }

  /** Connects an application, bound to these groups, and waits until it is in line. */
  async connect(groupIds: readonly string[], behaviour: Behaviour = {}, { plan = true } = {}): Promise<void> {
    const made = await this.call('POST', '/applications', { connector: 'scim2', label: this.#prefix });
    this.#application = withId.parse(made).id;
    await this.call('PATCH', `/applications/${this.#application}/identity-management`, {
      baseUrl: this.proxy.baseUrl,
      token: this.world.token,
      behaviour: merged(this.target.behaviour, { rate: RATE, ...behaviour }),
    });
    await this.bind({ add: groupIds });
    const probed = await this.#engine.activate(this.#application, CAUSE, noWitness);
    expect(probed).toMatchObject({ passed: true });
    await this.settled({ plan });
  }

  async bind(change: { add?: readonly string[]; remove?: readonly string[] }): Promise<void> {
    await this.call('POST', `/applications/${this.#application}/groups`, change);
  }

  /** Reads everything that the provider holds, and waits for what comes of it. */
  async inventory(): Promise<void> {
    await this.#engine.sync(this.#application, { full: true }, CAUSE, noWitness);
    await this.settled();
  }

  async resume(): Promise<void> {
    await this.#engine.resume(this.#application, CAUSE, noWitness);
    await this.settled();
  }

  /** Waits until nothing is left to do; that the next plan is empty is part of it, unless something may be refused. */
  async settled({ plan = true }: { plan?: boolean } = {}): Promise<void> {
    await this.quiet();
    if (plan) expect((await this.#engine.plan(this.#application, {})).summary).toEqual({});
  }

  async quiet(): Promise<void> {
    const patience = Date.now() + 45_000;
    while (!(await this.#isQuiet())) {
      if (Date.now() > patience) throw new Error(`Not idle: ${JSON.stringify(await this.#marks())}`);
      await systemClock.sleep(25);
    }
  }

  async #isQuiet(): Promise<boolean> {
    const found = await sql<{ busy: boolean }>`
      SELECT EXISTS (SELECT 1 FROM pending WHERE application_id = ${this.#application} AND hold_id IS NULL)
        OR EXISTS (SELECT 1 FROM lanes WHERE application_id = ${this.#application} AND (owner IS NOT NULL OR inventory_due_at <= now())) AS busy`.execute(
      this.#rollcall.database.db,
    );
    return found.rows[0]?.busy === false;
  }

  async #marks(): Promise<unknown> {
    const marks = sql`SELECT kind, attempts, due_at FROM pending WHERE application_id = ${this.#application} LIMIT 5`;
    return [(await marks.execute(this.#rollcall.database.db)).rows, (await this.events()).slice(-5)];
  }

  /** What was done, in order. */
  async events(): Promise<EventSeen[]> {
    const found = await sql<EventSeen>`
      SELECT operation, outcome, sentence FROM events WHERE application_id = ${this.#application} ORDER BY id`.execute(
      this.#rollcall.database.db,
    );
    return found.rows;
  }

  async state(): Promise<string> {
    const path = `/applications/${this.#application}/identity-management`;
    return z.looseObject({ state: z.string() }).parse(await this.call('GET', path)).state;
  }

  /** Requests that passed since the last look, as `POST /Users`. */
  sent(from = 0): string[] {
    return this.proxy.passed.slice(from).map(requestLine);
  }

  /** Writes that passed since the first `from` requests. */
  writes(from = 0): string[] {
    return this.sent(from).filter((line) => !line.startsWith('GET'));
  }

  /** The account of that name, which must be the only one, whatever its letter case. */
  account(name: string): SeenUser {
    const wanted = this.userName(name).toLowerCase();
    const found = this.world.users().filter((user) => user.userName.toLowerCase() === wanted);
    expect(found, `accounts named ${wanted}`).toHaveLength(1);
    const [account] = found;
    if (account === undefined) throw new Error('unreachable');
    return account;
  }

  /** The names of the members of the group of that name, which must be the only one. */
  membersOf(name: string): string[] {
    const groups = this.world.groups().filter((group) => group.displayName === this.groupName(name));
    expect(groups, `groups named ${this.groupName(name)}`).toHaveLength(1);
    const names = new Map(this.world.users().map((user) => [user.id, user.userName]));
    return (groups[0]?.members ?? []).map((id) => names.get(id) ?? `deleted ${id}`).sort();
  }

  /** The usernames of these people, sorted as `membersOf` sorts. */
  named(...names: readonly string[]): string[] {
    return names.map((name) => this.userName(name)).sort();
  }
}

function requestLine({ method, path }: Passed): string {
  return `${method} ${path.split('?')[0]?.split('/').slice(0, 2).join('/') ?? ''}`;
}

function merged(base: Behaviour, over: Behaviour): Behaviour {
  const { users, groups, rate } = over;
  return {
    ...base,
    ...over,
    users: { ...base.users, ...users },
    groups: { ...base.groups, ...groups },
    rate: { ...base.rate, ...rate },
  };
}
