/** The sample company, from the CSV files in `demo/`. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Csv } from './body.ts';
import type { Directory } from './demo-directory.ts';
import type { JsonClient } from './demo-http.ts';

/** Beside `src` in the repository, as beside `dist` where the server is compiled. */
const folder = new URL('../../demo/', import.meta.url);

const groupRows = z.array(z.object({ name: z.string(), description: z.string() }));

const bulkSchema = z.looseObject({
  summary: z.looseObject({ created: z.number(), failed: z.number() }),
});

const read = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8');

/** Makes the groups one by one. Answers their names. */
export async function loadGroups(directory: Directory): Promise<string[]> {
  const groups = groupRows.parse(parse(await read('groups.csv'), { columns: true, skip_empty_lines: true }));
  for (const { name, description } of groups) await directory.addGroup(name, description);
  return groups.map(({ name }) => name);
}

/** Makes the users, who join their groups, in one request. Answers how many. */
export async function loadUsers(api: JsonClient): Promise<number> {
  const csv = new Csv(await read('users.csv'));
  return (await api.call('POST', '/users/bulk', bulkSchema, csv)).summary.created;
}
