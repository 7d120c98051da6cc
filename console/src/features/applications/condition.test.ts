import { describe, expect, it } from 'vitest';
import { standingOf } from './condition';

const status = {
  condition: 'failing',
  attention: 1,
  failed: 0,
  retrying: 0,
  inventoryError: null,
  unsure: false,
} as const;

describe('an application on which somebody has to decide', () => {
  it.each<[string, Partial<Parameters<typeof standingOf>[0]>, string]>([
    ['and nothing else', {}, 'Somebody has to decide'],
    ['while a record was refused', { failed: 1 }, 'Something failed'],
    ['while a record is tried again', { retrying: 1 }, 'Something failed'],
    ['while nothing is sent', { condition: 'paused' }, 'Paused'],
    ['while leavers are held', { condition: 'held' }, 'Waiting for your approval'],
  ])('%s', (_when, change, expected) => {
    expect(standingOf({ ...status, ...change }).label).toBe(expected);
  });
});
