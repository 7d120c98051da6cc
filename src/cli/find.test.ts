import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { find } from './find.ts';

/** A server with applications of these labels, which finds them by the whole label; each one's id is its place. */
function serverWith(...labels: string[]): Backend {
  const all = labels.map((label, at) => ({ id: `id-${at}`, label }));
  const called = (path: string) => {
    const wanted = new URLSearchParams(path.split('?')[1]).get('label')?.trim().toLowerCase();
    return all.filter(({ label }) => label.toLowerCase() === wanted);
  };
  return {
    where: 'a test',
    call: (schema, _method, path) => Promise.resolve(schema.parse({ items: called(path) })),
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
