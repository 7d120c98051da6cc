/**
 * Reading a target's list to its end, page by page, whatever it says of its own length: pages shorter than asked, totals
 * that lie, a first page that comes again past the end, cursors that go round. Index paging (RFC 7644 §3.4.2.4) and
 * cursor paging (RFC 9865).
 */
import type { PageRequest } from '../scim/client/collection.ts';
import type { Page } from '../scim/client/remote.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import type { Answer, Conversation } from './conversation.ts';

/** No honest list is longer: at one record a page this is still more than any directory holds. */
const MOST_PAGES = 1_000_000;

/** Yields the resources of each page; a failed page is the last that is yielded. */
export async function* readPages<T extends { readonly id: string }>(
  talk: Conversation,
  request: (page: PageRequest) => ScimRequest,
  judge: (reply: ScimReply) => Verdict<Page<T>>,
  count: number,
): AsyncGenerator<Answer<readonly T[]>> {
  const firstIds = new Set<string>();
  let next: PageRequest | null = { startIndex: 1, count };
  for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
    const answer: Answer<Page<T>> = await talk.ask(request(next), judge);
    if (!answer.ok) {
      yield answer;
      return;
    }
    const first = answer.value.resources[0]?.id;
    if (first === undefined || firstIds.has(first)) return;
    firstIds.add(first);
    yield { ok: true, value: answer.value.resources };
    next = pageAfter(next, answer.value, count);
  }
}

function pageAfter<T>(asked: PageRequest, page: Page<T>, count: number): PageRequest | null {
  if (page.nextCursor !== undefined) return { cursor: page.nextCursor, count };
  if ('cursor' in asked) return null;
  const startIndex = asked.startIndex + page.resources.length;
  const short = page.resources.length < count;
  return short && page.totalResults !== undefined && startIndex > page.totalResults
    ? null
    : { startIndex, count };
}
