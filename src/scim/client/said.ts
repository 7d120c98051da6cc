/** The target's own words in an error. */
import { isJsonObject, ownValue, type JsonObject, type JsonValue } from '../json.ts';
import { hasSchema, urn, wireCount } from '../resources.ts';

const LONGEST_SAID = 500;

/** Longer bodies are not searched: an error says what it is at its beginning. */
const LONGEST_SEARCHED = 4_000;

/** What a target says about a failure: SCIM error fields (RFC 7644 §3.12), each possibly missing. */
interface Said {
  readonly said?: string;
  readonly scimType?: string;
}

/** The target's own words in an error body: a SCIM error, the usual shapes of other JSON, a page's title, plain text. */
export function saidIn(body: string, json: JsonValue | undefined): Said {
  const words = json === undefined ? wordsOfText(body) : wordsOfJson(json);
  const said = cleaned(words ?? '');
  const scimType = isJsonObject(json) ? ownValue(json, 'scimType') : undefined;
  return {
    ...(said === '' ? {} : { said }),
    ...(typeof scimType === 'string' && scimType !== '' ? { scimType: cleaned(scimType.slice(0, 50)) } : {}),
  };
}

/** The HTTP status inside a SCIM error body, for targets that send their errors as 200. */
export function statusOfScimError(json: JsonValue | undefined): number | undefined {
  if (!isJsonObject(json) || !hasSchema(json, urn.error)) return undefined;
  const status = wireCount(ownValue(json, 'status'));
  return status !== undefined && status >= 400 && status < 600 ? status : 400;
}

/** Whether a body is a page or another document in angle brackets. */
export function isMarkup(body: string): boolean {
  return /^[\s\ufeff]*</.test(body);
}

function wordsOfJson(json: JsonValue): string | undefined {
  if (typeof json === 'string') return json;
  if (Array.isArray(json)) return json[0] === undefined ? undefined : wordsOfJson(json[0]);
  return isJsonObject(json) ? wordsOfObject(json) : undefined;
}

/** `detail` is SCIM 2.0, `Errors[].description` SCIM 1.1; the others are what gateways and frameworks write. */
function wordsOfObject(json: JsonObject): string | undefined {
  for (const name of ['detail', 'message', 'error_description', 'description', 'title', 'error', 'errors']) {
    const value = ownValue(json, name);
    const words = value === undefined ? undefined : wordsOfJson(value);
    if (words !== undefined && words !== '') return words;
  }
  return undefined;
}

function wordsOfText(body: string): string {
  const text = body.slice(0, LONGEST_SEARCHED);
  if (!isMarkup(text)) return text;
  return /<title[^<>]*>([^<]+)/i.exec(text)?.[1] ?? text.replace(/<[^<>]*>/g, ' ');
}

/** One line of 500 characters at most, without control or formatting characters and without a quoted credential. */
function cleaned(words: string): string {
  const line = words
    .slice(0, LONGEST_SEARCHED)
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}\s]+/gu, ' ')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{16,}/gi, '$1 …')
    .trim();
  return line.length <= LONGEST_SAID
    ? line
    : `${line.slice(0, LONGEST_SAID - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
