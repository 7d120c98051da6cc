import { expect, test } from 'vitest';
import { scim2 } from './scim2.ts';
import { segment } from './segment.ts';
import { effectiveBehaviour } from './settings.ts';

test.each([
  [segment, 'leave', 'leave'],
  [segment, 'delete', 'deactivate'],
  [scim2, 'delete', 'delete'],
] as const)(
  'R12: a stored way to leave counts where the connector takes it: $0.key, %s',
  (connector, deprovision, expected) => {
    const { users } = effectiveBehaviour(connector, { behaviour: { users: { deprovision } } });
    expect(users.deprovision).toBe(expected);
  },
);
