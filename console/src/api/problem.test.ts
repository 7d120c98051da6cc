import { afterEach, expect, it, vi } from 'vitest';
import { ask, isMissing } from './problem';

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['a field', 'cursor is none of this list.', 'cursor', 'Cursor is none of this list.'],
  ['what somebody is called', 'ada@acme.test is taken.', 'username', 'ada@acme.test is taken.'],
])('a sentence that begins with %s', async (_what, detail, path, message) => {
  const problem = { title: 'The request cannot be used', detail, errors: [{ path, message: 'is odd.' }] };
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(problem, { status: 400 }));
  await expect(ask(new Request('http://rollcall.test'))).rejects.toMatchObject({ message });
});

const GONE = { title: 'Not found', detail: 'There is no such user.' };

it.each([
  ['the server says so', Response.json({ ...GONE, status: 404 }, { status: 404 }), true],
  ['a proxy answers with a page of its own', new Response('404 page not found', { status: 404 }), false],
  ['a proxy puts its own status before it', Response.json({ ...GONE, status: 503 }, { status: 404 }), false],
])('a record is missing only where Rollcall says so: %s', async (_what, answer, missing) => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
  const error: unknown = await ask(new Request('http://rollcall.test')).catch((thrown: unknown) => thrown);
  expect(isMissing(error)).toBe(missing);
});
