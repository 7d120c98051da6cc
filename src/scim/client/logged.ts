/** What of an answer is kept in the log: how it stands, and the attributes that the mapping names (R48). */
import { isJsonObject, ownValue, parseJson, type JsonObject } from '../json.ts';
import { attributePathOf } from '../path.ts';
import { hasSchema, urn } from '../resources.ts';

/** Attributes of a record that say nothing of a person (RFC 7643 §3.1, §4.1.2), in lower case. */
const OF_ANY_RECORD = ['schemas', 'id', 'externalid', 'meta', 'active', 'username', 'groups', 'members'];

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
 * An answer without the attributes that no path of the mapping begins with. Whatever is no record and no list of records, an
 * error for example, stays as it is.
 */
export function loggedAnswer(body: string, paths: readonly string[]): string {
  const json = parseJson(body);
  if (!isJsonObject(json)) return body;
  const names = loggedNames(paths);
  const list = ownValue(json, 'Resources');
  if (!Array.isArray(list)) return isWhole(json, names) ? body : JSON.stringify(withoutOthers(json, names));
  const records = list.filter(isJsonObject).map((record) => withoutOthers(record, names));
  return JSON.stringify({ ...json, Resources: records });
}

function isLogged(record: JsonObject, name: string, names: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return names.has(lower) || (lower === 'displayname' && hasSchema(record, urn.group));
}

function isWhole(record: JsonObject, names: ReadonlySet<string>): boolean {
  if (ownValue(record, 'id') === undefined) return true;
  for (const name in record) if (!isLogged(record, name, names)) return false;
  return true;
}

function withoutOthers(record: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => isLogged(record, name, names)));
}
