/** Somebody else changed it meanwhile: nobody overwrites what they have not seen, and nothing that was typed is lost. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { openPlayhouse } from './playhouse.ts';

describe('what somebody else changed meanwhile', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  it('of a user: what is there now is shown, and what was typed is kept', async () => {
    const id = await made(caller, '/users', { username: 'grace', firstname: 'Grace' });
    const story = await house.as('ann', 'administrator');
    await story.open(`/users/${id}`);
    await story.press('Edit');
    await story.fill('First name', 'Amazing Grace');
    await rollcall.api('PATCH', `/users/${id}`, { lastname: 'Hopper' });
    await story.press('Save changes');
    await story.sees('Somebody else changed this meanwhile');
    await story.sees('Last name: Hopper');
    await expect.poll(() => story.page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    await story.press('Keep what I typed');
    await story.press('Save changes');
    await story.sees('was saved.');
    const { body } = await rollcall.api('GET', `/users/${id}`);
    expect(body).toMatchObject({ firstname: 'Amazing Grace', lastname: 'Hopper' });
  });

  it('of a group: what is there now is loaded, and the next change is one to that', async () => {
    const id = await made(caller, '/groups', { name: 'Sales', description: 'They sell.' });
    const story = await house.as('bea', 'manager');
    await story.open(`/groups/${id}`);
    await story.press('Edit');
    await story.fill('Name', 'Mine');
    await rollcall.api('PATCH', `/groups/${id}`, { name: 'Theirs' });
    await story.press('Save changes');
    await story.sees('Name: Theirs');
    await story.press('Load what is there now');
    await expect
      .poll(() => story.page.getByRole('textbox', { name: 'Name', exact: true }).inputValue())
      .toBe('Theirs');
    await story.fill('Description', 'They sell more.');
    await story.press('Save changes');
    await story.sees('The group Theirs was saved.');
    const { body } = await rollcall.api('GET', `/groups/${id}`);
    expect(body).toMatchObject({ name: 'Theirs', description: 'They sell more.' });
  });

  it('behind a question: nothing is done, and the next question is about what is there now', async () => {
    const id = await made(caller, '/users', { username: 'peggy' });
    const story = await house.as('eve', 'manager');
    const suspend = story.page.getByRole('button', { name: 'Suspend user' });
    await story.open(`/users/${id}`);
    await story.press('More');
    await story.press('Suspend');
    await story.sees('Suspend peggy?');
    await rollcall.api('PATCH', `/users/${id}`, { lastname: 'Olson' });
    await story.press('Suspend user');
    await story.sees('Somebody else changed this meanwhile, and nothing was done.');
    await expect.poll(() => suspend.isDisabled()).toBe(true);
    expect((await rollcall.api('GET', `/users/${id}`)).body).toMatchObject({ state: 'active' });
    await story.page.getByRole('button', { name: 'Close' }).last().click();
    await story.sees('Olson');
    await story.press('More');
    await story.press('Suspend');
    await story.press('Suspend user');
    await story.sees(/is suspended/);
    expect((await rollcall.api('GET', `/users/${id}`)).body).toMatchObject({ state: 'suspended' });
  });

  it('twice: the second change is shown as well', async () => {
    const id = await made(caller, '/users', { username: 'joan' });
    const story = await house.as('cleo', 'manager');
    await story.open(`/users/${id}`);
    await story.press('Edit');
    await story.fill('First name', 'Joan');
    await rollcall.api('PATCH', `/users/${id}`, { lastname: 'Harris' });
    await story.press('Save changes');
    await story.sees('Last name: Harris');
    await story.press('Keep what I typed');
    await rollcall.api('PATCH', `/users/${id}`, { lastname: 'Holloway' });
    await story.press('Save changes');
    await story.sees('Last name: Holloway');
    await story.press('Keep what I typed');
    await story.press('Save changes');
    await story.sees('Joan Holloway was saved.');
  });

  it('of a name that is taken: whose it is is said by name', async () => {
    await made(caller, '/users', { username: 'ada', firstname: 'Ada', lastname: 'Lovelace' });
    const story = await house.as('dora', 'manager');
    await story.open('/users');
    await story.press('Create a user');
    await story.fill('User name', 'ADA');
    await story.press('Create user');
    await story.sees('The username "ADA" belongs to Ada Lovelace (ada) already.');
  });
});
