/** SCIM request bodies, parsed at the door. */
import { z } from 'zod';
import { badRequest } from '../scim/error.ts';
import { isJsonObject, parseJson as readJson, type JsonObject } from '../scim/json.ts';
import { fieldErrorText, read } from './input.ts';

/** The body as an object. Throws ScimError 400 `invalidSyntax` for what is not JSON or not an object. */
export function parseJson(body: string): JsonObject {
  const value = readJson(body);
  if (isJsonObject(value)) return value;
  throw badRequest('invalidSyntax', 'The body must be a JSON object, and is not.');
}

/** The value as the schema has it. Throws ScimError 400 `invalidValue` that names the fields. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const checked = read(schema, value);
  if (checked.success) return checked.data;
  throw badRequest('invalidValue', fieldErrorText(checked.error));
}

/** Identity providers send `Replace` and `replace` alike. */
const opSchema = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['add', 'replace', 'remove']));

const patchSchema = z.object({
  Operations: z
    .array(z.object({ op: opSchema, path: z.string().optional(), value: z.unknown().optional() }))
    .min(1),
});

export type Operation = z.output<typeof patchSchema>['Operations'][number];

/** The operations of a PATCH (RFC 7644 §3.5.2). */
export const parseOperations = (body: string): Operation[] => check(patchSchema, parseJson(body)).Operations;

const CORE_PREFIX = /^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i;

/** A path without the URN of the core schema in front. */
export const shortPath = (path: string): string => path.replace(CORE_PREFIX, '').trim();

/** The attributes that an operation touches, each with its value: of its path, or of its value object (RFC 7644 §3.5.2.3). */
export function assignments(operation: Operation): [path: string, value: unknown][] {
  if (operation.path !== undefined) return [[shortPath(operation.path), operation.value]];
  if (isJsonObject(operation.value)) {
    return Object.entries(operation.value).map(([path, value]) => [shortPath(path), value]);
  }
  throw badRequest('invalidValue', 'An operation without a path needs an object as its value.');
}
