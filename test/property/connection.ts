/** The connection of a world, as administrators change it, switch it and decide on what it holds: as the API does. */
import { sql } from 'kysely';
import { changedConnection, type ConnectionPatch } from '../../src/api/connection-change.ts';
import { requireConnector } from '../../src/connectors/catalog.ts';
import type { Settings } from '../../src/connectors/settings.ts';
import { Problem } from '../../src/errors.ts';
import type { Engine } from '../../src/reconcile/engine.ts';
import type { ConnectionState } from '../../src/provisioning/connection-state.ts';
import type { RecordKind } from '../../src/provisioning/facts.ts';
import { getApplication, lockApplication, updateConnection } from '../../src/store/applications.ts';
import { noWitness } from '../../src/store/audit.ts';
import { choose } from '../../src/store/choices.ts';
import { approveHold, rejectHold } from '../../src/store/holds.ts';
import { lockLane } from '../../src/store/lanes.ts';
import { lockScope } from '../../src/store/scope.ts';
import { tokenSecretId, writeSecret, type SecretBox } from '../../src/store/secrets.ts';
import { areLinksUnsure, doubtLinks } from '../../src/store/unsure-links.ts';
import type { TestDatabase } from '../support/database.ts';
import { CAUSE, PlayedDirectory } from './directory.ts';
import type { Target } from './target.ts';

/** What plays in a world. */
export interface Parts {
  readonly database: TestDatabase;
  readonly application: string;
  readonly secrets: SecretBox;
  readonly engine: Engine;
  readonly target: Target;
}

export class PlayedConnection extends PlayedDirectory {
  readonly engine: Engine;
  readonly target: Target;
  readonly #secrets: SecretBox;

  constructor({ database, application, secrets, engine, target }: Parts) {
    super(database, application);
    this.engine = engine;
    this.target = target;
    this.#secrets = secrets;
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
    await this.target.renewToken();
    await this.#takeToken();
  }

  /** The inactive connection is given the address of another workspace, or that of the first one again. */
  async moveElsewhere(): Promise<void> {
    await this.target.moveElsewhere();
    await this.#takeToken();
    await this.patch({ baseUrl: this.target.baseUrl });
  }

  async #takeToken(): Promise<void> {
    await this.change(async (tx) => {
      await writeSecret(tx, this.#secrets, tokenSecretId(this.application), this.target.token);
      await doubtLinks(tx, this.application);
    });
  }

  /** Of the connection. */
  async connection(): Promise<ConnectionState> {
    return (await getApplication(this.database.db, this.application)).state;
  }

  async activate(): Promise<boolean> {
    return (await this.engine.activate(this.application, CAUSE, noWitness)).passed;
  }

  /** Whether the target has still to be read before anything is written. */
  isUnsure(): Promise<boolean> {
    return areLinksUnsure(this.database.db, this.application);
  }

  async resume(): Promise<boolean> {
    return (await this.engine.resume(this.application, CAUSE, noWitness)).passed;
  }

  /** The engine may pause it between the look and the write, of which an administrator is told: they look again. */
  async deactivate(): Promise<void> {
    const deactivate = () => this.engine.deactivate(this.application, CAUSE, noWitness);
    await deactivate().catch((error: unknown) => {
      unlessConflict(error);
      return deactivate();
    });
  }

  resync(full = false): Promise<void> {
    return this.engine.sync(this.application, { full }, CAUSE, noWitness);
  }

  /** Records that the target refused for good. */
  async #refusedRecords(): Promise<{ kind: RecordKind; id: string }[]> {
    const { rows } = await sql<{ kind: RecordKind; id: string }>`
      SELECT kind, subject_id AS id FROM links
      WHERE application_id = ${this.application} AND error ->> 'retrying' = 'false'`.execute(
      this.database.db,
    );
    return rows;
  }

  /** Members whom the target refused, and who still are. */
  async #refusedMembers(): Promise<{ group: string; user: string }[]> {
    const { rows } = await sql<{ group: string; user: string }>`
      SELECT group_id AS "group", user_id AS "user" FROM link_members JOIN group_members USING (group_id, user_id)
      WHERE application_id = ${this.application} AND error IS NOT NULL`.execute(this.database.db);
    return rows;
  }

  async hasRefused(): Promise<boolean> {
    return (await this.#refusedRecords()).length + (await this.#refusedMembers()).length > 0;
  }

  /** What the target refused is tried again, and nothing else: whatever else was lost is not found by it. */
  async retryRefused(): Promise<void> {
    for (const { kind, id } of await this.#refusedRecords())
      await this.engine.sync(this.application, { [kind]: id }, CAUSE, noWitness);
    for (const { group, user } of await this.#refusedMembers()) await this.rejoin(group, user);
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

  /** Rejects every open hold, and answers who is kept by it, and since which request. */
  async rejectHolds(): Promise<{ user: string; since: number }[]> {
    const kept: { user: string; since: number }[] = [];
    for (const hold of await this.openHolds()) {
      const rejected = this.change(async (tx) => {
        await lockLane(tx, this.application);
        const held = await tx
          .selectFrom('pending')
          .select('subject_id')
          .where('hold_id', '=', hold)
          .execute();
        const { total } = await this.target.journal();
        await rejectHold(tx, this.application, hold, CAUSE);
        return held.map((row) => ({ user: row.subject_id, since: total }));
      });
      kept.push(...((await rejected.catch(unlessConflict)) ?? []));
    }
    return kept;
  }

  /** R15. Nothing happens where there is nothing to decide any more. */
  async choose(user: string, choice: 'keep' | 'move'): Promise<void> {
    await this.change((tx) => choose(tx, this.application, user, choice, CAUSE)).catch(unlessConflict);
  }
}

/** What somebody asked for came too late: it was decided, or stopped, at this moment. */
export function unlessConflict(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'conflict') return undefined;
  throw error;
}
