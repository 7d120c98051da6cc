/** Where those are who use the keyboard, or hear the page, once a dialog is closed: at what opened it, and never at the page's end. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const isBackAt = (story: Story, name: string) => expect.poll(() => story.focused()).toBe(name);

const isClosed = ({ page }: Story) => expect.poll(() => page.getByRole('dialog').count()).toBe(0);

describe('a dialog that is closed leads back', async () => {
  const house = await openPlayhouse();
  const caller = { call: house.town.rollcall.api };

  it.each([
    ['/users', 'Create a user'],
    ['/groups', 'Create a group'],
    ['/settings/api-keys', 'Make an API key'],
    ['/settings/administrators', 'Give a role'],
    ['/applications/new', 'Add Segment'],
  ])('on %s to "%s"', async (path, open) => {
    const story = await house.as('ann', 'administrator');
    await story.open(path);
    await story.pressable(open).first().click();
    await story.page.getByRole('dialog').waitFor();
    await story.keys('Escape');
    await isClosed(story);
    await isBackAt(story, open);
  });

  it('to the menu of which its entry is gone', async () => {
    const id = await made(caller, '/users', { username: 'ada' });
    const story = await house.as('ann', 'administrator');
    await story.open(`/users/${id}`);
    await story.press('More');
    await story.press('Suspend');
    await story.sees('Suspend ada?');
    await story.keys('Escape');
    await isClosed(story);
    await isBackAt(story, 'More');
    await story.keys('Enter');
    await story.press('Suspend');
    await story.press('Suspend user');
    await story.sees('ada is suspended.');
    await isBackAt(story, 'More');
  });

  it('to the beginning of the page where what opened it is gone', async () => {
    const [id, group] = [
      await made(caller, '/users', { username: 'grace' }),
      await made(caller, '/groups', { name: 'Sales' }),
    ];
    await call(house.town.rollcall, 'POST', `/groups/${group}/members`, { add: [id] });
    const story = await house.as('ann', 'administrator');
    await story.open(`/users/${id}`);
    await story.press('Remove grace from Sales');
    await story.press('Remove grace');
    await story.sees('In no group');
    await isClosed(story);
    await isBackAt(story, 'grace');
  });
});
