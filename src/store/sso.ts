/** The single sign-on settings of an application, which are a part of its row. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { conflict } from '../errors.ts';
import { ssoSettingsSchema, type SsoSettings } from '../saml/settings.ts';
import { toApplication, type Application } from './applications.ts';
import type { Tx } from './database.ts';

/** The settings as they were parsed when they were stored. */
export const ssoOf = ({ sso }: Pick<Application, 'sso'>): SsoSettings => ssoSettingsSchema.parse(sso);

/** R2: what must be on while the connection is live cannot be turned off under it. The caller has the row's lock. */
function refuseTurningOff(before: Application, after: SsoSettings, requiresSso: boolean): void {
  if (!requiresSso || after.enabled || before.state === 'inactive') return;
  throw conflict(
    `The Identity Management connection of "${before.label}" is ${before.state}, and needs single sign-on. Deactivate the connection before you turn single sign-on off. Nothing was changed.`,
  );
}

/** Stores settings where they are others. Throws a `Problem` where they would turn off what the connection needs. */
export async function updateSso(
  tx: Tx,
  before: Application,
  settings: SsoSettings,
  requiresSso: boolean,
): Promise<Application> {
  refuseTurningOff(before, settings, requiresSso);
  if (isDeepStrictEqual(settings, ssoOf(before))) return before;
  const row = await tx
    .updateTable('applications')
    .set({
      sso: JSON.stringify(settings),
      version: before.version + 1,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toApplication(row);
}
