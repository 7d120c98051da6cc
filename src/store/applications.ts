/** Applications: label, settings, state. What is written of a connection marks what follows from it in the same transaction. */
import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { settingsSchema, type Settings } from '../connectors/settings.ts';
import { notFound } from '../errors.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { markApplication } from './marks.ts';
import { byId, byText, byTime, type Sort } from './order.ts';
import { pageInOrder } from './page-in-order.ts';
import { containing, type Page, type PageRequest } from './page.ts';
import type { ApplicationsTable } from './tables/applications.ts';
import { checkVersion, type Expected } from './version.ts';

/** What an administrator calls an application. */
interface ApplicationFields {
  readonly label: string;
  readonly description: string | null;
  readonly logo: string | null;
}

export interface Application extends ApplicationFields {
  readonly id: string;
  /** The connector's key. */
  readonly connector: string;
  readonly sso: { readonly enabled: boolean } & Readonly<Record<string, unknown>>;
  readonly state: ConnectionState;
  /** Why the connection is paused, where it is. */
  readonly reason: Readonly<Record<string, unknown>> | null;
  readonly groupManagement: boolean;
  readonly settings: Settings;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A row as the rest of the server knows it. */
export function toApplication(row: Selectable<ApplicationsTable>): Application {
  return {
    id: row.id,
    connector: row.connector,
    label: row.label,
    description: row.description,
    logo: row.logo,
    sso: row.sso,
    state: row.idm_state,
    reason: row.idm_reason,
    groupManagement: row.group_management,
    settings: settingsSchema.parse(row.settings),
    version: Number(row.version),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The application of that id. Throws a `Problem` when there is none. */
export async function getApplication(handle: Handle, id: string): Promise<Application> {
  const row = await handle.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('This application');
  return toApplication(row);
}

export const applicationSorts = ['label', 'state', 'createdAt'] as const;

/** Two applications may have the same label. */
const byLabel = [byText(sql`lower(label)`), byId(sql`id`)];

const applicationKeys = {
  label: byLabel,
  state: [byText(sql`idm_state`), ...byLabel],
  createdAt: [byTime(sql`created_at`), byId(sql`id`)],
};

/** What to narrow a list of applications to. */
interface ApplicationFilter extends PageRequest {
  readonly sort: Sort<(typeof applicationSorts)[number]>;
  /** Only the applications of this label, compared without case. */
  readonly label?: string | undefined;
}

/** A page of the applications; `search` looks in the label. */
export async function listApplications(
  handle: Handle,
  request: ApplicationFilter,
): Promise<Page<Application>> {
  const { label, search } = request;
  let matching = handle.selectFrom('applications').selectAll();
  if (label !== undefined) matching = matching.where(sql`lower(label)`, '=', sql`lower(${label})`);
  if (search !== undefined) matching = matching.where(sql`lower(label)`, 'like', containing(search));
  return pageInOrder(handle, matching, applicationKeys, request, toApplication);
}

/** Makes an application, its connection inactive, and its lane. */
export async function createApplication(
  tx: Tx,
  input: ApplicationFields & { readonly connector: string },
): Promise<Application> {
  const row = await tx
    .insertInto('applications')
    .values({ id: uuidv7(), ...input })
    .returningAll()
    .executeTakeFirstOrThrow();
  await sql`INSERT INTO lanes (application_id) VALUES (${row.id})`.execute(tx);
  return toApplication(row);
}

/** Locks an application's row until the end of the transaction. Throws a `Problem` when there is none or it was changed. */
export async function lockApplication(tx: Tx, id: string, expected: Expected): Promise<Application> {
  const row = await tx
    .selectFrom('applications')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound('This application');
  const application = toApplication(row);
  checkVersion(`The application "${application.label}"`, application.version, expected);
  return application;
}

/** Changes what an application is called. Where nothing differs, it stays the version that others have read. */
export async function updateApplication(
  tx: Tx,
  id: string,
  patch: { readonly [Field in keyof ApplicationFields]?: ApplicationFields[Field] | undefined },
  expected: Expected,
): Promise<{ before: Application; after: Application }> {
  const before = await lockApplication(tx, id, expected);
  const after = {
    label: patch.label ?? before.label,
    description: patch.description === undefined ? before.description : patch.description,
    logo: patch.logo === undefined ? before.logo : patch.logo,
  };
  const { description, label, logo } = before;
  if (isDeepStrictEqual(after, { label, description, logo })) return { before, after: before };
  const row = await tx
    .updateTable('applications')
    .set({ ...after, version: before.version + 1, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { before, after: toApplication(row) };
}

/**
 * Stores the settings of a connection. Where it is live and `look` is set, everything in it is looked at again, because
 * the wish has changed (a mapping, an address, group management turned on: R7).
 * The caller has the scope ({@link lockScope}) and the row's lock.
 */
export async function updateConnection(
  tx: Tx,
  before: Application,
  after: { readonly settings: Settings; readonly groupManagement: boolean; readonly look: boolean },
  cause: Cause,
): Promise<Application> {
  const row = await tx
    .updateTable('applications')
    .set({
      settings: JSON.stringify(after.settings),
      group_management: after.groupManagement,
      version: before.version + 1,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (after.look && before.state !== 'inactive') await markApplication(tx, before.id, cause);
  return toApplication(row);
}
