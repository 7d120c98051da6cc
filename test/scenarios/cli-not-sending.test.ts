/** A command on an application whose connection is not active says why nothing is sent. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, type CliResult } from '../support/cli.ts';
import { startScene, until } from '../support/scene.ts';

const plan = z.looseObject({ heldOnActivation: z.string().nullable() });

describe('a command on an application whose connection', async () => {
  const { rollcall, api, at, control, activate, user, boundGroup, idle } = await startScene('embedded');
  const env = { ROLLCALL_SERVER: rollcall.url, ROLLCALL_API_KEY: rollcall.key };
  const apply = (): Promise<CliResult> => runCli(['apply', 'Segment', '--yes'], env);
  const planned = async (): Promise<string> => (await runCli(['plan', 'Segment'], env)).out;
  const heldOnActivation = async (): Promise<string | null> =>
    plan.parse((await api('GET', at('/plan'))).body).heldOnActivation;
  const act = (what: string) => api('POST', at(`/identity-management/${what}`));
  const status = async (): Promise<unknown> => (await api('GET', at('/status'))).body;
  const ada = await user('ada');
  const staff = await boundGroup('Staff', [ada, await user('bob')]);

  it('is inactive says so, and ends with 3', async () => {
    const inactive =
      'Nothing is sent to Segment: its connection is inactive. Activate it in the console, on the tab Identity Management of the application.';
    expect(await apply()).toEqual({ code: 3, out: '', err: inactive });
    expect(await planned()).toMatch(new RegExp(`\n\\d+ steps\\. Nothing was sent\\.\n${inactive}$`));
    expect(await heldOnActivation()).toBeNull();
  });

  it('R44: is paused says why, and what to do, and ends with 3', async () => {
    await activate();
    await idle();
    await control('POST', '/tokens', {});
    await boundGroup('Guests', [await user('cy')]);
    await until('paused', async () => JSON.stringify(await status()).includes('"paused"'));
    const { code, out, err } = await apply();
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^Nothing is sent to Segment: its connection is paused\. .*token/);
    expect(err).toContain(
      'resume the connection, or activate it again, in the console, on the tab Identity Management',
    );
    expect(await planned()).toContain(`Nothing was sent.\n${err}`);
    await act('deactivate');
  });

  it('R46: is inactive says of a plan that its leavers would be held, as they are after activation', async () => {
    await activate();
    await idle();
    await api('PATCH', at('/identity-management'), { threshold: { number: 1, percent: 10 } });
    await act('deactivate');
    expect(await heldOnActivation()).toBeNull();
    await api('POST', at('/groups'), { remove: [staff] });
    const why = await heldOnActivation();
    expect(why).toMatch(/^2 of 3 users \(67 %\) would be deactivated\./);
    expect(await planned()).toContain(
      `2 steps. Nothing was sent.\nOnce the connection is activated, the deactivations are held. ${why ?? ''}\nNothing is sent to`,
    );
    expect(plan.parse((await api('GET', at('/plan?limit=0&kind=createUser'))).body).heldOnActivation).toBe(
      why,
    );
    expect(plan.parse((await api('GET', at(`/plan?user=${ada}`))).body).heldOnActivation).toBeNull();
    await activate();
    await idle();
    expect(await status()).toMatchObject({ held: 2 });
    expect(await heldOnActivation()).toBeNull();
  });
});
