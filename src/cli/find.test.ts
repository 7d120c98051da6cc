import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { find } from './find.ts';

/** A server that answers every search with the applications of these labels; each label's id is its place. */
function serverWith(...labels: string[]): Backend {
  const items = labels.map((label, at) => ({ id: `id-${at}`, label }));
  return {
    where: 'a test',
    call: (schema) => Promise.resolve(schema.parse({ items, total: items.length })),
    work: () => Promise.resolve(),
    examine: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

describe('what a person names', () => {
  it.each([
    ['Segment', ['segment', 'Segment'], 'Segment'],
    ['segment', ['segment', 'Segment'], 'segment'],
    [' Segment ', ['SEGMENT', 'Segment', 'Segments'], 'Segment'],
    ['SEGMENT', ['Segments', 'Segment'], 'Segment'],
  ])('%j, among %j, is %j', async (text, labels, name) => {
    expect(await find(serverWith(...labels), 'application', text)).toMatchObject({ name });
  });

  it.each([
    ['SEGMENT', ['segment', 'Segment'], /2 applications are called "SEGMENT".*id-0, id-1/],
    ['Segment', ['Segment', 'segment', 'Segment'], /2 applications are called "Segment".*id-0, id-2/],
    ['Segment', ['Segments'], /The application "Segment"/],
  ])('%j, among %j, is refused', async (text, labels, message) => {
    await expect(find(serverWith(...labels), 'application', text)).rejects.toThrow(message);
  });
});
