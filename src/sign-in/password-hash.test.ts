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

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

test('whoever is not there is as long in coming', async () => {
  const stored = await hashPassword(PASSWORD);
  expect(await isPassword(stored, PASSWORD)).toBe(true);
  expect(await isPassword(null, PASSWORD)).toBe(false);
  const [wrong, nobody]: [number[], number[]] = [[], []];
  // In turns, and the least of each: a machine that is busy is so for both. Without a hash it takes a hundredth of the time.
  for (let time = 0; time < 10; time += 1) {
    wrong.push(await millisecondsOf(() => isPassword(stored, 'wrong')));
    nobody.push(await millisecondsOf(() => isPassword(null, 'wrong')));
  }
  expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...wrong) / 5);
});
