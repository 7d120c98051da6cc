import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';

const PASSWORD = 'plum gravel sonnet';
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

test.each([
  ['those of today', {}, false],
  ['less memory', { memoryCost: 9728 }, true],
  ['fewer passes', { timeCost: 1 }, true],
  ['more lanes', { parallelism: 2 }, true],
])('a hash with %s is outdated or not', async (_what, change, expected) => {
  expect(isOutdated(await hash(PASSWORD, { ...OPTIONS, ...change }))).toBe(expected);
});

/** The least of several times, in which the machine was busy with nothing else. */
async function least(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 7; time += 1) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return Math.min(...times);
}

test('whoever is not there is as long in coming', async () => {
  const stored = await hashPassword(PASSWORD);
  expect(await isPassword(stored, PASSWORD)).toBe(true);
  expect(await isPassword(null, PASSWORD)).toBe(false);
  const wrong = await least(() => isPassword(stored, 'wrong'));
  expect(await least(() => isPassword(null, 'wrong'))).toBeGreaterThan(wrong / 2);
});
