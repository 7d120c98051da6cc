import { expect, it } from 'vitest';
import { whyNothingIsSent, type Connection } from './not-sending.ts';

const inTheConsole = 'in the console, on the tab Identity Management of the application';
const goOn = `To go on, put that right and resume the connection, or activate it again, ${inTheConsole}; \`rollcall doctor\` says how the application answers now.`;

it.each<[Connection, string | undefined]>([
  [{ state: 'active', reason: null }, undefined],
  [
    { state: 'inactive', reason: null },
    `Nothing is sent to Acme: its connection is inactive. Activate it ${inTheConsole}.`,
  ],
  [
    { state: 'paused', reason: { message: 'The token was rejected.', said: 'expired' } },
    `Nothing is sent to Acme: its connection is paused. The token was rejected. The application said: “expired”. ${goOn}`,
  ],
  [{ state: 'paused', reason: null }, `Nothing is sent to Acme: its connection is paused. ${goOn}`],
])('R44: says why nothing is sent, and what to do: %j', (connection, sentence) => {
  expect(whyNothingIsSent(connection, 'Acme')).toBe(sentence);
});
