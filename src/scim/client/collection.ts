/** What users and groups have in common: the same verbs on `/Users` and `/Groups` (RFC 7644 §3.2). */
import { isJsonObject, ownValue, type JsonObject, type JsonValue } from '../json.ts';
import { urn, type PatchOperation } from '../resources.ts';
import { readList, type Page } from './remote.ts';
import { isMarkup } from './said.ts';
import { sortingOf } from './sorting.ts';
import { noEndpoint, noId, notScim, pageInstead } from './unusable.ts';
import {
  done,
  failedVerdict,
  judge,
  whereMissing,
  type ScimReply,
  type ScimRequest,
  type Verdict,
} from './verdict.ts';

export type Endpoint = '/Users' | '/Groups';

/** Reads one record; undefined where it is none or has no id. */
type Read<T> = (json: JsonValue | undefined) => T | undefined;

/** What a filtered list was asked for. */
interface Wanted {
  readonly endpoint: Endpoint;
  readonly attribute: string;
  readonly value: string;
  readonly textOf: (value: JsonValue | undefined) => string | undefined;
}

/** Which page: by index from 1 (RFC 7644 §3.4.2.4) or by cursor, empty for the first (RFC 9865 §2). */
export type PageRequest =
  | { readonly startIndex: number; readonly count: number }
  | { readonly cursor: string; readonly count: number };

/** The path of one record. The id is opaque and may hold anything. */
export function recordPath(endpoint: Endpoint, id: string): string {
  return `${endpoint}/${encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
}

/** A GET with query parameters; undefined ones are left out. `%20` and not `+`, which some targets take literally. */
export function queryRequest(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): ScimRequest {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
  return { method: 'GET', path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}` };
}

/** `attribute eq "value"` (RFC 7644 §3.4.2.2). A value is a JSON string, which escapes quotes and backslashes. */
export function equalsFilter(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

/** The body of a PATCH (RFC 7644 §3.5.2). */
export function patchBody(operations: readonly PatchOperation[]): JsonObject {
  return { schemas: [urn.patchOp], Operations: operations.map((operation) => ({ ...operation })) };
}

/** One page of a list, without the records that have no usable id. */
export function judgePage<T>(reply: ScimReply, endpoint: Endpoint, read: Read<T>): Verdict<Page<T>> {
  const verdict = judge<Page<T>>(reply, (json) => {
    const list = readList(json);
    if (list === undefined) return notScim(reply, json, 'a SCIM list');
    return done({ ...list, resources: list.resources.map(read).filter((one) => one !== undefined) });
  });
  return whereMissing(verdict, () => noEndpoint(reply, endpoint));
}

/**
 * Those of a filtered list whose `attribute`, read by `textOf`, equals the wanted value without case: a target may have
 * ignored the filter. Nothing found may also come as an empty 2xx, or as a 404 that is no page: that is `missing`.
 */
export function judgeFound<T>(reply: ScimReply, wanted: Wanted, read: Read<T>): Verdict<T[]> {
  const verdict = judge<T[]>(reply, (json) => {
    if (reply.body.trim() === '') return done([]);
    const list = readList(json);
    if (list === undefined) return notScim(reply, json, 'a SCIM list');
    const equal = list.resources.filter((one) => has(one, wanted));
    const found = equal.map(read).filter((one) => one !== undefined);
    return found.length === equal.length ? done(found) : noId(reply, wanted.value);
  });
  const isPage = !/^\s*(?:\{|$)/.test(reply.body);
  return isPage ? whereMissing(verdict, () => noEndpoint(reply, wanted.endpoint)) : verdict;
}

function has(resource: JsonValue, { attribute, textOf, value }: Wanted): boolean {
  const own = isJsonObject(resource) ? textOf(ownValue(resource, attribute)) : undefined;
  return own?.toLowerCase() === value.toLowerCase();
}

/**
 * A create. One that was accepted without showing the record is to be looked up, never repeated (R42). A 404 is about
 * something that the record names, as there is no record yet.
 */
export function judgeCreated<T>(reply: ScimReply, read: Read<T>): Verdict<T> {
  const verdict = judge<T>(reply, (json) => {
    const created = read(json);
    if (created !== undefined) return done(created);
    const message = 'The application accepted the record but did not show it. It is looked up.';
    return failedVerdict({ verdict: 'again', reason: 'taken', code: 'unusable-answer', message }, reply);
  });
  return whereMissing(verdict, (problem) => ({
    verdict: 'refused',
    problem: {
      ...problem,
      message: 'The application found no place for this record, or something that it names is missing there.',
    },
  }));
}

/** An update: done, with the record where the answer shows it (RFC 7644 §3.5: 200 with it, or 204). */
export function judgeUpdated<T>(reply: ScimReply, read: Read<T>): Verdict<T | undefined> {
  return judgeChanged(reply, read);
}

/** One record by its id. Where there is none, some targets answer success with nothing in it. */
export function judgeRecord<T>(reply: ScimReply, read: Read<T>): Verdict<T> {
  return judge<T>(reply, (json) => {
    const record = read(json);
    if (record !== undefined) return done(record);
    if (json === null || reply.body.trim() === '') return failedVerdict(sortingOf(404, undefined), reply);
    return isJsonObject(json) ? noId(reply, 'a record') : notScim(reply, json, 'a SCIM resource');
  });
}

/** A delete (RFC 7644 §3.6). */
export function judgeDeleted(reply: ScimReply): Verdict<undefined> {
  return judgeChanged(reply, () => undefined);
}

/** A page for people may be that of a proxy, which shows it in the place of the application: a leaver may be active still. */
function judgeChanged<T>(reply: ScimReply, read: (json: JsonValue | undefined) => T): Verdict<T> {
  return judge(reply, (json) => (isMarkup(reply.body) ? pageInstead(reply) : done(read(json))));
}
