/** The directory as a program reads it over the API, by our keys. */
import { z } from 'zod';
import { readAll, readBoundGroups } from '../../src/cli/demo-directory.ts';
import type { JsonClient } from '../../src/cli/demo-http.ts';
import type { Model, Person, Team } from './model.ts';

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  firstname: z.string(),
  lastname: z.string(),
  state: z.enum(['staged', 'active', 'suspended']),
  attributes: z.object({ key: z.string() }),
});

const groupSchema = z.object({ id: z.string(), name: z.string(), description: z.string() });

export interface Reading {
  readonly model: Model;
  /** Ids by our keys. */
  readonly ids: Map<string, string>;
}

export async function readDirectory(api: JsonClient, applicationId: string): Promise<Reading> {
  const ids = new Map<string, string>();
  const people = new Map<string, Person>();
  for (const { id, attributes, ...person } of await readAll(api, '/users', userSchema)) {
    ids.set(attributes.key, id);
    people.set(attributes.key, person);
  }
  const bound = new Set((await readBoundGroups(api, applicationId)).map(({ id }) => id));
  const teams = new Map<string, Team>();
  for (const { id, name, description: key } of await readAll(api, '/groups', groupSchema)) {
    const members = await readAll(api, `/groups/${id}/members`, userSchema);
    ids.set(key, id);
    teams.set(key, {
      name,
      bound: bound.has(id),
      members: new Set(members.map(({ attributes }) => attributes.key)),
    });
  }
  return { model: { people, teams }, ids };
}
