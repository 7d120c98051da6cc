import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';

describe.each(databaseKinds)('a whole Rollcall (%s)', (kind) => {
  it('keeps what it was told over a restart, and answers at its new address', async () => {
    const rollcall = await startRollcall(kind);
    const made = await rollcall.api('POST', '/users', { username: 'ada@example.com' });
    expect(made.status).toBe(201);
    await rollcall.restart();
    const users = await rollcall.api('GET', '/users');
    expect(users.body).toMatchObject({ total: 1, items: [{ username: 'ada@example.com' }] });
  });
});
