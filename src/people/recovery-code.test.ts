import { expect, it } from 'vitest';
import { normalizedCode, RECOVERY_BYTES, recoveryCodes } from './recovery-code.ts';

it('makes ten codes that differ and can be copied', () => {
  const codes = recoveryCodes(Uint8Array.from({ length: RECOVERY_BYTES }, (_, index) => (index * 37) % 256));
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
});

it.each([
  ['4kq7-0h2m-9dzx-vr3t', '4kq7-0h2m-9dzx-vr3t'],
  [' 4KQ7 OH2M 9DZX VR3T ', '4kq7-0h2m-9dzx-vr3t'],
  ['4kq70h2m9dzxvr3t', '4kq7-0h2m-9dzx-vr3t'],
  ['lI00', '1100'],
  ['', ''],
])('reads %j as %s', (typed, code) => {
  expect(normalizedCode(typed)).toBe(code);
});
