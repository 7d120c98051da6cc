import { expect, test } from 'vitest';
import type { Answer } from './conversation.ts';
import { readNamed, thoseNamed, thoseSurelyNamed } from './read-named.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const record = (name: string): Named => ({ id: name.toLowerCase(), name });

/** A list that shows these names the first time that it is read, those the second time, and so on; the last ones from then on. */
function listThatShows(...times: readonly string[][]) {
  let readings = 0;
  return {
    readings: () => readings,
    keyOf: ({ name }: Named) => name.toLowerCase(),
    async *pages(): AsyncGenerator<Answer<readonly Named[]>> {
      const names = times[Math.min(readings, times.length - 1)] ?? [];
      readings += 1;
      for (const name of names) yield await Promise.resolve({ ok: true, value: [record(name)] });
    },
  };
}

const idsOf = (answer: Answer<readonly Named[]>) =>
  answer.ok ? answer.value.map(({ id }) => id) : answer.setback.kind;

test.each<[string, string[][], number, { readonly named: unknown; readonly surely: unknown }]>([
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
])('R10, R42: who %s', async (_, times, readings, { named, surely }) => {
  const list = listThatShows(...times);
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

async function* pagesOf(page: Answer<readonly Named[]>): AsyncGenerator<Answer<readonly Named[]>> {
  yield await Promise.resolve(page);
}
