/**
 * A directory, a worker and a sandbox, wired as the server wires them: what stories and property tests play in. Directory
 * changes go through the store, as the API's do; what the target holds is asked of the sandbox over HTTP.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { request } from 'undici';
import { z } from 'zod';
import { changedConnection, type ConnectionPatch } from '../../src/api/connection-change.ts';
import { systemClock } from '../../src/clock.ts';
import { requireConnector } from '../../src/connectors/catalog.ts';
import type { Settings } from '../../src/connectors/settings.ts';
import type { UserInput, UserPatch } from '../../src/directory/user.ts';
import type { PlannedStep } from '../../src/provisioning/plan.ts';
import { Problem } from '../../src/errors.ts';
import { Engine } from '../../src/reconcile/engine.ts';
import { Worker, type WorkerConfig } from '../../src/reconcile/worker.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import {
  createApplication,
  getApplication,
  lockApplication,
  updateConnection,
  type ConnectionState,
} from '../../src/store/applications.ts';
import { changeBindings } from '../../src/store/bindings.ts';
import type { Tx } from '../../src/store/database.ts';
import { choose } from '../../src/store/choices.ts';
import { createGroup, deleteGroup, updateGroup } from '../../src/store/groups.ts';
import { approveHold, rejectHold } from '../../src/store/holds.ts';
import { changeMembers } from '../../src/store/members.ts';
import { lockLane } from '../../src/store/lanes.ts';
import { lockScope } from '../../src/store/scope.ts';
import { secretBox, tokenSecretId, writeSecret } from '../../src/store/secrets.ts';
import { areLinksUnsure, doubtLinks } from '../../src/store/unsure-links.ts';
import { transact } from '../../src/store/transact.ts';
import { enableSso } from '../support/sso.ts';
import { createUser, deleteUser, updateUser } from '../../src/store/users.ts';
import { testDatabase, type DatabaseKind, type TestDatabase } from '../support/database.ts';

const CAUSE = { action: 'test', actor: 'test' };

const CONFIG: WorkerConfig = {
  leaseSeconds: 30,
  sliceSeconds: 5,
  lanes: 4,
  requestTimeoutSeconds: 5,
  allowPrivateTargets: true,
};

const id = z.union([z.string(), z.number()]).transform(String);

const stateSchema = z.object({
  accounts: z.array(z.object({ id, email: z.string(), displayName: z.string(), standing: z.string() })),
  members: z.array(z.object({ id, userName: z.string(), displayName: z.string() })),
  groups: z.array(
    z.object({ id, displayName: z.string(), members: z.array(z.object({ id, userName: z.string() })) }),
  ),
});

const behaviourSchema = z.object({ behaviour: z.record(z.string(), z.unknown()) });

const journalSchema = z.object({
  total: z.number(),
  counts: z.record(z.string(), z.number()),
  journal: z.array(
    z.object({
      sequence: z.number(),
      method: z.string(),
      path: z.string(),
      route: z.string(),
      status: z.number(),
      requestBody: z.string(),
      fault: z.string().nullable(),
    }),
  ),
});

export type TargetState = z.output<typeof stateSchema>;
export type Journal = z.output<typeof journalSchema>;

/** A link as tests look at it. */
export interface LinkRow {
  readonly kind: 'user' | 'group';
  readonly subject_id: string;
  readonly subject_name: string;
  readonly remote_id: string | null;
  readonly state: string;
  readonly key: string | null;
  readonly accepted: Readonly<Record<string, unknown>>;
  readonly not_accepted: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string; readonly message: string; readonly retrying: boolean } | null;
  readonly attention: { readonly code: string } | null;
  readonly in_flight: string | null;
  readonly managed: boolean;
  readonly kept: boolean;
}

export interface WorldOptions {
  readonly connector?: 'segment' | 'scim2';
  readonly settings?: Settings;
  readonly config?: Partial<WorkerConfig>;
  /** One that other worlds play in as well, one after another; without it the world has its own. */
  readonly database?: TestDatabase;
}

export class World {
  readonly database: TestDatabase;
  readonly engine: Engine;
  readonly application: string;
  #sandbox: Sandbox;
  /** A workspace of somebody else, once the connection has been moved. */
  #elsewhere: Sandbox | null = null;
  /** The token that the sandbox takes, whatever the connection has. */
  #token: string;
  readonly #secrets: ReturnType<typeof secretBox>;
  readonly #config: WorkerConfig;
  readonly #closeDatabase: () => Promise<void>;
  #workers: Worker[] = [];

  private constructor(
    database: TestDatabase,
    sandbox: Sandbox,
    token: string,
    application: string,
    secrets: ReturnType<typeof secretBox>,
    options: WorldOptions,
  ) {
    const config = { ...CONFIG, ...options.config };
    this.database = database;
    this.#sandbox = sandbox;
    this.#token = token;
    this.application = application;
    this.#secrets = secrets;
    this.#config = config;
    this.#closeDatabase = options.database === undefined ? database.close : () => this.#retire();
    this.engine = new Engine({ database, secrets, clock: systemClock, config });
  }

  /** An application that is bound to nothing yet, its connection inactive, and one worker. */
  static async start(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
    const database = options.database ?? (await testDatabase(kind));
    const sandbox = await startSandbox({ port: 0 });
    const secrets = secretBox(randomBytes(32));
    const connector = options.connector ?? 'segment';
    const application = await transact(database, async (tx) => {
      const made = await createApplication(tx, { connector, label: 'Target', description: null, logo: null });
      const settings = { baseUrl: baseUrlOf(sandbox), ...options.settings };
      const connected = { settings, groupManagement: true, look: false };
      await enableSso(tx, await updateConnection(tx, made, connected, CAUSE));
      return made.id;
    });
    const token = await newToken(sandbox);
    const world = new World(database, sandbox, token, application, secrets, options);
    await writeSecret(database.db, secrets, tokenSecretId(application), token);
    await world.startWorker();
    return world;
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.#sandbox.close();
    await this.#elsewhere?.close();
    await this.#closeDatabase();
  }

  /** Nobody works on this application again, whoever plays next. */
  async #retire(): Promise<void> {
    await sql`UPDATE applications SET idm_state = 'inactive' WHERE id = ${this.application}`.execute(
      this.database.db,
    );
    await sql`DELETE FROM application_groups WHERE application_id = ${this.application}`.execute(
      this.database.db,
    );
    await sql`DELETE FROM groups`.execute(this.database.db);
    await sql`DELETE FROM users`.execute(this.database.db);
  }

  // What the directory's administrators do.

  change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.database, work);
  }

  /** A user `name@acme.test`, in the groups given. */
  async user(name: string, input: Partial<UserInput> = {}, groups: readonly string[] = []): Promise<string> {
    const email = `${name}@acme.test`;
    const user = { username: email, email, firstname: name, lastname: 'Test', ...input };
    const made = await this.change((tx) => createUser(tx, user));
    for (const group of groups) await this.join(group, made.id);
    return made.id;
  }

  async editUser(user: string, patch: UserPatch): Promise<void> {
    await this.change((tx) => updateUser(tx, user, patch, 'any', CAUSE, 'administrator'));
  }

  async deleteUser(user: string): Promise<void> {
    await this.change((tx) => deleteUser(tx, user, 'any', CAUSE, 'administrator'));
  }

  async group(name: string, members: readonly string[] = []): Promise<string> {
    const made = await this.change((tx) => createGroup(tx, { name }));
    await this.join(made.id, ...members);
    return made.id;
  }

  async renameGroup(group: string, name: string): Promise<void> {
    await this.change((tx) => updateGroup(tx, group, { name }, 'any', CAUSE));
  }

  async deleteGroup(group: string): Promise<void> {
    await this.change((tx) => deleteGroup(tx, group, 'any', CAUSE));
  }

  async join(group: string, ...users: string[]): Promise<void> {
    await this.change((tx) => changeMembers(tx, group, { add: users, remove: [] }, CAUSE));
  }

  async leave(group: string, ...users: string[]): Promise<void> {
    await this.change((tx) => changeMembers(tx, group, { add: [], remove: users }, CAUSE));
  }

  async bind(...groups: string[]): Promise<void> {
    await this.change((tx) => changeBindings(tx, this.application, { add: groups, remove: [] }, CAUSE));
  }

  async unbind(...groups: string[]): Promise<void> {
    await this.change((tx) => changeBindings(tx, this.application, { add: [], remove: groups }, CAUSE));
  }

  /** As PATCH identity-management does. */
  async configure(change: {
    readonly groupManagement?: boolean;
    readonly settings?: Settings;
  }): Promise<void> {
    await this.change(async (tx) => {
      await lockScope(tx);
      const before = await lockApplication(tx, this.application, 'any');
      const settings = { ...before.settings, ...change.settings };
      const groupManagement = change.groupManagement ?? before.groupManagement;
      const look = change.settings !== undefined || (groupManagement && !before.groupManagement);
      await updateConnection(tx, before, { settings, groupManagement, look }, CAUSE);
    });
  }

  /** As PATCH identity-management does with anything but a token; only what the wish depends on has everything looked at. */
  async patch(patch: ConnectionPatch): Promise<void> {
    await this.change(async (tx) => {
      await lockScope(tx);
      const before = await lockApplication(tx, this.application, 'any');
      await updateConnection(tx, before, changedConnection(requireConnector(before), before, patch), CAUSE);
    });
  }

  /** The application is given another token, and the inactive connection too. */
  async renewToken(): Promise<void> {
    this.#token = await newToken(this.#sandbox);
    await this.change(async (tx) => {
      await writeSecret(tx, this.#secrets, tokenSecretId(this.application), this.#token);
      await doubtLinks(tx, this.application);
    });
  }

  /** The inactive connection is given the address of another workspace, or that of the first one again. */
  async moveElsewhere(): Promise<void> {
    const { behaviour } = behaviourSchema.parse(await this.control('GET', '/behaviour'));
    const next = this.#elsewhere ?? (await startSandbox({ port: 0 }));
    this.#elsewhere = this.#sandbox;
    this.#sandbox = next;
    await this.behave(behaviour);
    await this.renewToken();
    await this.patch({ baseUrl: baseUrlOf(next) });
  }

  /** Of the connection. */
  async connection(): Promise<ConnectionState> {
    return (await getApplication(this.database.db, this.application)).state;
  }

  async activate(): Promise<boolean> {
    return (await this.engine.activate(this.application, CAUSE)).passed;
  }

  /** Whether the target has still to be read before anything is written. */
  isUnsure(): Promise<boolean> {
    return areLinksUnsure(this.database.db, this.application);
  }

  async resume(): Promise<boolean> {
    return (await this.engine.resume(this.application, CAUSE)).passed;
  }

  deactivate(): Promise<void> {
    return this.engine.deactivate(this.application, CAUSE);
  }

  resync(full = false): Promise<void> {
    return this.engine.sync(this.application, { full }, CAUSE);
  }

  async openHolds(): Promise<string[]> {
    const rows = await this.database.db
      .selectFrom('holds')
      .select('id')
      .where('application_id', '=', this.application)
      .where('state', '=', 'open')
      .execute();
    return rows.map((row) => row.id);
  }

  async decideHolds(decision: 'approve' | 'reject'): Promise<void> {
    const decide = decision === 'approve' ? approveHold : rejectHold;
    for (const hold of await this.openHolds())
      await this.change((tx) => decide(tx, this.application, hold, CAUSE)).catch(unlessConflict);
  }

  /** Rejects every open hold, and answers who is kept by it. */
  async rejectHolds(): Promise<string[]> {
    const kept: string[] = [];
    for (const hold of await this.openHolds()) {
      const rejected = this.change(async (tx) => {
        await lockLane(tx, this.application);
        const held = await tx
          .selectFrom('pending')
          .select('subject_id')
          .where('hold_id', '=', hold)
          .execute();
        await rejectHold(tx, this.application, hold, CAUSE);
        return held.map((row) => row.subject_id);
      });
      kept.push(...((await rejected.catch(unlessConflict)) ?? []));
    }
    return kept;
  }

  /** R15. Nothing happens where there is nothing to decide any more. */
  async choose(user: string, choice: 'keep' | 'move'): Promise<void> {
    await this.change((tx) => choose(tx, this.application, user, choice, CAUSE)).catch(unlessConflict);
  }

  /** Changes a membership and does something else before that commits. */
  async joinSlowly(group: string, user: string, meanwhile: () => Promise<void>): Promise<void> {
    await this.change(async (tx) => {
      await changeMembers(tx, group, { add: [user], remove: [] }, CAUSE);
      await meanwhile();
    });
  }

  /** A link as an import makes it: to an account that Rollcall does not manage yet (R34). */
  async imported(user: string, remoteId: string, accepted: Readonly<Record<string, unknown>>): Promise<void> {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, managed)
      VALUES (${this.application}, 'user', ${user}, 'imported', ${remoteId}, 'active', lower(${String(accepted['userName'])}),
        ${JSON.stringify(accepted)}::jsonb, false)`.execute(this.database.db);
  }

  /** Something that happens in the target without Rollcall. */
  async asTarget(method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const answer = await request(`${baseUrlOf(this.#sandbox)}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await answer.body.dump();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode}`);
  }

  renameInTarget(remoteId: string, displayName: string): Promise<void> {
    const Operations = [{ op: 'replace', path: 'displayName', value: displayName }];
    return this.asTarget('PATCH', `/Groups/${remoteId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations,
    });
  }

  /** Every group's last rename has not been answered, as far as the links know, and is looked at again. */
  async openRenames(): Promise<void> {
    await sql`UPDATE links SET in_flight = 'renameGroup' WHERE application_id = ${this.application} AND kind = 'group'`.execute(
      this.database.db,
    );
    await this.resync();
  }

  // Workers, and how they die.

  async startWorker(): Promise<void> {
    const worker = new Worker({
      database: this.database,
      secrets: this.#secrets,
      clock: systemClock,
      config: this.#config,
      log: pino({ level: process.env.ROLLCALL_TEST_LOG ?? 'silent' }),
      backoffMs: 20,
    });
    this.#workers.push(worker);
    await worker.start();
  }

  async stopWorkers(): Promise<void> {
    const stopped = this.#workers;
    this.#workers = [];
    await Promise.all(stopped.map((worker) => worker.stop()));
  }

  /**
   * What is left of a worker that was killed: the requests that it had sent, and nothing of what they answered, because
   * every settle after this moment is refused. Its lane is free again at once, as if its lease had run out.
   */
  async killWorkers(): Promise<void> {
    await sql`UPDATE lanes SET epoch = epoch + 1, owner = 'killed', until = now() + interval '1 hour'`.execute(
      this.database.db,
    );
    await this.stopWorkers();
    await sql`UPDATE lanes SET until = now() - interval '1 second', due_at = now()`.execute(this.database.db);
  }

  // What can be seen.

  /** Until nothing that may be sent is waiting; throws with what waits after `seconds`. */
  async idle(seconds = 20): Promise<void> {
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      if (await this.#isIdle()) return;
      await pause(10);
    }
    const waiting = await sql`SELECT * FROM pending WHERE hold_id IS NULL`.execute(this.database.db);
    throw new Error(`Not idle after ${seconds} s: ${JSON.stringify(waiting.rows)}`);
  }

  async #isIdle(): Promise<boolean> {
    const { rows } = await sql<{ idle: boolean }>`
      SELECT NOT EXISTS (
        SELECT 1 FROM pending p JOIN applications a ON a.id = p.application_id AND a.idm_state = 'active'
        WHERE hold_id IS NULL) AND NOT EXISTS (
        SELECT 1 FROM lanes l JOIN applications a ON a.id = l.application_id AND a.idm_state = 'active'
        WHERE owner IS NOT NULL OR inventory_due_at <= now()) AS idle`.execute(this.database.db);
    return rows[0]?.idle === true;
  }

  /**
   * What a plan would send now, as sentences: without users who are refused, and without memberships of users whom the
   * target does not hold, as theirs follow them.
   */
  async planned(): Promise<string[]> {
    const plan = await this.engine.plan(this.application, {});
    return plan.steps.filter((step) => !isRefused(step)).map((step) => step.sentence);
  }

  async link(subject: string): Promise<LinkRow | undefined> {
    return (await this.links()).find((link) => link.subject_id === subject);
  }

  async links(): Promise<LinkRow[]> {
    const { rows } =
      await sql<LinkRow>`SELECT * FROM links WHERE application_id = ${this.application}`.execute(
        this.database.db,
      );
    return rows;
  }

  /** What was done, and what is open: for whoever has to find out why a run failed. */
  async story(): Promise<string> {
    const { db } = this.database;
    const events = await sql<{ at: Date; subject_id: string; line: string }>`
      SELECT at, subject_id, outcome || ' ' || operation || ': ' || sentence AS line FROM events
      WHERE application_id = ${this.application} ORDER BY id`.execute(db);
    const open = await sql<{ line: string }>`
      SELECT row_to_json(p)::text AS line FROM pending p WHERE application_id = ${this.application}`.execute(
      db,
    );
    return [
      ...events.rows.map(({ at, subject_id, line }) => `${at.toISOString()} ${subject_id.slice(-6)} ${line}`),
      ...open.rows.map(({ line }) => line),
      ...(await this.links()).map((link) => JSON.stringify(link)),
      ...(await this.journal()).journal.map(
        ({ method, path, status, requestBody, fault }) =>
          `${method} ${path} ${status} ${fault ?? ''} ${requestBody}`,
      ),
    ].join('\n');
  }

  async state(): Promise<TargetState> {
    return stateSchema.parse(await this.control('GET', '/state'));
  }

  /** User names of the members in the target, in order. */
  async members(): Promise<string[]> {
    return (await this.state()).members.map((member) => member.userName).sort();
  }

  /** Groups of the target with the user names of their members, in order. */
  async groups(): Promise<Record<string, string[]>> {
    const { groups } = await this.state();
    return Object.fromEntries(
      groups.map((group) => [group.displayName, group.members.map((member) => member.userName).sort()]),
    );
  }

  async journal(): Promise<Journal> {
    return journalSchema.parse(await this.control('GET', '/requests'));
  }

  /** Requests since the last call of {@link forgetRequests}, by route. */
  async requests(): Promise<Record<string, number>> {
    return (await this.journal()).counts;
  }

  async forgetRequests(): Promise<void> {
    await this.control('DELETE', '/requests');
  }

  /** How the target behaves from now on: toggles of the sandbox. */
  async behave(toggles: Readonly<Record<string, unknown>>): Promise<void> {
    await this.control('PATCH', '/behaviour', toggles);
  }

  control(method: ControlMethod, path: string, body?: unknown): Promise<unknown> {
    return control(this.#sandbox, method, path, body);
  }
}

/** What somebody asked for came too late: it was decided, or stopped, at this moment. */
export function unlessConflict(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'conflict') return undefined;
  throw error;
}

type ControlMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function control(
  sandbox: Sandbox,
  method: ControlMethod,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await request(`${sandbox.url}/_control${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function newToken(sandbox: Sandbox): Promise<string> {
  return z.object({ token: z.string() }).parse(await control(sandbox, 'POST', '/tokens')).token;
}

const baseUrlOf = (sandbox: Sandbox): string => `${sandbox.url}/scim/v2`;

function isRefused(step: PlannedStep): boolean {
  if (step.kind !== 'changeMembers') return step.kind === 'refuseUser' || step.kind === 'refuseGroup';
  return step.remove.length === 0 && step.add.every((member) => member.remoteId === null);
}

export function pause(milliseconds: number): Promise<void> {
  return systemClock.sleep(milliseconds);
}
