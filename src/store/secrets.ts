/**
 * Secrets at rest: AES-256-GCM with a key that is never in the database. The record's id is additional data, so that a
 * ciphertext moved to another record does not open; the id of the key is stored beside it, so that a wrong key is told
 * from a damaged record.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { Problem } from '../errors.ts';
import type { Handle } from './database.ts';
import { readOrMakeKeyFile } from './secret-key.ts';

/** An encrypted secret; the 16 bytes of the authentication tag are the end of the ciphertext. */
interface Sealed {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

export interface SecretBox {
  /** A short hash that tells keys apart, and says nothing about them. */
  readonly keyId: string;
  readonly seal: (id: string, plain: string) => Sealed;
  /** Whether what was sealed with that key can be opened. */
  readonly knows: (keyId: string) => boolean;
  /** Throws a `Problem` where the secret was sealed with a key that is not known here, or is damaged. */
  readonly open: (id: string, sealed: Sealed) => string;
}

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

const keyIdOf = (key: Buffer): string =>
  createHash('sha256').update('rollcall key ').update(key).digest('hex').slice(0, 12);

function seal(key: Buffer, id: string, plain: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(id));
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId: keyIdOf(key), nonce, ciphertext };
}

function open(key: Buffer, id: string, { nonce, ciphertext }: Sealed): string {
  const tagAt = ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(id))
    .setAuthTag(ciphertext.subarray(Math.max(tagAt, 0)));
  return Buffer.concat([
    decipher.update(ciphertext.subarray(0, Math.max(tagAt, 0))),
    decipher.final(),
  ]).toString('utf8');
}

function otherKey(id: string, sealedWith: string, ours: string): Problem {
  return new Problem(
    'unavailable',
    `The secret ${id} was encrypted with the key ${sealedWith}, but this server has the key ${ours}. Give every server the same ROLLCALL_SECRET_KEY (or secret.key file), the one from before; if it is lost, enter the secret again.`,
  );
}

function damaged(id: string): Problem {
  return new Problem(
    'unavailable',
    `The stored secret ${id} is damaged and can't be decrypted. Enter it again.`,
  );
}

/** A box that seals with the given key of 32 bytes, and opens what that key or one of the others sealed. */
export function secretBox(key: Buffer, others: readonly Buffer[] = []): SecretBox {
  const keyId = keyIdOf(key);
  const known = new Map([key, ...others].map((each) => [keyIdOf(each), each]));
  return {
    keyId,
    knows: (id) => known.has(id),
    seal: (id, plain) => seal(key, id, plain),
    open: (id, sealed) => {
      const sealedWith = known.get(sealed.keyId);
      if (sealedWith === undefined) throw otherKey(id, sealed.keyId, keyId);
      try {
        return open(sealedWith, id, sealed);
      } catch {
        throw damaged(id);
      }
    },
  };
}

/** `ROLLCALL_SECRET_KEY`, in either form that config.ts lets through. */
const decodeKey = (text: string): Buffer => Buffer.from(text, text.length === 64 ? 'hex' : 'base64');

type KeySettings = Pick<Config, 'secretKey' | 'otherSecretKeys' | 'dataDir'>;

/** The box of this server: with the configured key, or with that of the data directory, made at the first start. */
export function loadSecretBox({ secretKey, otherSecretKeys, dataDir }: KeySettings): SecretBox {
  const key = secretKey === undefined ? readOrMakeKeyFile(dataDir) : decodeKey(secretKey);
  const others = otherSecretKeys?.split(',') ?? [];
  return secretBox(
    key,
    others.map((each) => decodeKey(each.trim())),
  );
}

/** Stores a secret in place of the one of that id, if any. An application's token is `application/<id>/token`. */
export async function writeSecret(handle: Handle, box: SecretBox, id: string, plain: string): Promise<void> {
  const { keyId, nonce, ciphertext } = box.seal(id, plain);
  const values = { key_id: keyId, nonce, ciphertext };
  await handle
    .insertInto('secrets')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...values, updated_at: sql`now()` }))
    .execute();
}

/** The id of the secret that is an application's token; it goes with the application. */
export const tokenSecretId = (applicationId: string): string => `application/${applicationId}/token`;

/** The secret in clear, or undefined where there is none. Throws where it was sealed with another key. */
export async function readSecret(handle: Handle, box: SecretBox, id: string): Promise<string | undefined> {
  const row = await handle.selectFrom('secrets').selectAll().where('id', '=', id).executeTakeFirst();
  return row && box.open(id, { keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext });
}

/** Whether there is one, without opening it. */
export async function hasSecret(handle: Handle, id: string): Promise<boolean> {
  return (
    (await handle.selectFrom('secrets').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}
