import { expect, test } from 'vitest';
import { scim2 } from './scim2.ts';
import { segment } from './segment.ts';
import { effectiveBaseUrl, effectiveBehaviour } from './settings.ts';

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

test.each([
  ['https://scim.example.com/v2//', 'https://scim.example.com/v2'],
  ['https://scim.example.com/', 'https://scim.example.com'],
  [undefined, null],
])('a base URL ends without a slash, to which paths are added: %s', (baseUrl, expected) =>
  expect(effectiveBaseUrl(scim2, { baseUrl })).toBe(expected),
);
