/** Somebody who can sign in and may do everything always remains: an Administrator without a password or a passkey cannot. */
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { firstAdministratorLink, makeAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { writePassword } from '../../src/store/passwords.ts';
import { createPasskey } from '../../src/store/factors.ts';
import { giveRole } from '../../src/store/administrators.ts';
import { transact } from '../../src/store/transact.ts';
import { detailOf, made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { setUpApp } from '../support/factors.ts';
import { emptyTown, type Town } from '../support/people.ts';

const NOBODY = 'Nobody would be left who can sign in and administer Rollcall';

const factorsSchema = z.object({ items: z.array(z.looseObject({ id: z.string(), kind: z.string() })) });

describe.each(databaseKinds)('the last Administrator who can sign in, on the %s database', (kind) => {
  let town: Town;
  /** Administrators without a password. */
  const without = async (username: string): Promise<string> => {
    const id = await made({ call: town.rollcall.api }, '/users', {
      username,
      email: `${username}@acme.test`,
    });
    await transact(town.rollcall.database, (tx) => giveRole(tx, id, 'administrator'));
    return id;
  };
  const passkeyOf = async (userId: string): Promise<string> => {
    const fields = { credentialId: userId, publicKey: new Uint8Array(1), signCount: 0, transports: [] };
    return (await createPasskey(town.rollcall.database.db, { userId, label: 'Key', ...fields })) ?? '';
  };
  const call = (...request: Parameters<Town['rollcall']['api']>) => town.rollcall.api(...request);
  const listed = async () => {
    const { body } = await call('GET', '/administrators');
    const { items } = z
      .object({
        items: z.array(
          z.looseObject({ username: z.string(), last: z.boolean(), whyLast: z.string().nullable() }),
        ),
      })
      .parse(body);
    expect(items.map(({ last }) => last)).toEqual(items.map(({ whyLast }) => whyLast !== null));
    return items.flatMap(({ username, whyLast }) => (whyLast === null ? [] : [`${username}: ${whyLast}`]));
  };

  beforeEach(async () => {
    town = await emptyTown(kind);
  });

  test('stays one, whichever way it would go, while the others have nothing to sign in by', async () => {
    const ada = await town.person('ada', 'administrator');
    await without('grace');
    const ways = [
      await call('DELETE', `/administrators/${ada}`),
      await call('PUT', `/administrators/${ada}`, { role: 'manager' }),
      await call('PATCH', `/users/${ada}`, { state: 'suspended' }),
      await call('DELETE', `/users/${ada}`),
      await call('POST', '/users/bulk?existing=update', { users: [{ username: 'ada', state: 'staged' }] }),
    ];
    expect(ways.map(({ status }) => status)).toEqual(ways.map(() => 409));
    for (const way of ways) expect(detailOf(way)).toContain(NOBODY);
    expect(await listed()).toEqual([
      'ada: The only active Administrator who can sign in: first another one sets a password.',
    ]);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['a password', (id) => writePassword(town.rollcall.database.db, id, 'hash')],
    ['a passkey', passkeyOf],
    ['a link under way', (id) => call('POST', `/users/${id}/password-reset`, { deliver: 'link' })],
  ])('may go once another one has %s', async (_what, give) => {
    const ada = await town.person('ada', 'administrator');
    const grace = await without('grace');
    expect((await call('DELETE', `/administrators/${ada}`)).status).toBe(409);
    await give(grace);
    expect(await listed()).toEqual([]);
    expect((await call('DELETE', `/administrators/${ada}`)).status).toBe(204);
  });

  test('is told that there is no other one', async () => {
    await town.person('ada', 'administrator');
    expect(await listed()).toEqual([
      'ada: The only active Administrator: first somebody else is given that role.',
    ]);
  });

  test('one who could not sign in anyway protects nothing', async () => {
    const ada = await town.person('ada', 'administrator');
    const grace = await without('grace');
    expect((await call('PATCH', `/users/${grace}`, { state: 'suspended' })).status).toBe(200);
    expect((await call('DELETE', `/administrators/${grace}`)).status).toBe(204);
    expect((await call('DELETE', `/administrators/${ada}`)).status).toBe(409);
  });

  test('where nobody can sign in, and keys do all, one remains as before', async () => {
    const ada = await without('ada');
    const grace = await without('grace');
    expect(await listed()).toEqual([]);
    expect((await call('DELETE', `/administrators/${ada}`)).status).toBe(204);
    expect((await call('DELETE', `/administrators/${grace}`)).status).toBe(409);
  });

  test('keeps the only passkey that signs them in', async () => {
    const ada = await without('ada');
    await without('grace');
    const key = await passkeyOf(ada);
    const refused = await call('DELETE', `/users/${ada}/factors/${key}`);
    expect([refused.status, detailOf(refused)]).toEqual([409, expect.stringContaining(NOBODY)]);
    await call('POST', `/users/${ada}/password-reset`, { deliver: 'link' });
    expect((await call('DELETE', `/users/${ada}/factors/${key}`)).status).toBe(204);
  });

  test('and their own hand is not freer than that of others', async () => {
    const own = await town.signedIn('ada', 'administrator');
    await without('grace');
    await setUpApp(own);
    const { userId } = z.looseObject({ userId: z.string() }).parse((await own.api('GET', '/session')).body);
    expect(detailOf(await own.api('DELETE', `/administrators/${userId}`))).toContain(NOBODY);
    const { items } = factorsSchema.parse((await own.api('GET', '/me/factors')).body);
    expect((await own.api('DELETE', `/me/factors/${items[0]?.id ?? ''}`)).status).toBe(204);
  });

  test('two who take each other away at one moment: one who can sign in remains', async () => {
    const ada = await town.person('ada', 'administrator');
    const bob = await town.person('bob', 'administrator');
    await without('grace');
    const answers = await Promise.all([
      call('PATCH', `/users/${bob}`, { state: 'suspended' }),
      call('DELETE', `/administrators/${ada}`),
    ]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  });

  test('while nobody can sign in, a start prints a link, also where somebody holds the role', async () => {
    const { database, url } = town.rollcall;
    const ada = await without('ada');
    expect(await firstAdministratorLink(database, url)).toContain('/first-administrator?token=');
    await writePassword(database.db, ada, 'hash');
    expect(await firstAdministratorLink(database, url)).toBeNull();
  });

  test('the command line opens the way again', async () => {
    await without('ada');
    const { database, url } = town.rollcall;
    const link = await makeAdministratorLink(database, url);
    const browser = town.browser();
    await browser.get(link.replace(url, ''));
    const password = 'plum gravel sonnet';
    const token = new URL(link).searchParams.get('token') ?? '';
    const fields = { token, username: 'ada', email: '', password, repeated: password };
    expect((await browser.post('/first-administrator', fields)).location).toBe('/');
    expect(await listed()).toEqual([
      'ada: The only active Administrator: first somebody else is given that role.',
    ]);
  });
});
