/** A directory of 100,000 users and 2,000 groups: the console asks for pages, and shows what the server found. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Handle } from '../../src/store/database.ts';
import { made } from '../support/api.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const USERS = 100_000;
const GROUPS = 2000;
/** In how many groups, one after the other, everybody is. */
const GROUPS_OF_EACH = 2;
/** The most that a list of the console asks for at once. */
const PAGE = 50;

async function populate(db: Handle): Promise<void> {
  await sql`
    INSERT INTO users (id, username, email, firstname, lastname, state)
    SELECT gen_random_uuid(), 'person-' || n || '@acme.test', 'person-' || n || '@acme.test', 'First' || n,
      'Last' || lpad(n::text, 6, '0'), CASE WHEN n % 50 = 0 THEN 'suspended' ELSE 'active' END
    FROM generate_series(1, ${USERS}::int) AS n`.execute(db);
  await sql`
    INSERT INTO groups (id, name) SELECT gen_random_uuid(), 'Group ' || lpad(n::text, 4, '0')
    FROM generate_series(1, ${GROUPS}::int) AS n`.execute(db);
  await sql`
    WITH g AS (SELECT id, row_number() OVER (ORDER BY name) - 1 AS n FROM groups),
    u AS (SELECT id, row_number() OVER (ORDER BY lastname) - 1 AS n FROM users)
    INSERT INTO group_members (group_id, user_id) SELECT g.id, u.id FROM u
      CROSS JOIN generate_series(0, ${GROUPS_OF_EACH - 1}::int) AS back
      JOIN g ON g.n = u.n / ${USERS / GROUPS}::int - back`.execute(db);
  await sql`ANALYZE`.execute(db);
}

const listSchema = z.object({ items: z.array(z.unknown()), total: z.number() });

interface Asked {
  readonly path: string;
  readonly limit: string | null;
  readonly items: number;
}

/** What lists the browser asks for from now on, and how much each answered. */
function watchLists(story: Story): Promise<Asked>[] {
  const asked: Promise<Asked>[] = [];
  story.page.on('response', (response) => {
    const { pathname, searchParams } = new URL(response.url());
    if (response.request().method() !== 'GET' || !/\/api\/v1\/(users|groups)(\/|$)/.test(pathname)) return;
    const answer = async (): Promise<Asked[]> => {
      // A page that was left meanwhile has no body to look into any more.
      const found = listSchema.safeParse(await response.json().catch(() => null));
      return found.success
        ? [{ path: pathname, limit: searchParams.get('limit'), items: found.data.items.length }]
        : [];
    };
    asked.push(answer().then(([list]) => list ?? { path: pathname, limit: null, items: 0 }));
  });
  return asked;
}

describe('with 100,000 users and 2,000 groups', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  beforeAll(() => populate(rollcall.database.db), 180_000);

  async function arePages(asked: readonly Promise<Asked>[]): Promise<void> {
    const lists = (await Promise.all(asked)).filter(({ items }) => items > 0);
    expect(lists.length).toBeGreaterThan(0);
    // The applications of one person are asked for all at once: they are as many as there are applications.
    const large = lists.filter(({ path }) => !path.endsWith('/applications'));
    expect(large.filter(({ limit, items }) => limit !== String(PAGE) || items > PAGE)).toEqual([]);
  }

  it('users are listed, searched, sorted and paged', async () => {
    const story = await house.as('ann', 'administrator');
    const asked = watchLists(story);
    await story.open('/users');
    await story.sees('100,001 users, page 1');
    await expect.poll(() => story.rows('Users')).toHaveLength(PAGE);
    await story.fill('Search: Name, user name or email', 'person-7777');
    await story.sees('11 users');
    await story.fill('Search: Name, user name or email', '');
    await story.sees('100,001 users, page 1');
    const name = story.page.getByRole('columnheader', { name: 'Name' }).first();
    for (const direction of ['ascending', 'descending']) {
      await name.getByRole('button').click();
      await expect.poll(() => name.getAttribute('aria-sort')).toBe(direction);
    }
    await expect.poll(async () => (await story.rows('Users'))[0]?.[0]).toBe('First100000 Last100000');
    await story.press('Next');
    await story.sees('100,001 users, page 2');
    await expect.poll(async () => (await story.rows('Users'))[0]?.[0]).toBe('First99950 Last099950');
    await story.open('/users?state=suspended');
    await story.sees('2,000 users, page 1');
    await arePages(asked);
  });

  it('a person is opened, with their groups', async () => {
    const story = await house.as('bea', 'administrator');
    const asked = watchLists(story);
    await story.open('/users?search=person-50000%40');
    await story.press('First50000 Last050000');
    await story.isAt('First50000 Last050000');
    await story.sees('Group 1000');
    await arePages(asked);
  });

  it('groups are listed and searched, and one of them is opened with its members', async () => {
    const story = await house.as('cleo', 'administrator');
    const asked = watchLists(story);
    await story.open('/groups');
    await story.sees('2,000 groups, page 1');
    await story.fill('Search: Name of a group', 'Group 0042');
    await story.sees(/^1 group$/);
    await story.press('Group 0042');
    await story.isAt('Group 0042');
    await story.sees('100 members, page 1');
    await arePages(asked);
  });

  it('all groups are bound, and Home says how the application stands', async () => {
    const id = await made({ call: rollcall.api }, '/applications', {
      connector: 'scim2',
      label: 'Everything',
    });
    const { rows } = await sql<{ id: string }>`SELECT id FROM groups`.execute(rollcall.database.db);
    const add = rows.map((group) => group.id);
    const bound = await rollcall.api('POST', `/applications/${id}/groups`, { add, remove: [] });
    expect(bound.body).toMatchObject({ added: GROUPS });
    const story = await house.as('dora', 'administrator');
    const asked = watchLists(story);
    await story.open('/');
    await expect
      .poll(async () => (await story.rows('Applications'))[0]?.slice(0, 2))
      .toEqual(['Everything', 'Inactive']);
    await story.open('/users?search=person-50000%40');
    await story.press('First50000 Last050000');
    await story.sees('The connection is inactive, so nothing is sent.');
    await arePages(asked);
  });
});
