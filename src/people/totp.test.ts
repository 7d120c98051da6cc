import { describe, expect, it } from 'vitest';
import { otpauthUri, stepOfCode, totpCode } from './totp.ts';

/** "12345678901234567890" in base 32: the secret of RFC 6238's test vectors. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const at = (seconds: number): Date => new Date(seconds * 1000);

describe('TOTP', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('RFC 6238 appendix B: at %i the code is %s', (seconds, code) => {
    expect(totpCode(SECRET, at(seconds))).toBe(code);
    expect(stepOfCode(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it.each([
    [-31, null],
    [-30, 33_333],
    [0, 33_333],
    [29, 33_333],
    [59, 33_333],
    [60, null],
  ])('a code is taken %i seconds after its step began: %s', (late, step) => {
    const began = 33_333 * 30;
    expect(stepOfCode(SECRET, totpCode(SECRET, at(began)), at(began + late))).toBe(step);
  });

  it('takes nothing that is no code', () => {
    for (const code of ['', '28708', '2870822', 'abcdef'])
      expect(stepOfCode(SECRET, code, at(59))).toBeNull();
  });

  it('tells apps who and where', () => {
    const uri = new URL(otpauthUri(SECRET, 'ada@example.com'));
    expect(uri.href).toMatch(/^otpauth:\/\/totp\/Rollcall:ada%40example\.com\?/);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      issuer: 'Rollcall',
      secret: SECRET,
      digits: '6',
    });
  });
});
