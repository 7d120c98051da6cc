import { badRequest } from './error.ts';
import { urn, type JsonObject } from './resources.ts';

/** Which part of a list is asked for: `startIndex` from 1, `count` at most so many (RFC 7644 §3.4.2.4). */
export interface PageWanted {
  readonly startIndex: number;
  readonly count: number;
}

export type ListResponse = {
  readonly schemas: string[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: JsonObject[];
};

/**
 * The page that a query asks for. A `startIndex` under 1 means 1, a `count` under 0 means 0, and one that is missing or
 * above `most` means `most` (RFC 7644 §3.4.2.4). Throws ScimError 400 `invalidValue` for what is no whole number.
 */
export function pageWanted(query: Readonly<Record<string, string | undefined>>, most: number): PageWanted {
  return {
    startIndex: Math.max(integer(query, 'startIndex') ?? 1, 1),
    count: Math.min(Math.max(integer(query, 'count') ?? most, 0), most),
  };
}

function integer(query: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d{1,15}$/.test(text)) throw badRequest('invalidValue', `"${name}" is no whole number.`);
  return Number(text);
}

/** The ListResponse with one page of all results (RFC 7644 §3.4.2). A `startIndex` past the end gives an empty page. */
export function pageOf(resources: readonly JsonObject[], wanted: PageWanted): ListResponse {
  const first = Math.max(wanted.startIndex, 1) - 1;
  return listResponse(resources.slice(first, first + Math.max(wanted.count, 0)), {
    startIndex: first + 1,
    totalResults: resources.length,
  });
}

/** The ListResponse around a page that was cut elsewhere. */
export function listResponse(
  page: readonly JsonObject[],
  { startIndex, totalResults }: { startIndex: number; totalResults: number },
): ListResponse {
  return {
    schemas: [urn.listResponse],
    totalResults,
    startIndex,
    itemsPerPage: page.length,
    Resources: [...page],
  };
}
