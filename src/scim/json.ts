/** JSON as SCIM uses it, and the one place where text from outside becomes a value. */

export type JsonScalar = string | number | boolean;

export type JsonValue = JsonScalar | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [name: string]: JsonValue;
}

/** Deeper answers are refused: they are no SCIM, and walking or writing them would exhaust the stack. */
const DEEPEST = 64;

/** Escapes of NUL and of surrogates: PostgreSQL stores neither NUL nor half a pair in text or jsonb. */
const suspectEscape = /\\u(?:0000|d[89a-f])/i;

/** Whether a value that came from JSON is an object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value from JSON is a text, a number or a boolean. */
export function isJsonScalar(value: unknown): value is JsonScalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a value is JSON through and through, and not nested deeper than 64 levels. */
function isJsonValue(value: unknown, depth = DEEPEST): value is JsonValue {
  if (isJsonScalar(value) || value === null) return true;
  if (Array.isArray(value)) return depth > 0 && value.every((inner) => isJsonValue(inner, depth - 1));
  if (depth === 0 || !isJsonObject(value)) return false;
  // Without a list of the values: thousands of answers a second are read.
  for (const name in value) if (!isJsonValue(value[name], depth - 1)) return false;
  return true;
}

/**
 * Reads JSON text as targets send it: a byte order mark is skipped, and what no database can store (NUL, half a
 * surrogate pair) is taken out of strings. Undefined where the text is not JSON or is nested too deep.
 */
export function parseJson(text: string): JsonValue | undefined {
  const value = parsed(text.startsWith('\ufeff') ? text.slice(1) : text);
  if (!isJsonValue(value)) return undefined;
  return text.includes('\\u') && suspectEscape.test(text) ? storable(value) : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text without NUL, and with U+FFFD in the place of half a surrogate pair. */
function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

function storable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storableText(name), storable(inner)]),
  );
}

/** The object's own name that equals `name` without case (RFC 7643 §2.1: attribute names are case insensitive). */
export function ownName(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  for (const own in object) {
    if (own.length === name.length && own.toLowerCase() === lower) return own;
  }
  return undefined;
}

/** The object's own value under that name, compared without case. Null is undefined: unassigned (RFC 7643 §2.5). */
export function ownValue(object: JsonObject, name: string): JsonValue | undefined {
  const own = ownName(object, name);
  return own === undefined ? undefined : (object[own] ?? undefined);
}
