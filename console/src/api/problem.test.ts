import { afterEach, expect, it, vi } from 'vitest';
import { ask } from './problem';

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
