/**
 * A directory, a worker and a sandbox, wired as the server wires them: what stories and property tests play in. Directory
 * changes go through the store, as the API's do; what the target holds is asked of the sandbox over HTTP.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { systemClock } from '../../src/clock.ts';
import type { Settings } from '../../src/connectors/settings.ts';
import type { PlannedStep } from '../../src/provisioning/plan.ts';
import { Engine } from '../../src/reconcile/engine.ts';
import type { WorkerConfig } from '../../src/reconcile/worker.ts';
import { createApplication, updateConnection } from '../../src/store/applications.ts';
import { secretBox, tokenSecretId, writeSecret } from '../../src/store/secrets.ts';
import { transact } from '../../src/store/transact.ts';
import { testDatabase, type DatabaseKind, type TestDatabase } from '../support/database.ts';
import { enableSso } from '../support/sso.ts';
import { PlayedConnection, type Parts } from './connection.ts';
import { CAUSE } from './directory.ts';
import { Target, type ControlMethod, type Journal, type TargetState } from './target.ts';
import { Workers } from './workers.ts';

const CONFIG: WorkerConfig = {
  leaseSeconds: 30,
  sliceSeconds: 5,
  lanes: 4,
  requestTimeoutSeconds: 5,
  allowPrivateTargets: true,
};

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

export class World extends PlayedConnection {
  readonly #workers: Workers;
  readonly #closeDatabase: () => Promise<void>;

  private constructor(parts: Parts, workers: Workers, { database }: WorldOptions) {
    super(parts);
    this.#workers = workers;
    this.#closeDatabase = database === undefined ? parts.database.close : () => this.#retire();
  }

  /** An application that is bound to nothing yet, its connection inactive, and one worker. */
  static async start(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
    const database = options.database ?? (await testDatabase(kind));
    const target = await Target.start();
    const secrets = secretBox(randomBytes(32));
    const connector = options.connector ?? 'segment';
    const application = await transact(database, async (tx) => {
      const made = await createApplication(tx, { connector, label: 'Target', description: null, logo: null });
      const settings = { baseUrl: target.baseUrl, ...options.settings };
      const connected = { settings, groupManagement: true, look: false };
      await enableSso(tx, await updateConnection(tx, made, connected, CAUSE));
      return made.id;
    });
    await writeSecret(database.db, secrets, tokenSecretId(application), target.token);
    const config = { ...CONFIG, ...options.config };
    const engine = new Engine({ database, secrets, clock: systemClock, config });
    const workers = new Workers(database, secrets, config);
    const world = new World({ database, application, secrets, engine, target }, workers, options);
    await world.startWorker();
    return world;
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.target.close();
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

  startWorker(): Promise<void> {
    return this.#workers.start();
  }

  stopWorkers(): Promise<void> {
    return this.#workers.stop();
  }

  killWorkers(): Promise<void> {
    return this.#workers.kill();
  }

  /** A link as an import makes it: to an account that Rollcall does not manage yet (R34). */
  async imported(user: string, remoteId: string, accepted: Readonly<Record<string, unknown>>): Promise<void> {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, managed)
      VALUES (${this.application}, 'user', ${user}, 'imported', ${remoteId}, 'active', lower(${String(accepted['userName'])}),
        ${JSON.stringify(accepted)}::jsonb, false)`.execute(this.database.db);
  }

  /** Every group's last rename has not been answered, as far as the links know, and is looked at again. */
  async openRenames(): Promise<void> {
    await sql`UPDATE links SET in_flight = 'renameGroup' WHERE application_id = ${this.application} AND kind = 'group'`.execute(
      this.database.db,
    );
    await this.resync();
  }

  /** Until nothing that may be sent is waiting; throws with what waits after `seconds`. */
  async idle(seconds = 20): Promise<void> {
    const until = performance.now() + seconds * 1000;
    do {
      if (await this.#isIdle()) return;
      await pause(10);
    } while (performance.now() < until);
    const waiting = await sql`SELECT * FROM pending WHERE hold_id IS NULL`.execute(this.database.db);
    throw new Error(`Not idle after ${seconds} s: ${JSON.stringify(waiting.rows)}`);
  }

  /** Whether nothing that may be sent is waiting any more after `seconds`. */
  isIdle(seconds: number): Promise<boolean> {
    return this.idle(seconds).then(
      () => true,
      () => false,
    );
  }

  /** Where the target has refused a group something, another one may wait for its name until that one is tried again (R23). */
  async #isIdle(): Promise<boolean> {
    const waits = sql`(p.kind = 'group' AND p.due_at > now() AND EXISTS (
      SELECT 1 FROM links l WHERE l.application_id = p.application_id AND l.kind = 'group' AND l.error ->> 'retrying' = 'false'))`;
    const { rows } = await sql<{ idle: boolean }>`
      SELECT NOT EXISTS (
        SELECT 1 FROM pending p JOIN applications a ON a.id = p.application_id AND a.idm_state = 'active'
        WHERE hold_id IS NULL AND NOT ${waits}) AND NOT EXISTS (
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

  /** How often a record failed that is still to be sent. */
  async attempts(subject: string): Promise<number> {
    const { rows } = await sql<{ attempts: number }>`
      SELECT attempts FROM pending WHERE application_id = ${this.application} AND subject_id = ${subject}`.execute(
      this.database.db,
    );
    return rows[0]?.attempts ?? 0;
  }

  async links(): Promise<LinkRow[]> {
    const { rows } =
      await sql<LinkRow>`SELECT * FROM links WHERE application_id = ${this.application}`.execute(
        this.database.db,
      );
    return rows;
  }

  // What the target holds and was asked.

  state(): Promise<TargetState> {
    return this.target.state();
  }

  /** User names of the members in the target, in order. */
  members(): Promise<string[]> {
    return this.target.members();
  }

  /** Groups of the target with the user names of their members, in order. */
  groups(): Promise<Record<string, string[]>> {
    return this.target.groups();
  }

  journal(): Promise<Journal> {
    return this.target.journal();
  }

  /** Requests since the last call of {@link forgetRequests}, by route. */
  requests(): Promise<Record<string, number>> {
    return this.target.requests();
  }

  forgetRequests(): Promise<void> {
    return this.target.forgetRequests();
  }

  /** How the target behaves from now on: toggles of the sandbox. */
  behave(toggles: Readonly<Record<string, unknown>>): Promise<void> {
    return this.target.behave(toggles);
  }

  control(method: ControlMethod, path: string, body?: unknown): Promise<unknown> {
    return this.target.control(method, path, body);
  }
}

function isRefused(step: PlannedStep): boolean {
  if (step.kind !== 'changeMembers') return step.kind === 'refuseUser' || step.kind === 'refuseGroup';
  return step.remove.length === 0 && step.add.every((member) => member.remoteId === null);
}

export function pause(milliseconds: number): Promise<void> {
  return systemClock.sleep(milliseconds);
}
