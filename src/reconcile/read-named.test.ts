import { expect, test } from 'vitest';
import type { Answer } from './conversation.ts';
import type { Ending } from './pages.ts';
import { readNamed, thoseNamed, thoseSurelyNamed } from './read-named.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const WHOLE: Ending = { how: 'end', pages: 1, full: false, total: null };
/** As a target shows it that does not look at where a page is to begin. */
const FIRST_PAGE: Ending = { how: 'first-again', pages: 1, full: true, total: null };

const record = (name: string): Named => ({ id: name.toLowerCase(), name });

/** A list that shows these names the first time that it is read, those the second time, and so on; the last ones from then on. */
function listThatShows(times: readonly string[][], ending: Ending) {
  let readings = 0;
  return {
    readings: () => readings,
    keyOf: ({ name }: Named) => name.toLowerCase(),
    async *pages(): AsyncGenerator<Answer<readonly Named[]>, Ending> {
      const names = times[Math.min(readings, times.length - 1)] ?? [];
      readings += 1;
      for (const name of names) yield await Promise.resolve({ ok: true, value: [record(name)] });
      return ending;
    },
  };
}

const idsOf = (answer: Answer<readonly Named[]>) =>
  answer.ok ? answer.value.map(({ id }) => id) : answer.setback.kind;

test.each<[string, string[][], number, { readonly named: unknown; readonly surely: unknown }, Ending?]>([
  ['is there', [['eve', 'ADA']], 1, { named: ['ada'], surely: ['ada'] }],
  ['is shown once somebody before is gone', [['eve'], ['ada']], 2, { named: ['ada'], surely: ['ada'] }],
  ['is not there, and nobody goes', [['eve'], ['eve', 'fay']], 2, { named: [], surely: [] }],
  ['is not there, and somebody went', [['eve', 'fay'], ['fay']], 3, { named: [], surely: [] }],
  [
    'is not shown, and somebody goes each time',
    [['eve', 'fay', 'gil'], ['fay', 'gil'], ['gil']],
    3,
    { named: [], surely: 'later' },
  ],
  ['is not on a first page', [['eve']], 3, { named: [], surely: 'later' }, FIRST_PAGE],
  ['is not on a page of all', [['eve']], 2, { named: [], surely: [] }, { ...FIRST_PAGE, total: 1 }],
  ['is on a first page', [['eve', 'ada']], 1, { named: ['ada'], surely: ['ada'] }, FIRST_PAGE],
])('R10, R42: who %s', async (_, times, readings, { named, surely }, ending = WHOLE) => {
  const list = listThatShows(times, ending);
  const read = await readNamed(list, ['Ada']);
  expect(list.readings()).toBe(readings);
  expect(idsOf(thoseNamed('Ada', read))).toEqual(named);
  expect(idsOf(thoseSurelyNamed('Ada', read))).toEqual(surely);
});

test('R10: of two who have a name each is told, and once, however often the list is read', async () => {
  const twice: Answer<readonly Named[]> = {
    ok: true,
    value: [record('ada'), { id: 'other', name: 'Ada' }],
  };
  const list = { pages: () => pagesOf(twice), keyOf: ({ name }: Named) => name.toLowerCase() };
  expect(idsOf(thoseNamed('ada', await readNamed(list, ['ada', 'nobody'])))).toEqual(['ada', 'other']);
});

test('a page that fails ends the reading', async () => {
  const failed: Answer<readonly Named[]> = { ok: false, setback: { kind: 'unsent' } };
  const list = { pages: () => pagesOf(failed), keyOf: ({ name }: Named) => name };
  expect(await readNamed(list, ['ada'])).toEqual(failed);
});

async function* pagesOf(page: Answer<readonly Named[]>): AsyncGenerator<Answer<readonly Named[]>, Ending> {
  yield await Promise.resolve(page);
  return WHOLE;
}
