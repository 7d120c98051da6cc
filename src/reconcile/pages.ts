/**
 * Reading a target's list to its end, page by page, whatever it says of its own length: pages shorter than asked, totals
 * that lie, a first page that comes again past the end, cursors that go round. Index paging (RFC 7644 §3.4.2.4) and
 * cursor paging (RFC 9865).
 */
import type { PageRequest } from '../scim/client/collection.ts';
import type { Page } from '../scim/client/remote.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';

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
  let longest = 0;
  let complete = false;
  for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
    const answer: Answer<Page<T>> = await talk.ask(request(next), judge);
    if (!answer.ok) {
      if (!complete || !isNoSuchPage(answer.setback)) yield answer;
      return;
    }
    const page: Page<T> = answer.value;
    const first = page.resources[0]?.id;
    if (first === undefined || firstIds.has(first)) return;
    firstIds.add(first);
    yield { ok: true, value: page.resources };
    complete = isComplete(next, page);
    next = complete && page.resources.length < longest ? null : pageAfter(next, page, count);
    longest = Math.max(longest, page.resources.length);
  }
}

function pageAfter<T>(asked: PageRequest, page: Page<T>, count: number): PageRequest | null {
  if (page.nextCursor !== undefined) return { cursor: page.nextCursor, count };
  return 'cursor' in asked ? null : { startIndex: asked.startIndex + page.resources.length, count };
}

/**
 * Whether the list is complete by its own total. That is believed only of a page shorter than the one before it: there are
 * targets that serve at most fifty records a page and say of any longer list that it has fifty.
 */
function isComplete<T>(asked: PageRequest, { resources, totalResults, nextCursor }: Page<T>): boolean {
  if ('cursor' in asked || nextCursor !== undefined || totalResults === undefined) return false;
  return asked.startIndex + resources.length > totalResults;
}

/** How targets answer for a page past the end, where they do not answer with an empty one. */
function isNoSuchPage(setback: Setback): boolean {
  if (setback.kind === 'unsent') return false;
  const { status } = setback.failure;
  return setback.kind === 'refused' || status === 404 || status === 500;
}
