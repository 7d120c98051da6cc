/** Somebody to look around as, in the console. */
import { z } from 'zod';
import type { JsonClient } from './demo-http.ts';
import { choosePassword } from './demo-sign-in.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const USERNAME = 'admin';

/** Makes an administrator, in no group: no application gets an account for them. */
export async function makeAdministrator(api: JsonClient): Promise<Credentials> {
  const user = await api.call('POST', '/users', z.object({ id: z.string() }), {
    username: USERNAME,
    displayname: 'Administrator',
    state: 'active',
  });
  await api.call('PUT', `/administrators/${user.id}`, z.unknown(), { role: 'administrator' });
  return { username: USERNAME, password: await choosePassword(api, user) };
}
