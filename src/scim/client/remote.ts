/** Records as a target shows them, read tolerantly: what is needed is checked, and all else is kept as it was sent. */
import { isJsonObject, ownName, ownValue, type JsonObject, type JsonValue } from '../json.ts';
import { hasSchema, urn, wireBoolean, wireCount, wireId } from '../resources.ts';

/** A user as a target shows it. `active` is undefined where the target does not say. */
export interface RemoteUser {
  readonly id: string;
  readonly active: boolean | undefined;
  /** Top-level core names as RFC 7643 spells them, `id` a string, `active` a boolean; all else as sent. */
  readonly resource: JsonObject;
}

/** A group as a target shows it. */
export interface RemoteGroup {
  readonly id: string;
  /** Empty where the target does not show it. */
  readonly displayName: string;
  /** The ids, each once; undefined where the answer has no `members`, which may mean none or not shown. */
  readonly members: string[] | undefined;
}

/** A page of a list (RFC 7644 §3.4.2, RFC 9865 §2). */
export interface Page<T> {
  readonly resources: T[];
  /** What the target claims, not to be relied on. */
  readonly totalResults?: number;
  readonly nextCursor?: string;
}

const coreNames = [
  ...[
    'schemas',
    'id',
    'externalId',
    'meta',
    'userName',
    'name',
    'displayName',
    'nickName',
    'profileUrl',
    'title',
  ],
  ...[
    'userType',
    'preferredLanguage',
    'locale',
    'timezone',
    'active',
    'emails',
    'phoneNumbers',
    'ims',
    'photos',
  ],
  ...['addresses', 'groups', 'entitlements', 'roles', 'x509Certificates', 'members', urn.enterpriseUser],
];
const properlySpelled = new Set(coreNames);
const spelling = new Map(coreNames.map((name) => [name.toLowerCase(), name]));

/** The user, or undefined where the JSON is no object or has no usable id. */
export function readUser(json: JsonValue | undefined): RemoteUser | undefined {
  if (!isJsonObject(json)) return undefined;
  const wire = spelled(json);
  const id = wireId(wire['id']);
  if (id === undefined) return undefined;
  const active = wireBoolean(wire['active']);
  const asRead = wire['id'] === id && (active === undefined || wire['active'] === active);
  const resource = asRead ? wire : { ...wire, id, ...(active === undefined ? {} : { active }) };
  return { id, active, resource };
}

/** The group, or undefined where the JSON is no object or has no usable id. */
export function readGroup(json: JsonValue | undefined): RemoteGroup | undefined {
  if (!isJsonObject(json)) return undefined;
  const wire = spelled(json);
  const id = wireId(wire['id']);
  if (id === undefined) return undefined;
  return { id, displayName: groupNameOf(wire['displayName']) ?? '', members: memberIds(wire) };
}

/** A group's name, also where a target makes a number of one that has digits alone. */
export function groupNameOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** A list, its records not yet read; undefined where the JSON is none. */
export function readList(json: JsonValue | undefined): Page<JsonValue> | undefined {
  if (!isJsonObject(json)) return undefined;
  const resources = ownValue(json, 'Resources');
  const total = wireCount(ownValue(json, 'totalResults'));
  if (resources !== undefined && !Array.isArray(resources)) return undefined;
  if (resources === undefined && total === undefined && !hasSchema(json, urn.listResponse)) return undefined;
  const nextCursor = cursor(ownValue(json, 'nextCursor'));
  return {
    resources: resources ?? [],
    ...(total === undefined ? {} : { totalResults: total }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}

function cursor(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The ids of `members`, whether they come as complex values, as addresses or bare. `null` is RFC 7643 §2.5's "none". */
function memberIds(wire: JsonObject): string[] | undefined {
  const members = wire['members'];
  if (members === undefined) return undefined;
  if (members === null) return [];
  const listed = Array.isArray(members) ? members : [members];
  const ids = listed.map((member) => (isJsonObject(member) ? memberId(member) : wireId(member)));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function memberId(member: JsonObject): string | undefined {
  return wireId(ownValue(member, 'value')) ?? idInAddress(ownValue(member, '$ref'));
}

/** The last part of a resource's address (RFC 7643 §2.4), where nothing in it is encoded. */
function idInAddress(address: JsonValue | undefined): string | undefined {
  return typeof address === 'string' ? wireId(/\/([^/?#%]+)$/.exec(address)?.[1]) : undefined;
}

function isSpelledProperly(wire: JsonObject): boolean {
  for (const name in wire) if (!properlySpelled.has(name) && spelling.has(name.toLowerCase())) return false;
  return true;
}

/** The resource with its top-level core names spelled as in RFC 7643; itself where they are. */
function spelled(wire: JsonObject): JsonObject {
  if (isSpelledProperly(wire)) return wire;
  const kept = Object.keys(wire).filter((name) => name === (ownName(wire, properSpelling(name)) ?? name));
  return Object.fromEntries(kept.map((name) => [properSpelling(name), wire[name] ?? null]));
}

function properSpelling(name: string): string {
  return spelling.get(name.toLowerCase()) ?? name;
}
