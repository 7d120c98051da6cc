/** What RFC 7643 says of the core attributes, where an operation depends on it. Names are compared in lower case. */

const multiValued = new Set([
  'schemas',
  'emails',
  'phonenumbers',
  'ims',
  'photos',
  'addresses',
  'groups',
  'entitlements',
  'roles',
  'x509certificates',
  'members',
]);

/**
 * RFC 7643 §7 `caseExact`. The schema calls `members.value` and its like case insensitive, but they hold ids, which
 * are case exact (§3.1): compared without case, `members[value eq "aB"]` would also remove the member `Ab`.
 */
const caseExact = new Set([
  'id',
  'externalid',
  'meta.version',
  'meta.location',
  'members.value',
  'groups.value',
  'manager.value',
  'photos.value',
  'profileurl',
  'x509certificates.value',
]);

/** Names that reach JavaScript's own machinery instead of an attribute: every object seems to have something of theirs. */
const forbidden = new Set(
  [...Object.getOwnPropertyNames(Object.prototype), 'prototype'].map((name) => name.toLowerCase()),
);

/** Whether the core attribute holds a list (RFC 7643 §4.1.2, §4.2). False for unknown ones. */
export function isMultiValued(attribute: string): boolean {
  return multiValued.has(attribute.toLowerCase());
}

/** Whether the values are compared with case. The argument is a path such as `emails.value`, in lower case. */
export function isCaseExact(path: string): boolean {
  return caseExact.has(path) || path.endsWith('$ref');
}

/** Whether a name would reach into JavaScript's own objects, such as `__proto__`. */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(name.toLowerCase());
}
