/** Who asks: an API key in `Authorization: Bearer` (RFC 6750). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { findApiKey, type ApiKey } from '../store/api-keys.ts';
import type { Database } from '../store/database.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,512})$/i;

const HOW = 'Send an API key as "Authorization: Bearer rc_…". `rollcall api-keys create` makes one.';

async function keyOf(database: Database, header: string | undefined): Promise<ApiKey | string> {
  if (header === undefined) return `The request has no API key. ${HOW}`;
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) return `The Authorization header holds no API key. ${HOW}`;
  return (
    (await findApiKey(database.db, key)) ?? `The API key is not valid: unknown, deleted or expired. ${HOW}`
  );
}

/** Lets the request in under its key's name, or throws a `Problem` of kind `unauthorized`. */
export async function authenticate(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const header = request.headers.authorization;
  const key = await keyOf(database, header);
  if (typeof key !== 'string') {
    request.actor = `api key ${key.name}`;
    return;
  }
  // RFC 6750 §3.1: no error code for a request that carried no credentials at all.
  const error = header === undefined ? '' : ', error="invalid_token"';
  void reply.header('www-authenticate', `Bearer realm="Rollcall"${error}`);
  throw new Problem('unauthorized', key);
}
