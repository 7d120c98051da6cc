import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { scim2 } from '../connectors/scim2.ts';
import { judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { ScimReply } from '../scim/client/verdict.ts';
import { Conversation } from './conversation.ts';
import { Limiter } from './limiter.ts';
import { readPages } from './pages.ts';

const STORED = Array.from({ length: 130 }, (_, at) => ({ id: `u${at}` }));

/** How a target answers for the page that begins at `offset`, counted from 0. */
type Serve = (
  offset: number,
  count: number,
) => { status?: number; Resources?: unknown[]; totalResults?: number };

const honest: Serve = (offset, count) => ({
  Resources: STORED.slice(offset, offset + count),
  totalResults: STORED.length,
});

const capped: Serve = (offset, count) => honest(offset, Math.min(count, 50));

/** A list whose last page is as long as the others, so that only asking shows that it is the last. */
const even: Serve = (offset, count) => ({
  ...capped(offset, count),
  totalResults: 100,
  Resources: STORED.slice(offset, Math.min(100, offset + 50)),
});

/** A target with 100 records that has something else to say about pages after its last than nothing. */
const pastTheEnd =
  (then: Serve): Serve =>
  (offset, count) =>
    offset < 100 ? { ...honest(offset, count), totalResults: 100 } : then(offset, count);

function talkTo(serve: Serve): { talk: Conversation; asked: number[] } {
  const asked: number[] = [];
  const answer = (path: string): ScimReply => {
    const query = new URL(path, 'http://target').searchParams;
    const offset = Number(query.get('startIndex')) - 1;
    asked.push(offset);
    const { status = 200, ...body } = serve(offset, Number(query.get('count')));
    return { status, headers: {}, body: JSON.stringify(body) };
  };
  const talk = new Conversation({
    transport: {
      send: ({ path }) => Promise.resolve({ reply: answer(path), durationMs: 0 }),
      close: () => Promise.resolve(),
    },
    limiter: new Limiter(systemClock, 100_000),
    clock: systemClock,
    behaviour: scim2.behaviour,
    mapping: [],
    paths: [],
    token: 't',
    stop: new AbortController().signal,
    maySend: () => true,
    backoffMs: 0,
  });
  return { talk, asked };
}

async function read(serve: Serve): Promise<{ ids: number; asked: number[]; failed: string | null }> {
  const { talk, asked } = talkTo(serve);
  const ids = new Set<string>();
  let failed: string | null = null;
  for await (const page of readPages(talk, listUsersRequest, judgeUserPage, 100)) {
    if (page.ok) for (const user of page.value) ids.add(user.id);
    else failed = page.setback.kind;
  }
  return { ids: ids.size, asked, failed };
}

describe('readPages', () => {
  const all = { ids: 130, failed: null };
  const hundred = { ids: 100, failed: null };
  it.each<[string, Serve, object]>([
    ['reads an honest list', honest, { ...all, asked: [0, 100] }],
    ['reads on where pages are shorter than asked', capped, { ...all, asked: [0, 50, 100] }],
    [
      'does not believe a total that stops at the first page',
      (offset, count) => ({ ...capped(offset, count), totalResults: 50 }),
      { ...all, asked: [0, 50, 100] },
    ],
    [
      'asks once more where the last page is as long as the first',
      even,
      { ids: 100, failed: null, asked: [0, 50, 100] },
    ],
    [
      'reads a list that tells no total',
      (offset, count) => ({ Resources: honest(offset, count).Resources ?? [] }),
      all,
    ],
    [
      'ends where the first page comes again past the end',
      pastTheEnd((_, count) => honest(0, count)),
      hundred,
    ],
    ['ends where every page is the first', (_, count) => honest(0, count), { ids: 100, failed: null }],
    ['takes a refusal past the told end for the end', pastTheEnd(() => ({ status: 400 })), hundred],
    ['takes a 404 past the told end for the end', pastTheEnd(() => ({ status: 404 })), hundred],
    ['takes a fault past the told end for the end', pastTheEnd(() => ({ status: 500 })), hundred],
    [
      'passes a refusal on that comes before the told end',
      (offset, count) => (offset === 0 ? honest(0, count) : { status: 400 }),
      { ids: 100, failed: 'refused' },
    ],
    [
      'passes a rejected token on, wherever it comes',
      pastTheEnd(() => ({ status: 401 })),
      { ids: 100, failed: 'stop' },
    ],
    [
      'passes a rest on, wherever it is asked for',
      pastTheEnd(() => ({ status: 429 })),
      { ids: 100, failed: 'later' },
    ],
  ])('%s', async (_, serve, expected) => {
    expect(await read(serve)).toMatchObject(expected);
  });
});
