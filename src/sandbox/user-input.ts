/** What a user sent to the sandbox may hold: an email address, a name, and whether they belong to the workspace. */
import { z } from 'zod';
import { badRequest } from '../scim/error.ts';
import type { Behaviour } from './toggles.ts';
import { assignments, check, parseJson, parseOperations } from './body.ts';

/** `"True"` and `"False"` are what some identity providers send. */
const booleanSchema = z.union(
  [
    z.boolean(),
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(['true', 'false']))
      .transform((text) => text === 'true'),
  ],
  'must be true or false.',
);

export const emailSchema = z
  .string()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address.');

export const nameSchema = z.string().max(1000);

/** `null` counts as not sent (RFC 7643 §2.5). Everything else is dropped, passwords above all. */
const userSchema = z.object({
  userName: emailSchema,
  displayName: nameSchema.nullish(),
  active: booleanSchema.nullish(),
});

const changesSchema = userSchema.partial();

type WantedUser = z.output<typeof userSchema>;
export type Changes = z.output<typeof changesSchema>;

const NAMES = new Map(
  ['schemas', 'id', 'meta', 'userName', 'displayName', 'active'].map((name) => [name.toLowerCase(), name]),
);

function refuseUnknown(behaviour: Behaviour, names: readonly string[]): void {
  if (behaviour.unknownAttributes === 'ignore') return;
  const unknown = names.find((name) => !NAMES.has(name.toLowerCase()));
  if (unknown === undefined) return;
  throw badRequest('invalidValue', `${unknown} is unknown here (unknownAttributes: reject).`);
}

/** The user of a POST or PUT. */
export function parseUser(behaviour: Behaviour, body: string): WantedUser {
  const raw = parseJson(body);
  refuseUnknown(behaviour, Object.keys(raw));
  return check(userSchema, raw);
}

/** The changes of a PATCH. Removing one of the three attributes changes nothing: an account always has them. */
export function parseChanges(behaviour: Behaviour, body: string): Changes {
  const operations = parseOperations(body);
  const touched = operations.flatMap((operation) =>
    operation.op === 'remove' && operation.path !== undefined ? [] : assignments(operation),
  );
  refuseUnknown(
    behaviour,
    touched.map(([path]) => path),
  );
  return check(
    changesSchema,
    Object.fromEntries(touched.map(([path, value]) => [NAMES.get(path.toLowerCase()) ?? path, value])),
  );
}
