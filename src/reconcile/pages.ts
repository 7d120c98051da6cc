/**
 * Reading a target's list to its end, page by page, whatever it says of its own length: pages shorter than asked, totals
 * that lie, a first page that comes again past the end, cursors that go round. Index paging (RFC 7644 §3.4.2.4) and
 * cursor paging (RFC 9865).
 */
import type { PageRequest } from '../scim/client/collection.ts';
import type { Page } from '../scim/client/remote.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';

/** No honest list is longer, in pages or in records: this is more than any directory holds. */
const MOST_PAGES = 1_000_000;
const MOST_RECORDS = 5_000_000;

/** How a list ended, for whoever has to know whether that was all of it. */
export interface Ending {
  /** `failed`: the setback was yielded. `first-again` and `page-again`: a page came that had been shown before. */
  readonly how: 'end' | 'failed' | 'first-again' | 'page-again' | 'endless';
  /** How many pages were yielded. */
  readonly pages: number;
  /** Whether the last of them was as long as was asked. */
  readonly full: boolean;
  /** The most that the target said of its own length; null where it said nothing. */
  readonly total: number | null;
}

/** Yields the resources of each page; a failed page is the last that is yielded. */
export async function* readPages<T extends { readonly id: string }>(
  talk: Conversation,
  request: (page: PageRequest) => ScimRequest,
  judge: (reply: ScimReply) => Verdict<Page<T>>,
  count: number,
): AsyncGenerator<Answer<readonly T[]>, Ending> {
  let veryFirst: string | undefined;
  const known = new Set<string>();
  let next: PageRequest | null = { startIndex: 1, count };
  let [longest, last, records] = [0, 0, 0];
  let total: number | null = null;
  let complete = false;
  const ended = (how: Ending['how']): Ending => ({ how, pages: known.size, full: last >= count, total });
  while (next !== null) {
    if (known.size >= MOST_PAGES || records > MOST_RECORDS) return ended('endless');
    const answer: Answer<Page<T>> = await talk.ask(request(next), judge);
    if (!answer.ok) {
      if (complete && isNoSuchPage(answer.setback)) return ended('end');
      yield answer;
      return ended('failed');
    }
    const page: Page<T> = answer.value;
    total = page.totalResults === undefined ? total : Math.max(total ?? 0, page.totalResults);
    const first = page.resources[0]?.id;
    if (first === undefined) return ended('end');
    if (known.has(first)) return ended(first === veryFirst ? 'first-again' : 'page-again');
    veryFirst ??= first;
    known.add(first);
    yield { ok: true, value: page.resources };
    last = page.resources.length;
    records += last;
    complete = isComplete(next, page);
    next = complete && last < longest ? null : pageAfter(next, page, count);
    longest = Math.max(longest, last);
  }
  return ended('end');
}

/**
 * Whether a list of which so many records were read is all there is. One that went round is, unless its own total says
 * otherwise, or its second page was the first again and nothing says that there is but one.
 */
export function isWhole({ full, how, pages, total }: Ending, read: number): boolean {
  if (how === 'end') return true;
  if (how === 'failed' || how === 'endless') return false;
  if (total !== null) return total <= read;
  return how === 'first-again' && (pages > 1 || !full);
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
