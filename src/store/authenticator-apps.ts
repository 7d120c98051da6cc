/** Authenticator apps (TOTP): setting one up, which is of one session, and the secrets by which their codes are checked. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Handle, Tx } from './database.ts';
import type { SecretBox } from './secrets.ts';

export interface TotpSecret {
  readonly id: string;
  readonly label: string;
  readonly secret: string;
}

export const totpSecretId = (id: string): string => `factor/${id}`;

/** A session, and whose it is. */
interface OwnSession {
  readonly id: string;
  readonly userId: string;
}

/**
 * Keeps the secret of an app that is still to prove itself in the session where it is set up. The one before it there, and those
 * whose sessions are over, are forgotten.
 */
export async function beginTotp(
  tx: Tx,
  box: SecretBox,
  session: OwnSession,
  label: string,
  secret: string,
): Promise<string> {
  await tx
    .deleteFrom('factors')
    .where('user_id', '=', session.userId)
    .where('kind', '=', 'totp')
    .where('confirmed_at', 'is', null)
    .where((where) => where.or([where('session_id', '=', session.id), where('session_id', 'is', null)]))
    .execute();
  const id = uuidv7();
  const { keyId, nonce, ciphertext } = box.seal(totpSecretId(id), secret);
  const sealed = { key_id: keyId, nonce, ciphertext };
  await tx
    .insertInto('factors')
    .values({
      id,
      user_id: session.userId,
      session_id: session.id,
      kind: 'totp',
      label,
      transports: '[]',
      ...sealed,
    })
    .execute();
  return id;
}

const apps = (handle: Handle) =>
  handle
    .selectFrom('factors')
    .select(['id', 'label', 'key_id', 'nonce', 'ciphertext'])
    .where('kind', '=', 'totp');

type AppRow = Awaited<ReturnType<ReturnType<typeof apps>['executeTakeFirstOrThrow']>>;

const opened = (box: SecretBox, rows: readonly AppRow[]): TotpSecret[] =>
  rows.flatMap(({ id, label, key_id: keyId, nonce, ciphertext }) =>
    keyId === null || nonce === null || ciphertext === null
      ? []
      : [{ id, label, secret: box.open(totpSecretId(id), { keyId, nonce, ciphertext }) }],
  );

/** The secrets of a user's apps that proved themselves. */
export async function totpSecrets(handle: Handle, box: SecretBox, userId: string): Promise<TotpSecret[]> {
  const rows = await apps(handle)
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .execute();
  return opened(box, rows);
}

/** The secret of the app that is being set up in that session, or undefined. */
export async function awaitedSecret(
  handle: Handle,
  box: SecretBox,
  sessionId: string,
): Promise<TotpSecret | undefined> {
  const rows = await apps(handle)
    .where('session_id', '=', sessionId)
    .where('confirmed_at', 'is', null)
    .execute();
  return opened(box, rows)[0];
}

/** Accepts a code's time step, which confirms the app. False where that step, or a later one, was accepted before. */
export async function acceptStep(handle: Handle, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('factors')
    .set({
      last_step: step,
      last_used_at: sql`now()`,
      confirmed_at: sql`coalesce(confirmed_at, now())`,
      session_id: null,
    })
    .where('id', '=', id)
    .where(sql<boolean>`coalesce(last_step < ${step}, true)`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
