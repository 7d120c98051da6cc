import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { isAgreed } from './question.ts';

describe('isAgreed', () => {
  it.each([
    ['y\n', true],
    ['YES \n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['', false],
    ['y', false],
  ])('takes %j, and then the end of the input, for %s', async (typed, expected) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end(typed);
    expect(await isAgreed('Send 2 steps? ', input, output)).toBe(expected);
    output.end();
    expect(await text(output)).toBe('Send 2 steps? ');
  });
});
