/**
 * The directory: users, groups and memberships, the source of truth. This folder owns their types and rules, and the
 * forms in which they come in (JSON, CSV). It is pure: storing them, and marking what a change touches, is the
 * store's; what an application makes of them is `provisioning/`.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isForbiddenName } from '../scim/attributes.ts';
import { emptyIsNull, line, lineFault, visibleLine } from './text.ts';

/** Only an active user is entitled to anything. */
export const userStates = ['staged', 'active', 'suspended'] as const;

export type UserState = (typeof userStates)[number];
type AttributeValue = string | number | boolean;

/** What the directory says of a user. */
export interface UserFields {
  readonly username: string;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayname: string | null;
  readonly state: UserState;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface User extends UserFields {
  readonly id: string;
  /** Grows by one with each change; the ETag. */
  readonly version: number;
  /** ISO 8601, as all times that leave the store. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

const EMAIL = z.email();

const optionalLine = (max: number) => line(max).nullable().transform(emptyIsNull);

const email = line(254)
  .refine(
    (text) => text === '' || EMAIL.safeParse(text).success,
    'must be an email address such as ada@example.com.',
  )
  .nullable()
  .transform(emptyIsNull);

/** What to say of `__proto__` and its like as the name of an attribute. */
export const FORBIDDEN_NAME = 'cannot be the name of an attribute: JavaScript keeps it for itself.';

const attributeName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/,
    'is no attribute name: a letter, then up to 63 letters, digits, _ . : -',
  )
  .refine((name) => !isForbiddenName(name), FORBIDDEN_NAME);

const ATTRIBUTE_VALUE = 'must be text of at most 2000 characters, a number, true or false, or null.';

const LARGE =
  'must be a whole number from -9007199254740991 to 9007199254740991, or text: a larger one would lose digits.';

/** Whether it may be another whole number than was sent: JSON has those that JavaScript rounds (RFC 8259 §6). */
const isRounded = (number: number): boolean => Number.isInteger(number) && !Number.isSafeInteger(number);

function valueFault(input: unknown): string {
  if (typeof input === 'number' && isRounded(input)) return LARGE;
  return (typeof input === 'string' ? lineFault(input.trim()) : undefined) ?? ATTRIBUTE_VALUE;
}

const number = z.number().refine((given) => !isRounded(given), LARGE);

const attributeValue = z.union([line(2000), number, z.boolean(), z.null()], {
  error: ({ input }) => valueFault(input),
});

type GivenAttributes = Readonly<Record<string, AttributeValue | null>>;

function mergeAttributes(before: UserFields['attributes'], given: GivenAttributes): UserFields['attributes'] {
  const merged: GivenAttributes = { ...before, ...given };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, AttributeValue] => entry[1] !== null),
  );
}

interface Limit {
  readonly max: number;
  readonly measure: (attributes: UserFields['attributes']) => number;
  readonly message: string;
}

const LIMITS: readonly Limit[] = [
  {
    max: 100,
    measure: (attributes) => Object.keys(attributes).length,
    message: 'must have at most 100 attributes.',
  },
  {
    max: 16_384,
    measure: (attributes) => JSON.stringify(attributes).length,
    message: 'must take at most 16384 characters in all.',
  },
];

/**
 * What is wrong with how many attributes a user would have after a change, or undefined. Who had too many before keeps them
 * and may lose some.
 */
export function attributesFault(
  before: UserFields['attributes'],
  after: UserFields['attributes'],
): string | undefined {
  return LIMITS.find(({ max, measure }) => measure(after) > Math.max(max, measure(before)))?.message;
}

const attributes = z.record(attributeName, attributeValue).superRefine((given, context) => {
  const message = attributesFault({}, mergeAttributes({}, given));
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const optionalFields = {
  email: email.optional(),
  firstname: optionalLine(200).optional(),
  lastname: optionalLine(200).optional(),
  displayname: optionalLine(200).optional(),
  state: z.enum(userStates).optional().describe('`active` where it is left out.'),
  attributes: attributes.optional().describe('A flat object. In a change it is merged; null takes one away.'),
};

/** A new user, as it comes in. Only `username` is needed. */
export const userInputSchema = z
  .strictObject({ username: visibleLine(255), ...optionalFields })
  .meta({ id: 'NewUser' });

/** A change to a user: what is left out stays, null takes away (as in RFC 7396). */
export const userPatchSchema = z
  .strictObject({
    username: visibleLine(255).optional(),
    ...optionalFields,
    state: z.enum(userStates).optional(),
  })
  .meta({ id: 'UserChange' });

export type UserInput = z.infer<typeof userInputSchema>;
export type UserPatch = z.infer<typeof userPatchSchema>;

/** The user that an input describes, with nothing left open. */
export function newUser(input: UserInput): UserFields {
  return {
    username: input.username,
    email: input.email ?? null,
    firstname: input.firstname ?? null,
    lastname: input.lastname ?? null,
    displayname: input.displayname ?? null,
    state: input.state ?? 'active',
    attributes: mergeAttributes({}, input.attributes ?? {}),
  };
}

const or = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);

/** The user after a change. */
export function patchedUser(before: UserFields, patch: UserPatch): UserFields {
  return {
    username: or(patch.username, before.username),
    email: or(patch.email, before.email),
    firstname: or(patch.firstname, before.firstname),
    lastname: or(patch.lastname, before.lastname),
    displayname: or(patch.displayname, before.displayname),
    state: or(patch.state, before.state),
    attributes: mergeAttributes(before.attributes, patch.attributes ?? {}),
  };
}

/** The fields of a user alone, without what the store adds. */
export function fieldsOf(user: UserFields): UserFields {
  const { username, email, firstname, lastname, displayname, state, attributes } = user;
  return { username, email, firstname, lastname, displayname, state, attributes };
}

/** What a user is called by. */
export type PersonNames = Pick<UserFields, 'username' | 'firstname' | 'lastname' | 'displayname'>;

/** What to call a user in a sentence: their name where the directory has one, and the username always. */
export function personName(user: PersonNames): string {
  const full =
    user.displayname ??
    [user.firstname, user.lastname].filter((part) => part !== null && part !== '').join(' ');
  return full === '' ? user.username : `${full} (${user.username})`;
}

/** Whether both say the same of a user, field by field. */
export function sameUser(one: UserFields, other: UserFields): boolean {
  return isDeepStrictEqual(fieldsOf(one), fieldsOf(other));
}

/** Whether the change suspends somebody, or takes them back to before they began: an application that has them loses them. */
export function stopsBeingActive(before: UserFields, after: UserFields): boolean {
  return before.state === 'active' && after.state !== 'active';
}

/** Whether the change takes somebody's email address away: what was sent there may be in other hands. */
export const isReaddressed = (before: UserFields, after: UserFields): boolean =>
  before.email !== null && before.email !== after.email;
