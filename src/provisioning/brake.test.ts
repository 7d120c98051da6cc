import { describe, expect, test } from 'vitest';
import { brake, type LeaverCounts } from './brake.ts';

const threshold = { number: 25, percent: 20 };

describe('R46: held where both the number and the share are exceeded', () => {
  test.each<[string, LeaverCounts, boolean]>([
    ['nobody', { recent: 0, waiting: 0, provisioned: 100 }, false],
    ['the number exactly', { recent: 0, waiting: 25, provisioned: 100 }, false],
    ['one more, and the share', { recent: 0, waiting: 26, provisioned: 100 }, true],
    ['the number, and not the share', { recent: 0, waiting: 26, provisioned: 130 }, false],
    ['the share exactly', { recent: 0, waiting: 30, provisioned: 150 }, false],
    ['the share, and not the number', { recent: 0, waiting: 10, provisioned: 10 }, false],
    ['a slow leak within the hour', { recent: 25, waiting: 1, provisioned: 100 }, true],
    ['a leak that had been approved', { recent: 0, waiting: 1, provisioned: 75 }, false],
    ['nobody provisioned', { recent: 0, waiting: 26, provisioned: 0 }, true],
    ['not counted, because it is not needed', { recent: 0, waiting: 3, provisioned: Infinity }, false],
  ])('%s', (_, counts, held) => expect(brake(counts, threshold).held).toBe(held));

  test.each<[string, { number: number; percent: number }, boolean]>([
    ['everybody is held at 0 and 0', { number: 0, percent: 0 }, true],
    ['nobody is held at 100 %', { number: 0, percent: 100 }, false],
  ])('%s', (_, set, held) => expect(brake({ recent: 0, waiting: 1, provisioned: 9 }, set).held).toBe(held));
});

test('the reason has the figures that decided', () => {
  const decision = brake({ recent: 6, waiting: 24, provisioned: 100 }, threshold);
  const reason = decision.held ? decision.reason : '';
  expect(reason).toContain('30 of 100 users (30 %)');
  expect(reason).toContain('6 of them within the last hour');
  expect(reason).toContain('more than 25 users and more than 20 %');
});
