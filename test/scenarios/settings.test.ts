/** Settings as an administrator sees them: no secret in them, and mail that really goes out. */
import { expect, test } from 'vitest';
import { startMailServer } from '../support/mail-server.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';

test.each(databaseKinds)('without a mail server a trial says so, on the %s database', async (kind) => {
  const { api } = await startRollcall(kind);
  expect((await api('GET', '/settings/mail')).body).toEqual({ set: false, from: null, server: null });
  expect(await api('POST', '/settings/mail/test', { to: 'ada@acme.test' })).toMatchObject({
    status: 200,
    body: {
      sent: false,
      message: 'No mail server is set. Set SMTP_URL, and start the server again.',
      said: null,
    },
  });
});

test.each(databaseKinds)('a trial goes through the real mail server, on the %s database', async (kind) => {
  const mail = await startMailServer();
  const url = new URL(mail.url);
  const withPassword = `smtp://rollcall:hunter2@127.0.0.1:${url.port}`;
  const { api } = await startRollcall(kind, {
    SMTP_URL: mail.url,
    ROLLCALL_MAIL_FROM: 'Rollcall <rc@acme.test>',
  });
  expect((await api('GET', '/settings/mail')).body).toEqual({
    set: true,
    from: 'Rollcall <rc@acme.test>',
    server: { host: '127.0.0.1', port: Number(url.port), tls: false },
  });
  const tried = await api('POST', '/settings/mail/test', { to: 'ada@acme.test' });
  expect(tried.body).toMatchObject({ sent: true, said: expect.stringContaining('250') as string });
  expect((await mail.received(1))[0]).toContain('To: ada@acme.test');
  for (const to of ['ada', '', null])
    expect(await api('POST', '/settings/mail/test', { to })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'to' }] },
    });
  const other = await startRollcall(kind, { SMTP_URL: withPassword });
  const shown = await other.api('GET', '/settings/mail');
  expect(JSON.stringify(shown.body)).not.toContain('hunter2');
  const refused = await other.api('POST', '/settings/mail/test', { to: 'ada@acme.test' });
  expect(refused.body).toMatchObject({ sent: false });
  expect(JSON.stringify(refused.body)).not.toContain('hunter2');
});

test.each(databaseKinds)('what is in force, each with its setting, on the %s database', async (kind) => {
  const { api } = await startRollcall(kind, {
    ROLLCALL_SESSION_IDLE_HOURS: '1',
    ROLLCALL_ADMINISTRATORS_NEED_SECOND_FACTOR: 'true',
    ROLLCALL_ALLOW_PRIVATE_TARGETS: 'false',
  });
  expect((await api('GET', '/settings/security')).body).toEqual({
    safeguards: [
      {
        name: 'sessionIdleHours',
        value: 1,
        sentence: 'Somebody who does nothing for an hour is signed out.',
        setting: 'ROLLCALL_SESSION_IDLE_HOURS',
      },
      {
        name: 'sessionMaxHours',
        value: 168,
        sentence: 'Nobody stays signed in for longer than 168 hours.',
        setting: 'ROLLCALL_SESSION_MAX_HOURS',
      },
      {
        name: 'administratorsNeedSecondFactor',
        value: true,
        sentence: 'A role counts only for somebody who signed in with a second factor.',
        setting: 'ROLLCALL_ADMINISTRATORS_NEED_SECOND_FACTOR',
      },
      {
        name: 'allowPrivateTargets',
        value: false,
        sentence: 'Applications on plain http and on private addresses are refused.',
        setting: 'ROLLCALL_ALLOW_PRIVATE_TARGETS',
      },
      expect.objectContaining({ name: 'passwordMinLength', value: 12, setting: null }),
      expect.objectContaining({ name: 'lockOutMinutes', value: 15, setting: null }),
      expect.objectContaining({ name: 'secretKeyId', setting: 'ROLLCALL_SECRET_KEY' }),
    ],
  });
});
