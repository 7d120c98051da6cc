import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decoded } from './content-coding.ts';

const LIMIT = 1000;
const body = Buffer.from('{"totalResults":0}');

test.each<[string, Buffer, string | undefined, Buffer]>([
  ['as it is', body, undefined, body],
  ['identity', body, 'identity', body],
  ['gzip', gzipSync(body), 'gzip', body],
  ['gzip under its old name, in capitals', gzipSync(body), ' X-GZIP ', body],
  ['deflate', deflateSync(body), 'deflate', body],
  ['brotli', brotliCompressSync(body), 'br', body],
  ['a coding that is not known', body, 'zstd', body],
  ['a name that every object has', body, 'constructor', body],
  ['what is no gzip', body, 'gzip', body],
  ['a gzip that is cut off', gzipSync(body).subarray(0, 15), 'gzip', gzipSync(body).subarray(0, 15)],
  ['nothing', Buffer.alloc(0), 'gzip', Buffer.alloc(0)],
])('%s', (_, sent, coding, expected) => {
  expect(decoded(sent, coding, LIMIT)).toEqual(expected);
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('a small %s of a large answer is refused', (coding, compress) => {
  const bomb = compress(Buffer.alloc(LIMIT + 1, ' '));
  expect(() => decoded(bomb, coding, LIMIT)).toThrow(
    expect.objectContaining({ code: 'ROLLCALL_ANSWER_TOO_LARGE' }) as Error,
  );
});
