import { expect, it } from 'vitest';
import { field } from './form.ts';

it('what is wrong with a field begins a sentence under it', () => {
  const fault = { status: 400, message: '', errors: [{ path: 'username', message: 'must not be empty.' }] };
  const { text } = field({ name: 'username', label: 'User name', autocomplete: 'username' }, fault);
  expect(text).toContain('id="username-wrong">Must not be empty.</p>');
});
