/** What of an answer is kept in the log: how it stands, and the attributes that the mapping names (R48). */
import { isJsonObject, ownName, ownValue, parseJson, type JsonObject, type JsonValue } from '../json.ts';
import { attributePathOf } from '../path.ts';
import { hasSchema, urn } from '../resources.ts';
import type { ScimReply } from './verdict.ts';

/** Attributes of a record that say nothing of a person (RFC 7643 §3.1, §4.1.2), in lower case. */
const OF_ANY_RECORD = ['schemas', 'id', 'externalid', 'meta', 'active', 'username', 'groups', 'members'];

const MOST_MEMBERS = 100;

const namesOf = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Names in lower case: worked out once for each connection, because thousands of answers a second are read. */
function loggedNames(paths: readonly string[]): ReadonlySet<string> {
  const known = namesOf.get(paths);
  if (known !== undefined) return known;
  const mapped = paths.map((path) => {
    const { schema, attribute } = attributePathOf(path);
    return (schema ?? attribute).toLowerCase();
  });
  const names = new Set([...OF_ANY_RECORD, ...mapped]);
  namesOf.set(paths, names);
  return names;
}

/**
 * An answer without the attributes that no path of the mapping begins with. What is no record and no list of records stays as it
 * is where it is an error, or tells of the service.
 */
export function loggedAnswer(
  { status, body }: Pick<ScimReply, 'status' | 'body'>,
  paths: readonly string[],
): string {
  const json = parseJson(body);
  if (!isJsonObject(json)) return body;
  const names = loggedNames(paths);
  const list = ownName(json, 'Resources');
  const records = list === undefined ? undefined : json[list];
  if (list === undefined || !Array.isArray(records))
    return isWhole(json, status, names) ? body : JSON.stringify(withoutOthers(json, names));
  const kept = records.filter(isJsonObject).map((record) => withoutOthers(record, names));
  return JSON.stringify({ ...json, [list]: kept });
}

function isLogged(record: JsonObject, name: string, names: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return names.has(lower) || (lower === 'displayname' && hasSchema(record, urn.group));
}

function isWhole(record: JsonObject, status: number, names: ReadonlySet<string>): boolean {
  if (ownName(record, 'id') === undefined && (status >= 300 || isOfService(record))) return true;
  for (const name in record)
    if (!isLogged(record, name, names) || name.toLowerCase() === 'members') return false;
  return true;
}

/** Whether it says nothing of a record: what the service can do, or an error, which some send with a status of success. */
const isOfService = (answer: JsonObject): boolean =>
  hasSchema(answer, urn.serviceProviderConfig) || hasSchema(answer, urn.error);

function withoutOthers(record: JsonObject, names: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(record).filter(([name]) => isLogged(record, name, names));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name.toLowerCase() === 'members' ? idsOf(value) : value]),
  );
}

/** Of members, what the target calls them is left out; of many, the first are enough for the log. */
function idsOf(members: JsonValue): JsonValue {
  if (!Array.isArray(members)) return null;
  return members
    .slice(0, MOST_MEMBERS)
    .map((member) => ({ value: (isJsonObject(member) ? ownValue(member, 'value') : undefined) ?? null }));
}
