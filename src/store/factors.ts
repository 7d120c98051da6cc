/** Second factors of people, and passkeys. What is special about authenticator apps is in authenticator-apps.ts. */
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { notFound } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import type { FactorsTable } from './tables/sign-in.ts';

export type FactorKind = 'totp' | 'passkey';

export interface Factor {
  readonly id: string;
  readonly kind: FactorKind;
  readonly label: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export interface Passkey {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly signCount: number;
  readonly transports: readonly string[];
}

const toFactor = (row: Selectable<FactorsTable>): Factor => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

/** A user's factors that were proved to work, the oldest first. */
export async function listFactors(handle: Handle, userId: string): Promise<Factor[]> {
  const rows = await handle
    .selectFrom('factors')
    .selectAll()
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map(toFactor);
}

type NewPasskey = Omit<Passkey, 'id'> & { readonly label: string };

/** Keeps a passkey. Answers its id, or undefined where it is kept already, whosever it is. */
export async function createPasskey(handle: Handle, passkey: NewPasskey): Promise<string | undefined> {
  const row = await handle
    .insertInto('factors')
    .values({
      id: uuidv7(),
      user_id: passkey.userId,
      kind: 'passkey',
      label: passkey.label,
      credential_id: passkey.credentialId,
      public_key: Buffer.from(passkey.publicKey),
      sign_count: passkey.signCount,
      transports: JSON.stringify(passkey.transports),
      confirmed_at: sql`now()`,
    })
    .onConflict((found) => found.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

const passkeys = (handle: Handle) =>
  handle
    .selectFrom('factors')
    .select(['id', 'user_id', 'credential_id', 'public_key', 'sign_count', 'transports'])
    .where('kind', '=', 'passkey');

type PasskeyRow = Awaited<ReturnType<ReturnType<typeof passkeys>['executeTakeFirstOrThrow']>>;

const toPasskey = (row: PasskeyRow): Passkey => ({
  id: row.id,
  userId: row.user_id,
  credentialId: row.credential_id ?? '',
  publicKey: new Uint8Array(row.public_key ?? []),
  signCount: Number(row.sign_count),
  transports: row.transports,
});

/** The passkeys of a user. */
export async function listPasskeys(handle: Handle, userId: string): Promise<Passkey[]> {
  return (await passkeys(handle).where('user_id', '=', userId).execute()).map(toPasskey);
}

/** The passkey that an authenticator names, or undefined. */
export async function findPasskey(handle: Handle, credentialId: string): Promise<Passkey | undefined> {
  const row = await passkeys(handle).where('credential_id', '=', credentialId).executeTakeFirst();
  return row && toPasskey(row);
}

/** A passkey was used; `signCount` is the authenticator's own count (WebAuthn §6.1.1). */
export async function notePasskeyUse(handle: Handle, id: string, signCount: number): Promise<void> {
  await handle
    .updateTable('factors')
    .set({ sign_count: signCount, last_used_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** Takes a factor away, and with the last one the recovery codes. Throws a `Problem` when the user has none of that id. */
export async function deleteFactor(tx: Tx, userId: string, id: string): Promise<Factor> {
  const row = await tx
    .deleteFrom('factors')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw notFound('This second factor');
  if ((await listFactors(tx, userId)).length === 0)
    await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  return toFactor(row);
}
