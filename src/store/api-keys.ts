/** API keys. Only a hash is kept: a key has 256 random bits, so a plain SHA-256 cannot be turned back. */
import { createHash, randomBytes } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Role } from '../access/roles.ts';
import { notFound } from '../errors.ts';
import type { Database, Handle } from './database.ts';
import { byId, byText, byTime, type Sort } from './order.ts';
import { pageInOrder } from './page-in-order.ts';
import { containing, type Page, type PageRequest } from './page.ts';
import type { ApiKeysTable } from './tables/access.ts';
import { transact } from './transact.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
}

interface NewApiKey {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: string | null;
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

const toApiKey = (row: Selectable<ApiKeysTable>): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

/** Makes a key. `key` is the only time that it can be read. */
export async function createApiKey(handle: Handle, input: NewApiKey): Promise<ApiKey & { key: string }> {
  const key = `rc_${randomBytes(32).toString('base64url')}`;
  const row = await handle
    .insertInto('api_keys')
    .values({
      id: uuidv7(),
      name: input.name,
      hash: hashOf(key),
      role: input.role,
      expires_at: input.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...toApiKey(row), key };
}

/** Makes sure that an administrator key of that value exists (the setting `ROLLCALL_API_KEY`). */
export async function ensureApiKey(handle: Handle, key: string): Promise<void> {
  await handle
    .insertInto('api_keys')
    .values({ id: uuidv7(), name: 'ROLLCALL_API_KEY', hash: hashOf(key), role: 'administrator' })
    .onConflict((conflicting) => conflicting.column('hash').doNothing())
    .execute();
}

/** Makes an administrator key where there is none at all, else answers null. Of several first starts at once, one makes it. */
export async function makeFirstApiKey(database: Database): Promise<string | null> {
  return transact(database, async (tx) => {
    await sql`LOCK TABLE api_keys IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
    const some = await tx.selectFrom('api_keys').select('id').limit(1).executeTakeFirst();
    if (some !== undefined) return null;
    return (await createApiKey(tx, { name: 'first start', role: 'administrator', expiresAt: null })).key;
  });
}

/** The key of that value, or undefined when there is none or it has expired. Notes that it was used. */
export async function findApiKey(handle: Handle, key: string): Promise<ApiKey | undefined> {
  const row = await handle
    .selectFrom('api_keys')
    .selectAll()
    .select(sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as('stale'))
    .where('hash', '=', hashOf(key))
    .where(sql<boolean>`coalesce(expires_at > now(), true)`)
    .executeTakeFirst();
  if (row?.stale === true) await noteUse(handle, row.id);
  return row && toApiKey(row);
}

async function noteUse(handle: Handle, id: string): Promise<void> {
  await handle
    .updateTable('api_keys')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

export const apiKeySorts = ['createdAt', 'name', 'lastUsedAt'] as const;

const keyId = byId(sql`id`);

const apiKeyKeys = {
  createdAt: [keyId],
  name: [byText(sql`lower(name)`), keyId],
  lastUsedAt: [byTime(sql`coalesce(last_used_at, 'epoch')`), keyId],
};

/** A page of the keys; `search` looks in the name. */
export async function listApiKeys(
  handle: Handle,
  request: PageRequest & { readonly sort: Sort<(typeof apiKeySorts)[number]> },
): Promise<Page<ApiKey>> {
  const { search } = request;
  let matching = handle.selectFrom('api_keys').selectAll();
  if (search !== undefined) matching = matching.where(sql`lower(name)`, 'like', containing(search));
  return pageInOrder(handle, matching, apiKeyKeys, request, toApiKey);
}

/** Ends a key at once. Throws a `Problem` when there is none. */
export async function deleteApiKey(handle: Handle, id: string): Promise<ApiKey> {
  const row = await handle.deleteFrom('api_keys').where('id', '=', id).returningAll().executeTakeFirst();
  if (row === undefined) throw notFound('This API key');
  return toApiKey(row);
}
