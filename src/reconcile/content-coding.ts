/** Answers that come compressed, although `identity` was asked for: some gateways compress whatever they pass on. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { ANSWER_TOO_LARGE } from '../scim/client/transport.ts';

type Decoder = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

/** RFC 9110 §8.4.1. */
const DECODERS = new Map<string, Decoder>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/**
 * The body as it was before that `Content-Encoding`. One of a coding that is not known here, or that is not what it is called, is left as it
 * came, and judged like everything that is no JSON. Throws an error of the code {@link ANSWER_TOO_LARGE} where it would have more than
 * `limit` bytes.
 */
export function decoded(body: Buffer, coding: string | undefined, limit: number): Buffer {
  const decoder = DECODERS.get(coding?.trim().toLowerCase() ?? '');
  if (decoder === undefined) return body;
  try {
    return decoder(body, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    return body;
  }
}

/** What an answer of more than the limit fails with. */
export function tooLarge(): Error {
  return Object.assign(new Error('The answer is too large'), { code: ANSWER_TOO_LARGE });
}
