/** The directory as an administrator's program reads and changes it over the API, by the names that people use. */
import { z } from 'zod';
import type { JsonClient } from './demo-http.ts';
import { readPages } from './read-pages.ts';

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  firstname: z.string().nullable(),
  lastname: z.string().nullable(),
  state: z.enum(['staged', 'active', 'suspended']),
});

const groupSchema = z.object({ id: z.string(), name: z.string(), memberCount: z.number() });

export type DirectoryUser = z.output<typeof userSchema>;
export type DirectoryGroup = z.output<typeof groupSchema>;

/** Every item of a list. */
export const readAll = <T>(api: JsonClient, path: string, item: z.ZodType<T>): Promise<T[]> =>
  readPages((page, schema) => api.call('GET', page, schema), path, item);

/** Every user. */
export const readUsers = (api: JsonClient): Promise<DirectoryUser[]> => readAll(api, '/users', userSchema);

/** Every group. */
export const readGroups = (api: JsonClient): Promise<DirectoryGroup[]> =>
  readAll(api, '/groups', groupSchema);

/** Every member of a group. */
export const readMembers = (api: JsonClient, groupId: string): Promise<DirectoryUser[]> =>
  readAll(api, `/groups/${groupId}/members`, userSchema);

/** Every group that is bound to the application. */
export const readBoundGroups = (api: JsonClient, applicationId: string): Promise<DirectoryGroup[]> =>
  readAll(api, `/applications/${applicationId}/groups`, groupSchema);

function idOf(what: string, found: { readonly id: string } | undefined): string {
  if (found === undefined) throw new Error(`The directory has no ${what}.`);
  return found.id;
}

export interface Directory {
  readonly addUser: (user: Readonly<Record<string, string>>) => Promise<void>;
  readonly changeUser: (username: string, change: Readonly<Record<string, string>>) => Promise<void>;
  readonly addGroup: (name: string, description: string) => Promise<void>;
  readonly changeGroup: (name: string, change: Readonly<Record<string, string>>) => Promise<void>;
  readonly deleteGroup: (name: string) => Promise<void>;
  readonly join: (group: string, usernames: readonly string[]) => Promise<void>;
  readonly leave: (group: string, usernames: readonly string[]) => Promise<void>;
}

/** The directory by usernames and names of groups. Each function throws where there is no such record. */
export function directoryOf(api: JsonClient): Directory {
  const user = async (username: string): Promise<string> =>
    idOf(
      `user ${username}`,
      (await readUsers(api)).find((one) => one.username === username),
    );
  const group = (name: string): Promise<string> => groupId(api, name);
  const change = async (where: string, usernames: readonly string[], how: 'add' | 'remove') => {
    const ids = await Promise.all(usernames.map(user));
    await api.send('POST', `/groups/${await group(where)}/members`, { [how]: ids });
  };
  return {
    addUser: (fields) => api.send('POST', '/users', fields),
    changeUser: async (username, fields) => api.send('PATCH', `/users/${await user(username)}`, fields),
    addGroup: (name, description) => api.send('POST', '/groups', { name, description }),
    changeGroup: async (name, fields) => api.send('PATCH', `/groups/${await group(name)}`, fields),
    deleteGroup: async (name) => api.send('DELETE', `/groups/${await group(name)}`),
    join: (where, usernames) => change(where, usernames, 'add'),
    leave: (where, usernames) => change(where, usernames, 'remove'),
  };
}

/** The id of the group of that name. */
export async function groupId(api: JsonClient, name: string): Promise<string> {
  return idOf(
    `group ${name}`,
    (await readGroups(api)).find((one) => one.name === name),
  );
}
