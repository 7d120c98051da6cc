import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runCli } from '../support/cli.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall, type TestRollcall } from '../support/rollcall.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

const people = (...names: string[]): string => {
  const file = join(directory, `${names.join('-')}.csv`);
  const rows = names.map((name) => `${name}@example.com,${name}@example.com,${name},Doe,Staff`);
  writeFileSync(file, ['username,email,firstname,lastname,groups', ...rows, ''].join('\n'));
  return file;
};

const record = z.looseObject({ id: z.string() });
const tokenSchema = z.object({ token: z.string() });

async function control(url: string, path: string, method = 'GET'): Promise<unknown> {
  return (await fetch(`${url}/_control${path}`, { method })).json();
}

/** A group "Staff", bound to an application "Segment" whose connection to the sandbox is active. */
async function connectSegment({ api }: TestRollcall, sandbox: string): Promise<void> {
  const { token } = tokenSchema.parse(await control(sandbox, '/tokens', 'POST'));
  const group = record.parse((await api('POST', '/groups', { name: 'Staff' })).body);
  const application = record.parse((await api('POST', '/applications', { connector: 'segment' })).body);
  const path = `/applications/${application.id}`;
  await api('POST', `${path}/groups`, { add: [group.id] });
  await api('PATCH', `${path}/identity-management`, { baseUrl: `${sandbox}/scim/v2`, token });
  await api('PUT', `${path}/sso`, SSO_ENABLED);
  const activated = await api('POST', `${path}/identity-management/activate`);
  expect(activated).toMatchObject({ status: 200 });
}

describe.each(databaseKinds)('plan and apply, where no server runs (%s)', (kind) => {
  it('R47: the plan of one user is sent by its checksum together with that user, and not for everything', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const rollcall = await startRollcall(kind);
    await connectSegment(rollcall, sandbox.url);
    await rollcall.stop();
    const run = (...args: string[]) => runCli(args, rollcall.env);

    await run('users', 'import', people('ada', 'bob'));
    const ofBob = ['Segment', '--user', 'bob@example.com'];
    const { out } = await run('plan', ...ofBob);
    const [next = '', checksum = ''] = /rollcall apply .* --checksum (\w+)$/.exec(out) ?? [];
    expect(next).toBe(`rollcall apply "Segment" --user "bob@example.com" --checksum ${checksum}`);
    expect(await run('apply', 'Segment', '--checksum', checksum)).toMatchObject({
      code: 3,
      err: expect.stringContaining('the checksum is of another plan, such as that of one user') as string,
    });
    expect(await run('apply', ...ofBob, '--checksum', checksum)).toMatchObject({ code: 0 });
    expect((await run('plan', ...ofBob)).out).toContain('Nothing to do');
    await sandbox.close();
  });

  it('R47: shows what would be sent, sends it, and has nothing left to do', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const rollcall = await startRollcall(kind);
    await connectSegment(rollcall, sandbox.url);
    await rollcall.stop();
    const run = (...args: string[]) => runCli(args, rollcall.env);

    expect(await run('users', 'import', people('ada', 'bob'))).toMatchObject({ code: 0, out: '2 created.' });
    const plan = await run('plan', 'segment');
    expect(plan.code).toBe(0);
    expect(plan.out).toContain('Accounts to create or link: 2\n');
    expect(plan.out).toContain('  - Create the account "ada@example.com" for ada Doe (ada@example.com)');
    expect(await control(sandbox.url, '/state')).toMatchObject({ members: [] });
    const checksum = /--checksum (\w+)/.exec(plan.out)?.[1] ?? '';

    const one = await run('plan', 'Segment', '--user', 'BOB@example.com', '--json');
    expect(JSON.parse(one.out)).toMatchObject({ summary: { createUser: 1 } });
    for (const nobody of ['nobody@example.com', '01890a5d-ac96-774b-bcce-b302099a8057'])
      expect(await run('plan', 'Segment', '--user', nobody)).toMatchObject({
        code: 2,
        out: '',
        err: `The user "${nobody}" does not exist.`,
      });
    const unnamed = 'Which user? Give the username, or the id.';
    expect(await run('plan', 'Segment', '--user', ' ')).toMatchObject({ code: 2, out: '', err: unnamed });

    expect((await run('apply', 'Segment')).code).toBe(2);
    expect(await run('apply', 'Segment', '--checksum', 'stale')).toMatchObject({
      code: 3,
      err: expect.stringContaining('The plan has changed since you saw it') as string,
    });

    const applied = await run('apply', 'Segment', '--checksum', checksum);
    expect(applied.out).toBe('Segment: 2 active users, 1 group. It holds what the directory asks for.');
    expect(applied.code).toBe(0);
    expect((await run('plan', 'Segment')).out).toContain('Nothing to do');
    expect((await run('plan', '')).err).toBe('Which application? Give the label, or the id.');
    expect((await run('plan', 'Nothing')).err).toBe('The application "Nothing" does not exist.');

    const healthy = await run('doctor');
    expect(healthy.out).toMatch(/ok +Application Segment +Segment answered as it should/);
    expect(healthy.code).toBe(0);
    await sandbox.close();
    const sick = await run('doctor');
    expect(sick.out).toMatch(/problem +Application Segment /);
    expect(sick.code).toBe(1);
  });
});

describe.each(databaseKinds)('who is named to a command (%s)', (kind) => {
  it('is found among any number of people whom a search for the name finds too', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const rollcall = await startRollcall(kind);
    await connectSegment(rollcall, sandbox.url);
    const users = Array.from({ length: 1001 }, (_, at) => ({ username: `a${at}`, lastname: 'Zed' }));
    await rollcall.api('POST', '/users/bulk', { users: [...users, { username: 'zed' }] });
    await rollcall.stop();
    for (const name of ['zed', 'ZED', ' Zed '])
      expect(await runCli(['plan', 'Segment', '--user', name], rollcall.env)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing to do') as string,
      });
    await sandbox.close();
  });
});

describe('beside a running server', () => {
  it('follows the server until it is done', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const rollcall = await startRollcall('embedded');
    await connectSegment(rollcall, sandbox.url);
    const env = { ROLLCALL_SERVER: rollcall.url, ROLLCALL_API_KEY: rollcall.key };
    await runCli(['users', 'import', people('cy', 'di')], env);
    const applied = await runCli(['apply', 'Segment', '--yes', '--json'], env);
    expect(JSON.parse(applied.out)).toMatchObject({
      idle: true,
      users: { active: 2 },
      groups: { linked: 1 },
    });
    expect(applied.code).toBe(0);
    await rollcall.close();
    await sandbox.close();
  });

  it('R46: a plan says of leavers who are held that they are, and offers nothing to send', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const rollcall = await startRollcall('embedded');
    await connectSegment(rollcall, sandbox.url);
    const env = { ROLLCALL_SERVER: rollcall.url, ROLLCALL_API_KEY: rollcall.key };
    await runCli(['users', 'import', people('ed', 'flo')], env);
    expect(await runCli(['apply', 'Segment', '--yes'], env)).toMatchObject({ code: 0 });
    const firstOf = async (list: string): Promise<string> =>
      z.looseObject({ items: z.tuple([record]) }).parse((await rollcall.api('GET', list)).body).items[0].id;
    const at = `/applications/${await firstOf('/applications')}`;
    await rollcall.api('PATCH', `${at}/identity-management`, { threshold: { number: 1, percent: 10 } });
    await rollcall.api('POST', `${at}/groups`, { remove: [await firstOf('/groups')] });
    expect(await runCli(['apply', 'Segment', '--yes'], env)).toMatchObject({ code: 3 });
    expect((await runCli(['plan', 'Segment'], env)).out).toMatch(
      /\n2 steps\. Nothing was sent\.\nHeld until an administrator approves: 2 deactivations\.$/,
    );
    expect((await runCli(['plan', 'Segment', '--user', 'ed@example.com'], env)).out).toMatch(
      /\n1 step\. Nothing was sent\.\nHeld until an administrator approves: 1 deactivation\.$/,
    );
    await rollcall.close();
    await sandbox.close();
  });
});
