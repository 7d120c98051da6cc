import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { CHAIN_START, hashOf, misfitOf, type ChainedEntry, type ChainHead } from './chain.ts';

describe('canonical JSON (RFC 8785)', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ gone: undefined, a: {} }, '{"a":{}}'],
    // §3.2.3: by UTF-16 code units, so that the surrogates of an emoji come before U+FB33.
    [{ '\ufb33': 1, '😀': 2, '\u20ac': 3, '1': 4 }, '{"1":4,"\u20ac":3,"😀":2,"\ufb33":1}'],
    ['a"\n\u000f', '"a\\"\\n\\u000f"'],
    [1e30, '1e+30'],
  ])('%j', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });
});

/** A chain of entries with these contents. */
function chain(...contents: string[]): ChainedEntry[] {
  let head: ChainHead = CHAIN_START;
  return contents.map((content) => {
    const open = { seq: head.seq + 1, at: '2026-11-26T01:00:00.000Z', content, previous: head.hash };
    const entry = { ...open, hash: hashOf(open) };
    head = entry;
    return entry;
  });
}

/** The first that does not fit, and why. */
function broken(entries: readonly ChainedEntry[]): string | null {
  let head: ChainHead = CHAIN_START;
  for (const entry of entries) {
    const misfit = misfitOf(head, entry);
    if (misfit !== null) return misfit;
    head = entry;
  }
  return null;
}

describe('a chain', () => {
  const [one, two, three] = chain('{"a":1}', '{"a":2}', '{"a":3}') as [
    ChainedEntry,
    ChainedEntry,
    ChainedEntry,
  ];
  const forged = { ...two, content: '{"a":9}' };
  const sealed = { ...forged, hash: hashOf(forged) };

  it.each<[string, readonly ChainedEntry[], string | null]>([
    ['as it was written', [one, two, three], null],
    ['changed', [one, forged, three], 'entry 2 was changed after it was written'],
    ['changed and sealed again', [one, sealed, three], 'entry 3 does not carry the hash of the one before'],
    ['another time', [one, { ...two, at: '2026-11-27T01:00:00.000Z' }, three], 'entry 2 was changed'],
    ['the first removed', [two, three], 'entry 1 is missing'],
    ['one removed', [one, three], 'entry 2 is missing'],
    ['one removed, the next moved up', [one, { ...three, seq: 2 }], 'entry 2 does not carry the hash'],
  ])('%s', (_what, entries, expected) => {
    if (expected === null) expect(broken(entries)).toBeNull();
    else expect(broken(entries)).toContain(expected);
  });
});
