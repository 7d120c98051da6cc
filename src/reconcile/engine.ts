/** What an administrator asks of a connection: test, activate, deactivate, resume, plan, apply, sync. */
import { conflict, Problem } from '../errors.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { Plan } from '../provisioning/plan.ts';
import type { Cause } from '../provisioning/settlement.ts';
import { getApplication } from '../store/applications.ts';
import type { Witness } from '../store/audit.ts';
import { logConnection, requireUnchanged, setState } from '../store/connection-state.ts';
import type { Database, Tx } from '../store/database.ts';
import { deactivateConnection } from '../store/deactivate.ts';
import { failAnew } from '../store/failing.ts';
import { requestFailedInventory, requestInventory, scheduleInventory } from '../store/inventory-due.ts';
import { endWait } from '../store/lane-wait.ts';
import { isLaneTaken, lockLane, wakeLane } from '../store/lanes.ts';
import { markApplication, markRecord, type Retrying } from '../store/marks.ts';
import { requestRoster } from '../store/roster.ts';
import { lockScope } from '../store/scope.ts';
import type { SecretBox } from '../store/secrets.ts';
import { transact } from '../store/transact.ts';
import { loadConnection, readToken, type Connection } from './connection.ts';
import { planApplication, type PlanRequest, type PlanScope } from './planner.ts';
import { probe, type ProbeDeps, type ProbeResult } from './probe.ts';

export interface EngineDeps extends ProbeDeps {
  readonly database: Database;
  readonly secrets: SecretBox;
}

/** How many steps a plan shows where the caller does not say. */
const STEPS_SHOWN = 1000;

/** What lets a connection in that state send again. */
const remedyFor = (state: ConnectionState): string => (state === 'paused' ? 'resume' : 'activate');

const isOn = (state: ConnectionState): Problem =>
  conflict(
    state === 'paused'
      ? 'The connection is paused: resume it, or deactivate it and activate it again.'
      : 'The connection is active already.',
  );

/**
 * What the API asks of provisioning (`http/engine.ts`). A failure of the target is an answer or a `Problem`, never a
 * fault of ours.
 */
export class Engine {
  readonly #deps: EngineDeps;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Asks the target without changing anything (R3). */
  async test(applicationId: string, cause: Cause): Promise<ProbeResult> {
    return this.#probe(await this.#connection(applicationId), cause);
  }

  /** Activates an inactive connection once its target has answered; everything is then looked at (R2, R3). */
  async activate(applicationId: string, cause: Cause, witness: Witness): Promise<ProbeResult> {
    const connection = await this.#connection(applicationId);
    if (connection.application.state !== 'inactive') throw isOn(connection.application.state);
    const mark = async (tx: Tx): Promise<void> => {
      await markApplication(tx, applicationId, cause);
      await scheduleInventory(tx, applicationId, connection.behaviour.inventoryHours);
    };
    return this.#turnOn(connection, 'inactive', cause, mark, witness);
  }

  /** Lets a paused connection go on where it was (R44). */
  async resume(applicationId: string, cause: Cause, witness: Witness): Promise<ProbeResult> {
    const connection = await this.#connection(applicationId);
    if (connection.application.state !== 'paused')
      throw conflict(`The connection is ${connection.application.state}, not paused.`);
    return this.#turnOn(connection, 'paused', cause, () => Promise.resolve(), witness);
  }

  /** Stops every request to the target; answers when those in flight have ended. Links stay (R5). */
  async deactivate(applicationId: string, cause: Cause, witness: Witness): Promise<void> {
    const { application } = await this.#connection(applicationId);
    if (application.state === 'inactive') throw conflict('The connection is inactive already.');
    await transact(this.#deps.database, async (tx) => {
      await deactivateConnection(tx, application, cause);
      await witness(tx);
    });
    await this.#untilQuiet(applicationId);
  }

  /** What would be sent, reading only (R47). */
  async plan(applicationId: string, { limit = STEPS_SHOWN, ...scope }: PlanRequest): Promise<Plan> {
    const connection = await this.#connection(applicationId);
    return planApplication(this.#deps.database.db, connection, scope, { ...scope, limit });
  }

  /**
   * Sends what was seen, of one record or of everything: refused where that plan has changed since. What the target refused before
   * is not asked again.
   */
  async apply(
    applicationId: string,
    scope: PlanScope,
    checksum: string,
    cause: Cause,
    witness: Witness,
  ): Promise<Plan> {
    const plan = await this.plan(applicationId, { ...scope, limit: 0 });
    if (plan.checksum !== checksum) {
      throw conflict(
        'The plan has changed since you saw it: something changed in the directory or in the application, or the checksum is of another plan, such as that of one user. Look at it again, then apply.',
      );
    }
    await this.#look(
      applicationId,
      (tx) => markScope(tx, applicationId, { ...scope, withRefused: false }, cause),
      witness,
    );
    return plan;
  }

  /** Looks again now: at one record, at everything, or (`full`) at everything that the target really holds. */
  async sync(
    applicationId: string,
    scope: PlanScope & { readonly full?: boolean | undefined },
    cause: Cause,
    witness: Witness,
  ): Promise<void> {
    const mark = async (tx: Tx): Promise<void> => {
      await markScope(tx, applicationId, { ...scope, withRefused: true }, cause);
      if (scope.full === true) await requestInventory(tx, applicationId);
    };
    await this.#look(applicationId, mark, witness);
  }

  /** Reads the application's users, for import; nothing else is looked at. */
  async readUsers(applicationId: string): Promise<void> {
    const refusal = (state: ConnectionState): Problem =>
      conflict(
        `The connection is ${state}, and the application's users are read through it: ${remedyFor(state)} it first.`,
      );
    await this.#whileActive(applicationId, refusal, (tx) => requestRoster(tx, applicationId));
  }

  /** Marks what is to be looked at, and wakes the lane. */
  async #look(applicationId: string, mark: (tx: Tx) => Promise<void>, witness: Witness): Promise<void> {
    const refusal = (state: ConnectionState): Problem =>
      conflict(`The connection is ${state}: ${remedyFor(state)} it first.`);
    await this.#whileActive(applicationId, refusal, async (tx) => {
      await mark(tx);
      await wakeLane(tx, applicationId);
      await witness(tx);
    });
  }

  /**
   * Asks something of an active connection in one transaction. `ask` locks the lane, as deactivating does: whoever deactivates it
   * in the same moment ends what was asked for, or is seen afterwards.
   */
  async #whileActive(
    applicationId: string,
    refusal: (state: ConnectionState) => Problem,
    ask: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { application } = await this.#connection(applicationId);
    if (application.state !== 'active') throw refusal(application.state);
    await transact(this.#deps.database, async (tx) => {
      await ask(tx);
      const { state } = await getApplication(tx, applicationId);
      if (state !== 'active') throw refusal(state);
    });
  }

  #connection(applicationId: string): Promise<Connection> {
    return loadConnection(this.#deps.database.db, applicationId);
  }

  async #probe(connection: Connection, cause: Cause): Promise<ProbeResult> {
    const { baseUrl, connector, application } = connection;
    if (baseUrl === null)
      throw new Problem('bad-input', 'The connection has no address yet.', [
        { path: 'baseUrl', message: 'Set the SCIM base URL of the application.' },
      ]);
    const token = await readToken(this.#deps.database.db, this.#deps.secrets, application.id);
    if (token === null) {
      throw new Problem('bad-input', `The connection has no ${connector.token.label} yet.`, [
        { path: 'token', message: connector.token.help },
      ]);
    }
    return probe(connection, { baseUrl, token }, this.#deps, cause);
  }

  async #turnOn(
    connection: Connection,
    from: 'inactive' | 'paused',
    cause: Cause,
    mark: (tx: Tx) => Promise<void>,
    witness: Witness,
  ): Promise<ProbeResult> {
    const { application } = connection;
    requireSso(connection, application.sso.enabled);
    const result = await this.#probe(connection, cause);
    if (!result.passed) return result;
    await transact(this.#deps.database, async (tx) => {
      await lockScope(tx);
      requireSso(connection, await requireUnchanged(tx, application));
      await lockLane(tx, application.id);
      await setState(tx, application.id, 'active');
      await mark(tx);
      await failAnew(tx, application.id);
      await requestFailedInventory(tx, application.id);
      await endWait(tx, application.id);
      await wakeLane(tx, application.id);
      const [operation, done] =
        from === 'inactive' ? ['activateConnection', 'Activated'] : ['resumeConnection', 'Resumed'];
      const sentence = `${done} the connection of ${application.label}`;
      await logConnection(tx, application, { operation, outcome: 'done', sentence, cause });
      await witness(tx);
    });
    return result;
  }

  /** Waits until no process works on the lane, or its lease has run out. */
  async #untilQuiet(applicationId: string): Promise<void> {
    while (await isLaneTaken(this.#deps.database.db, applicationId)) await this.#deps.clock.sleep(20);
  }
}

/** R2 */
function requireSso({ connector }: Connection, enabled: boolean): void {
  if (!connector.requiresSso || enabled) return;
  throw conflict(
    `${connector.name} can be provisioned only while SAML 2.0 single sign-on is enabled on this application. Enable it, then activate.`,
  );
}

/** Has one record, or everything, looked at. */
async function markScope(
  tx: Tx,
  applicationId: string,
  { user, group, withRefused }: PlanScope & Retrying,
  cause: Cause,
): Promise<void> {
  const retrying = { withRefused };
  if (user !== undefined) await markRecord(tx, applicationId, { kind: 'user', id: user }, cause, retrying);
  if (group !== undefined) await markRecord(tx, applicationId, { kind: 'group', id: group }, cause, retrying);
  if (user === undefined && group === undefined) await markApplication(tx, applicationId, cause, retrying);
}
