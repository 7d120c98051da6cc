import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../events/queries';
import { eventsSince, isOver } from './course';
import type { AccountInFull } from '../queries';

const event = (id: string): LoggedEvent => ({ id }) as unknown as LoggedEvent;
const recent = [event('c'), event('b'), event('a')];

describe('what came of provisioning somebody', () => {
  it.each([
    ['nothing yet', 'c', []],
    ['what is newer, the oldest first', 'a', ['b', 'c']],
    ['everything where there was nothing before', undefined, ['a', 'b', 'c']],
  ])('%s', (_what, before, expected) => {
    expect(eventsSince(recent, before).map(({ id }) => id)).toEqual(expected);
  });

  it.each([
    [{ pending: true, error: null }, false],
    [{ pending: false, error: null }, true],
    [{ pending: true, error: { retrying: true } }, true],
    [{ pending: true, error: { retrying: false } }, false],
  ])('%j is over: %s', (account, expected) => {
    expect(isOver(account as unknown as AccountInFull)).toBe(expected);
  });
});
