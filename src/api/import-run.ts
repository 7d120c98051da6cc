/** What a request does about an import that it began: the work itself where it is small, else saying who is told of its end. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ApiDeps } from '../http/deps.ts';
import { badInput } from '../errors.ts';
import { linkBase } from '../http/visit.ts';
import type { Handle } from '../store/database.ts';
import { importBatch } from '../store/import-batch.ts';
import { listItems } from '../store/import-items.ts';
import { AT_ONCE, type NewImport } from '../store/import-start.ts';
import { getImport, type Import } from '../store/imports.ts';
import { addressesInCharge } from '../store/last-administrator.ts';
import { getUser } from '../store/users.ts';
import type { importWithResultsSchema } from './import-schemas.ts';

/** So few are one transaction where somebody watches them come (R32). */
const LIVE_BATCH = 5;

const NO_MAIL_SERVER = 'needs a mail server, and SMTP_URL names none: leave it out.';

/** The address of the person who asks; of all administrators where there is none, as for an API key. Null where those have none either. */
async function addressesFor(db: Handle, userId: string | null): Promise<string | null> {
  const own = userId === null ? null : (await getUser(db, userId)).email;
  if (own !== null) return own;
  const others = await addressesInCharge(db);
  return others.length === 0 ? null : others.join(', ');
}

/**
 * To whom the end is told: to the address that is given, else to the person who asks, else to the administrators. Refuses an
 * address where nothing sends.
 */
export async function mailFor(
  { config, database: { db }, mailer }: ApiDeps,
  request: FastifyRequest,
  applicationId: string,
  notify?: string,
): Promise<NewImport['mail']> {
  if (mailer === undefined && notify !== undefined)
    throw badInput(`notify ${NO_MAIL_SERVER}`, [{ path: 'notify', message: NO_MAIL_SERVER }]);
  if (mailer === undefined) return null;
  const userId = request.principal?.userId ?? null;
  const to = notify ?? (await addressesFor(db, userId));
  const base = `${linkBase(config, request)}/console/applications/${applicationId}/import`;
  return to === null ? null : { to, link: (importId) => `${base}/${importId}` };
}

/** Does a few at a time; where it ends half-way, the job goes on with the rest. */
async function finish({ database }: ApiDeps, { id }: Import): Promise<void> {
  while (await importBatch(database, id, LIVE_BATCH));
}

/** Does an import that is small, and answers what became of each where somebody waits for it. */
export async function answerOf(
  deps: ApiDeps,
  request: FastifyRequest,
  made: Import,
  wait: boolean,
): Promise<z.infer<typeof importWithResultsSchema>> {
  const { db } = deps.database;
  if (made.background) return { ...made, results: null };
  if (!wait) {
    finish(deps, made).catch((err: unknown) => request.log.warn({ err }, 'An import is left to the job.'));
    return { ...made, results: null };
  }
  await finish(deps, made);
  const after = await getImport(db, made.applicationId, made.id);
  const { items } = await listItems(db, made.id, { limit: AT_ONCE, sort: 'username' });
  return { ...after, results: after.counts.total > AT_ONCE ? null : items };
}
