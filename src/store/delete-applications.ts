/** Deleting applications: what of them goes along, and what keeps them (R6). */
import { badInput, conflict } from '../errors.ts';
import { lockApplication, type Application } from './applications.ts';
import type { Tx } from './database.ts';
import { lockScope } from './scope.ts';
import type { Expected } from './version.ts';

/** Everything of an application that no foreign key takes along. The log of operations outlives it (R48). */
async function deleteTraces(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const table of [
    'pending',
    'pending_members',
    'link_members',
    'links',
    'remote_resources',
    'holds',
  ] as const) {
    await tx.deleteFrom(table).where('application_id', 'in', ids).execute();
  }
  for (const id of ids) await tx.deleteFrom('secrets').where('id', 'like', `application/${id}/%`).execute();
}

function refuseLive(applications: readonly Application[]): void {
  const live = applications.filter((application) => application.state !== 'inactive');
  const [first] = live;
  if (first === undefined) return;
  const others = live.length > 1 ? `, and ${live.length - 1} more` : '';
  throw conflict(
    `The Identity Management connection of "${first.label}" is ${first.state}${others}. Deactivate the connection before you delete the application. Nothing was deleted.`,
  );
}

/**
 * Deletes applications, all or none; their targets are left as they are. Throws a `Problem` when one does not exist or
 * has a connection that is not inactive (R6).
 */
export async function deleteApplications(
  tx: Tx,
  ids: readonly string[],
  expected: Expected = 'any',
): Promise<Application[]> {
  await lockScope(tx);
  const applications: Application[] = [];
  for (const id of [...new Set(ids)].sort()) applications.push(await lockApplication(tx, id, expected));
  if (applications.length === 0) throw badInput('ids must name at least one application.');
  refuseLive(applications);
  const found = applications.map((application) => application.id);
  await tx.selectFrom('lanes').select('epoch').where('application_id', 'in', found).forUpdate().execute();
  await deleteTraces(tx, found);
  await tx.deleteFrom('applications').where('id', 'in', found).execute();
  return applications;
}
