/**
 * SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865): the protocol, and nothing that sends or stores.
 *
 * This folder owns the names of the protocol, attribute paths, filters and errors, for either side, and in `client/` the
 * pairs of request and reply, which a client needs: one function builds the request, another judges the reply.
 * Everything is pure. Sending is left to `reconcile/`, what to send to `provisioning/`, what one application gets wrong
 * on purpose to `connectors/`, and what a service provider makes of a PATCH or a page of a list to `sandbox/`.
 *
 * This file has the names, and the scalars as real services write them.
 */
import { isJsonScalar, ownValue, type JsonObject, type JsonValue } from './json.ts';

export type { JsonObject, JsonValue } from './json.ts';

/** The media type of requests and replies (RFC 7644 §3.1). Many targets answer `application/json` instead. */
export const scimMediaType = 'application/scim+json';

const schemas = 'urn:ietf:params:scim:schemas';
const messages = 'urn:ietf:params:scim:api:messages:2.0';

/** Schema and message URNs (RFC 7643 §8.7, RFC 7644 §8.2). */
export const urn = {
  user: `${schemas}:core:2.0:User`,
  group: `${schemas}:core:2.0:Group`,
  enterpriseUser: `${schemas}:extension:enterprise:2.0:User`,
  serviceProviderConfig: `${schemas}:core:2.0:ServiceProviderConfig`,
  resourceType: `${schemas}:core:2.0:ResourceType`,
  schema: `${schemas}:core:2.0:Schema`,
  listResponse: `${messages}:ListResponse`,
  patchOp: `${messages}:PatchOp`,
  error: `${messages}:Error`,
} as const;

/** One operation of a PATCH request (RFC 7644 §3.5.2). `op` in lower case is what every target takes. */
export type PatchOperation = {
  readonly op: string;
  readonly path?: string;
  readonly value?: JsonValue;
};

/** Whether `schemas` names that URN, compared without case. False where a service leaves `schemas` out. */
export function hasSchema(resource: JsonObject, schema: string): boolean {
  const named = ownValue(resource, 'schemas');
  if (!Array.isArray(named)) return false;
  return named.some((name) => typeof name === 'string' && isSameName(name, schema));
}

/** Names are compared without case (RFC 7643 §2.1); most differ in length already. */
function isSameName(one: string, other: string): boolean {
  return one.length === other.length && (one === other || one.toLowerCase() === other.toLowerCase());
}

/**
 * A resource id: an opaque string; some targets send a number. Refused is what cannot stand in a path or an index:
 * `.` and `..` would make `DELETE /Users/..` mean another resource, and a number above 2^53 has lost digits.
 */
const usableId = /^(?!\.{1,2}$)\P{Cc}+$/u;

/** The id as a string, or undefined where there is none that can be used. */
export function wireId(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && value.length <= 500 && usableId.test(value) ? value : undefined;
}

/** A boolean, also where a service writes "True" or "false" as a string, or 1 or 0. Undefined for anything else. */
export function wireBoolean(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = isJsonScalar(value) ? String(value).toLowerCase() : '';
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** A whole number from 0 up, also where a service writes it as a string. Undefined for anything else. */
export function wireCount(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
