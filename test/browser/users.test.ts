import { writeFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { z } from 'zod';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { PASSWORD } from '../support/people.ts';
import { csvFile } from './pages/users.ts';
import { openPlayhouse } from './playhouse.ts';

const usersSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

describe('users in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  it('begin at the sign-in page, and come back to where somebody wanted to go', async () => {
    await house.town.person('boss', 'administrator');
    const story = await house.visitor();
    await story.page.goto(`${rollcall.url}/console/users?state=suspended`);
    await story.fill('User name or email', 'boss');
    await story.fill('Password', PASSWORD);
    await story.press('Sign in', 'button');
    await story.isAt('Users');
    expect(new URL(story.page.url()).search).toBe('?state=suspended');
    await story.press('boss : your account');
    await story.press('My applications');
    await story.press('Console');
    await story.isAt('Home');
  });

  it.each([
    ['/users/not-an-id', 'user', 'To Users', 'Users'],
    ['/groups/not-an-id', 'group', 'To User Groups', 'User Groups'],
    [
      '/applications/00000000-0000-7000-8000-000000000000/general',
      'application',
      'To SSO Applications',
      'SSO Applications',
    ],
  ])('or others that are not there: %s says so, and leads to the list', async (path, noun, link, list) => {
    const story = await house.as(`lost-${noun}`, 'read-only');
    await story.open(path);
    await story.isAt(`There is no such ${noun}`);
    await story.press(link);
    await story.isAt(list);
  });

  it('are searched, and the search says what is shown, also after Back', async () => {
    await made(caller, '/users', { username: 'shown-after-back' });
    const story = await house.as('bob', 'administrator');
    await story.open('/users');
    await story.page.getByRole('combobox', { name: 'State' }).click();
    await story.press('Active', 'option');
    await story.fill('Search: Name, user name or email', 'nobody-like-that');
    await story.sees('Nothing matches');
    await story.page.goBack();
    await story.sees('shown-after-back');
    await expect.poll(() => story.field('Search: Name, user name or email').inputValue()).toBe('');
  });

  it('are added to groups, and who was in one already is not said to have joined it', async () => {
    const id = await made(caller, '/users', { username: 'joe' });
    const [was, joins] = [
      await made(caller, '/groups', { name: 'Was in it' }),
      await made(caller, '/groups', { name: 'Joins it' }),
    ];
    await call(rollcall, 'POST', `/groups/${was}/members`, { add: [id] });
    expect(joins).not.toBe(was);
    const story = await house.as('bob', 'administrator');
    await story.open(`/users/${id}`);
    await story.press('Add to groups');
    await story.press('Select Was in it');
    await story.press('Add to 1 group');
    await story.sees('joe was in it already.');
    await story.press('Add to groups');
    await story.press('Select Was in it');
    await story.press('Select Joins it');
    await story.press('Add to 2 groups');
    await story.sees('joe is in 1 more group.');
  });

  it('are created, changed, suspended, activated and deleted', async () => {
    const story = await house.as('ann', 'administrator');
    await story.open('/users');
    await story.press('Create a user');
    await story.press('Create user');
    await story.sees('Must not be empty.');
    await story.fill('User name', 'ada@acme.test');
    await story.fill('First name', 'Ada');
    await story.fill('Last name', 'Lovelace');
    await story.press('Create user');
    await story.isAt('Ada Lovelace');
    await story.sees('In no group');
    await story.press('Edit');
    await story.fill('Display name', 'Countess Ada');
    await story.press('Add an attribute');
    await story.fill('Name of attribute 1', 'team');
    await story.fill('Value of attribute 1', 'Engines');
    await story.press('Save changes');
    await story.isAt('Countess Ada');
    await story.sees('Engines');
    await story.press('More');
    await story.press('Suspend');
    await story.sees('No account in any application depends on it.');
    await story.press('Suspend user');
    await story.sees('Countess Ada is suspended.');
    await story.press('More');
    await story.press('Activate');
    await story.press('Activate user');
    await story.sees('Countess Ada is active.');
    await story.press('More');
    await story.press('Delete');
    await story.press('Delete user');
    await story.isAt('Users');
    await story.seesNoMore('ada@acme.test');
  });

  it('are sent no link for a new password where no mail server is set, and that is said', async () => {
    const id = await made(caller, '/users', { username: 'ibrahim@marigold.example' });
    const story = await house.as('ann', 'administrator');
    await story.open(`/users/${id}`);
    await story.sees(/^No mail server is set, so that the link cannot be sent/);
    expect(await story.pressable('Send the link by mail').count()).toBe(0);
    await story.pressable('Make a link to hand over').waitFor();
    await story.open('/users?search=ibrahim');
    expect(await story.page.getByRole('cell').locator('wbr').count()).toBe(4);
  });

  it('are searched, filtered and paged by the server, and the address says how', async () => {
    const users = Array.from({ length: 60 }, (_user, index) => ({
      username: `zoe-${String(index).padStart(2, '0')}`,
      state: index === 7 ? 'staged' : 'active',
    }));
    await rollcall.api('POST', '/users/bulk', { users });
    const story = await house.as('cleo', 'read-only');
    await story.open('/users');
    await story.fill('Search: Name, user name or email', 'zoe');
    await story.sees('60 users, page 1');
    await story.press('Next');
    await story.sees('60 users, page 2');
    await expect.poll(() => story.rows('Users')).toHaveLength(10);
    await story.page.reload();
    await story.sees('60 users, page 2');
    await story.press('Previous');
    await story.sees('60 users, page 1');
    await story.page.goBack();
    await story.sees('60 users, page 2');
    const { body } = await rollcall.api('GET', '/users?search=zoe-5&limit=10');
    for (const { id } of usersSchema.parse(body).items) await rollcall.api('DELETE', `/users/${id}`);
    await story.page.reload();
    await story.sees('Nothing is left on this page');
    await story.press('To the page before');
    await story.sees('50 users');
    await story.open('/users?search=zoe&state=staged');
    await expect.poll(() => story.rows('Users')).toEqual([['zoe-07', 'zoe-07', 'Staged', 'just now']]);
  });

  it('are imported from a CSV, and rows that cannot be used by then are told of', async () => {
    const story = await house.as('dora', 'manager');
    await story.open('/users/import');
    await story.page.locator('input[type=file]').setInputFiles(csvFile('username\nfirst\nsecond\n'));
    await story.sees('2 users would be created.');
    await made(caller, '/users', { username: 'second' });
    await story.press('Import 2 users');
    await story.sees(/^1 user created, 0 updated\. 1 row could not be used any more: /);
  });

  it('are imported from a CSV after a look at what it would do', async () => {
    const story = await house.as('dora', 'manager');
    await story.open('/users/import');
    const csv = 'username,firstname,groups\nrosalind,Rosalind,\nrosalind,Rosalind,\nmaurice,Maurice,Nope\n';
    const file = csvFile(csv);
    const field = story.page.locator('input[type=file]');
    await field.setInputFiles(csvFile('name\nrosalind\n'));
    await story.sees('This file cannot be used');
    await field.setInputFiles(file);
    await story.sees('1 user would be created, 2 rows cannot be used.');
    await story.page.getByRole('cell', { name: /^User name is the same as that of line 2\./ }).waitFor();
    // The same file is chosen again once it was corrected, and what was looked at is imported where it was changed since.
    expect(await field.inputValue()).toBe('');
    writeFileSync(file, 'username\nsomebody-else\n');
    await story.page.getByRole('cell', { name: /^"Nope" is the name of no group\./ }).waitFor();
    const { body } = await rollcall.api('GET', '/users?search=rosalind');
    expect(body).toMatchObject({ total: 0 });
    await story.press('Import 1 user');
    await story.sees('1 user created, 0 updated.');
    await story.isAt('Users');
  });

  it('get a new password, and lose sessions and second factors, at the help desk', async () => {
    const id = await house.town.person('eve');
    const browser = house.town.browser();
    await browser.signIn('eve', PASSWORD);
    const story = await house.as('helga', 'help-desk');
    await story.open(`/users/${id}`);
    await story.press('Make a link to hand over');
    const link = story.page.getByLabel('Link', { exact: true });
    await expect.poll(() => link.inputValue()).toMatch(/^http.*token=[\w-]{43}$/);
    await story.press('Close');
    await story.press('End all sessions');
    await story.page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click();
    await story.sees('Not signed in anywhere.');
    await expect.poll(() => story.page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
  });

  it('are found and opened by keyboard alone', async () => {
    const story = await house.as('gwen', 'read-only');
    await made(caller, '/users', { username: 'keyboard-kate' });
    await story.open('/users');
    await story.keys('Tab');
    await expect.poll(() => story.focused()).toBe('To the content');
    await story.keys('Enter', 'Tab');
    await story.page.keyboard.type('keyboard-kate');
    await story.sees('1 user');
    for (let step = 0; step < 12 && (await story.focused()) !== 'keyboard-kate'; step += 1)
      await story.keys('Tab');
    await story.keys('Enter');
    await story.isAt('keyboard-kate');
    await expect.poll(() => story.focused()).toBe('keyboard-kate');
  });
});
