/**
 * A change of the secret key: whatever another known key has sealed is sealed with the present one. Each table that holds
 * something sealed is named here, so that the doctor and the command see the same.
 */
import { sql } from 'kysely';
import { totpSecretId } from './authenticator-apps.ts';
import type { Database, Handle, Tx } from './database.ts';
import type { SecretBox } from './secrets.ts';
import { transact } from './transact.ts';

const BATCH = 500;

interface Place {
  readonly table: 'secrets' | 'saml_certificates' | 'factors';
  /** The id under which a row of that id was sealed. */
  readonly sealedAs: (id: string) => string;
}

const asItself = (id: string): string => id;

const PLACES: readonly Place[] = [
  { table: 'secrets', sealedAs: asItself },
  { table: 'saml_certificates', sealedAs: asItself },
  { table: 'factors', sealedAs: totpSecretId },
];

/** How many secrets each key has sealed, by the key's id. */
export async function countByKey(handle: Handle): Promise<ReadonlyMap<string, number>> {
  const tables = PLACES.map(({ table }) => sql`SELECT key_id FROM ${sql.table(table)}`);
  const { rows } = await sql<{ keyId: string; count: number }>`
    SELECT key_id AS "keyId", count(*)::int AS count FROM (${sql.join(tables, sql` UNION ALL `)}) AS sealed
    WHERE key_id IS NOT NULL GROUP BY key_id`.execute(handle);
  return new Map(rows.map(({ keyId, count }) => [keyId, count]));
}

async function resealBatch(tx: Tx, box: SecretBox, { table, sealedAs }: Place): Promise<number> {
  const { rows } = await sql<{ id: string; keyId: string; nonce: Buffer; ciphertext: Buffer }>`
    SELECT id::text AS id, key_id AS "keyId", nonce, ciphertext FROM ${sql.table(table)}
    WHERE key_id <> ${box.keyId} ORDER BY id LIMIT ${BATCH} FOR UPDATE`.execute(tx);
  for (const row of rows) {
    const id = sealedAs(row.id);
    const { keyId, nonce, ciphertext } = box.seal(id, box.open(id, row));
    await sql`
      UPDATE ${sql.table(table)} SET key_id = ${keyId}, nonce = ${nonce}, ciphertext = ${ciphertext}
      WHERE id::text = ${row.id}`.execute(tx);
  }
  return rows.length;
}

/**
 * Seals everything with the box's key, a batch in a transaction, and answers how many. Servers may run meanwhile, as long as
 * they know both keys. Throws a `Problem` at the first secret whose key is not known, or that is damaged; those before it
 * are done.
 */
export async function reseal(database: Database, box: SecretBox): Promise<number> {
  let resealed = 0;
  for (const place of PLACES)
    for (let batch = BATCH; batch === BATCH; resealed += batch)
      batch = await transact(database, (tx) => resealBatch(tx, box, place));
  return resealed;
}
