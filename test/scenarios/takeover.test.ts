/** Nobody gets at an administrator's account by what their own role allows them: neither by its address, nor by its credentials. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startMailServer } from '../support/mail-server.ts';
import { databaseKinds } from '../support/database.ts';
import { PASSWORD, startTown } from '../support/people.ts';
import type { PortalBrowser } from '../support/portal-browser.ts';

describe.each(databaseKinds)('an administrator’s account (%s)', async (kind) => {
  const mail = await startMailServer();
  const town = await startTown(kind, { SMTP_URL: mail.url });
  const { rollcall } = town;
  const boss = await town.person('boss', 'administrator');
  const mine = 'mallory@example.com';

  const attempts: Readonly<Record<string, (own: PortalBrowser) => Promise<{ status: number }>>> = {
    'another address': (own) => own.api('PATCH', `/users/${boss}`, { email: mine }),
    'another user name': (own) => own.api('PATCH', `/users/${boss}`, { username: 'mallory' }),
    'an import': (own) =>
      own.api('POST', '/users/bulk?existing=update', { users: [{ username: 'boss', email: mine }] }),
    'a link of the help desk': (own) => own.api('POST', `/users/${boss}/password-reset`, { deliver: 'link' }),
    'a second factor': (own) => own.api('DELETE', `/users/${boss}/factors/${randomUUID()}`),
    'a session': (own) => own.api('DELETE', `/users/${boss}/sessions/${randomUUID()}`),
    'all sessions': (own) => own.api('DELETE', `/users/${boss}/sessions`),
    'a role': (own) => own.api('PUT', `/administrators/${boss}`, { role: 'read-only' }),
    'a key': (own) => own.api('POST', '/api-keys', { name: 'mine', role: 'administrator' }),
  };

  it.each(['manager', 'help-desk', 'read-only'] as const)(
    'withstands a %s, by whatever they try',
    async (role) => {
      const own = await town.signedIn(`eve-${role}`, role);
      const before = await rollcall.api('GET', `/users/${boss}`);
      for (const [what, attempt] of Object.entries(attempts)) {
        const { status } = await attempt(own);
        expect({ what, refused: status === 403 || (what === 'an import' && status === 400) }).toEqual({
          what,
          refused: true,
        });
      }
      expect((await rollcall.api('GET', `/users/${boss}`)).body).toEqual(before.body);
    },
  );

  it('withstands somebody else who was given its address: the mail goes where it always went', async () => {
    const manager = await town.signedIn('eve', 'manager');
    const twin = { username: 'twin', email: 'boss@example.com', state: 'active' };
    expect((await manager.api('POST', '/users', twin)).status).toBe(201);
    const own = town.browser();
    await own.get('/forgotten-password');
    await own.post('/forgotten-password', { username: 'boss@example.com' });
    await own.post('/forgotten-password', { username: 'boss' });
    const [message = ''] = await mail.received(1);
    expect(message).toMatch(/^To: boss@example\.com/m);
    expect(message).toContain('the Rollcall account boss.');
    expect(mail.messages).toHaveLength(1);
    expect((await town.browser().signIn('boss@example.com', PASSWORD)).status).toBe(401);
    expect((await town.browser().signIn('boss', PASSWORD)).location).toBe('/');
  });
});
