/** A record is deleted while somebody else has its page open. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

interface Kind {
  readonly noun: string;
  readonly path: string;
  readonly body: object;
  /** From the id to its page in the console. */
  readonly page: (id: string) => string;
  /** What is typed into its form. */
  readonly edit: (story: Story) => Promise<void>;
}

const kinds: readonly Kind[] = [
  {
    noun: 'user',
    path: '/users',
    body: { username: 'ada' },
    page: (id) => `/users/${id}`,
    edit: async (story) => {
      await story.press('Edit');
      await story.fill('First name', 'Ada');
    },
  },
  {
    noun: 'group',
    path: '/groups',
    body: { name: 'Engineering' },
    page: (id) => `/groups/${id}`,
    edit: async (story) => {
      await story.press('Edit');
      await story.fill('Name', 'Engineers');
    },
  },
  {
    noun: 'application',
    path: '/applications',
    body: { connector: 'scim2', label: 'Wiki' },
    page: (id) => `/applications/${id}/general`,
    edit: (story) => story.fill('Label', 'Company Wiki'),
  },
];

describe('a record that is deleted elsewhere', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const make = ({ path, body }: Kind): Promise<string> => made({ call: rollcall.api }, path, body);
  const remove = async ({ path }: Kind, id: string): Promise<void> => {
    expect((await rollcall.api('DELETE', `${path}/${id}`)).status).toBe(204);
  };

  it.each(kinds)('is missed when it is saved: a $noun', async (kind) => {
    const id = await make(kind);
    const story = await house.as('ann', 'administrator');
    await story.open(kind.page(id));
    await kind.edit(story);
    await remove(kind, id);
    await story.press('Save changes');
    await story.isAt(`There is no such ${kind.noun}`);
    await story.seesNoMore('Save changes');
    await story.isAccessible();
  });

  it.each(kinds)('is missed by whoever only looks at it: a $noun', async (kind) => {
    const id = await make(kind);
    const story = await house.as('bea', 'administrator');
    await story.page.clock.install();
    await story.open(kind.page(id));
    await story.sees('Live');
    await remove(kind, id);
    await story.page.clock.fastForward(31_000);
    await story.isAt(`There is no such ${kind.noun}`);
    // Its clock is another one for good.
    await story.page.context().close();
  });

  it('is not missed where a proxy answers with a 404 of its own: the form stays, with what was typed', async () => {
    const id = await made({ call: rollcall.api }, '/users', { username: 'cora' });
    const story = await house.as('cleo', 'administrator');
    await story.page.clock.install();
    await story.open(`/users/${id}`);
    await story.sees('Live');
    await story.press('Edit');
    await story.fill('First name', 'Cora');
    const answered = story.page.waitForResponse((answer) => answer.status() === 404);
    await story.page.route(
      (url) => url.pathname === `/api/v1/users/${id}`,
      (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: '404 page not found' }),
      { times: 1 },
    );
    await story.page.clock.fastForward(31_000);
    await answered;
    await story.page.clock.runFor(500);
    expect(await story.page.getByLabel('First name').inputValue()).toBe('Cora');
    // Its clock is another one for good.
    await story.page.context().close();
  });
});
