import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/company.ts';
import { until } from '../support/scene.ts';
import { emailOf } from '../support/segment.ts';
import { settle, untilIdle, type Settlement } from './pages/settlement.ts';
import { openPlayhouse } from './playhouse.ts';

describe('the users of an application in the console', async () => {
  const house = await openPlayhouse();
  const { segment, town } = house;
  const { rollcall } = town;
  let settlement: Settlement;
  let at = '';
  beforeAll(async () => {
    settlement = await settle(house);
    at = `/applications/${settlement.applicationId}`;
  });

  const change = (name: string, fields: object) =>
    call(rollcall, 'PATCH', `/users/${settlement.userId(name)}`, fields);
  const leave = (group: string, ...names: readonly string[]) =>
    call(rollcall, 'POST', `/groups/${settlement.groupId(group)}/members`, {
      remove: names.map(settlement.userId),
    });
  const join = (group: string, ...names: readonly string[]) =>
    call(rollcall, 'POST', `/groups/${settlement.groupId(group)}/members`, {
      add: names.map(settlement.userId),
    });

  it('R44: one that the application refuses says why, and is retried after mending', async () => {
    await segment.behaves({ refuseUsers: [emailOf('joan')] });
    await change('joan', { state: 'active' });
    await join('Marketing', 'joan');
    await untilIdle(house, settlement.applicationId);
    const story = await house.as('pia', 'help-desk');
    await story.open(`${at}/users`);
    await story.press('Only with trouble');
    await story.sees('1 user');
    await story.press('Joan Holloway (joan@acme.test)', 'link');
    await story.isAt('Joan Holloway (joan@acme.test) in Segment');
    await story.sees('It was refused');
    await story.sees(/The application said:/);
    await story.pressable('Retry').waitFor();
    await story.open(`${at}/plan`);
    await story.sees(/It waits for a change, or for Retry/);
    await story.pressable('Retry Joan Holloway (joan@acme.test)').waitFor();
    await story.open(`${at}/users?trouble=yes`);
    await segment.behaves({ refuseUsers: [] });
    await story.press('Retry Joan Holloway (joan@acme.test)');
    await story.sees('Nothing matches');
    await story.press('Show all');
    await story.sees('7 users');
    await expect.poll(async () => (await segment.holds()).people).toContain('joan');
  });

  it('R5, R12: whoever is suspended is not said to lose an account while nothing is sent', async () => {
    const story = await house.as('olga', 'administrator');
    await story.open(`/users/${settlement.userId('linus')}`);
    await story.press('More');
    await story.press('Suspend');
    await story.sees(/^Access to Segment ends\. The account there is deactivated/);
    await story.press('Cancel');
    await call(rollcall, 'POST', `${at}/identity-management/deactivate`);
    await story.page.reload();
    await story.press('More');
    await story.press('Suspend');
    await story.sees(/^The account in Segment stays for now: the connection is inactive/);
    await story.seesNoMore(/^Access to Segment ends/);
    await story.press('Cancel');
    await call(rollcall, 'POST', `${at}/identity-management/activate`);
    await untilIdle(house, settlement.applicationId);
  });

  it('R12: whoever suspends somebody in the form is asked as well, with what is lost', async () => {
    const story = await house.as('olga', 'administrator');
    const choose = (state: string) =>
      story.page.getByRole('dialog').getByText(state, { exact: true }).click();
    await story.open(`/users/${settlement.userId('margaret')}`);
    await story.press('Edit');
    await choose('Suspended');
    await story.press('Save changes');
    await story.sees('Suspend Margaret Hamilton?');
    await story.sees(/^Access to Segment ends\./);
    await story.isAccessible();
    await story.page.getByRole('dialog', { name: 'Suspend' }).getByRole('button', { name: 'Cancel' }).click();
    await story.seesNoMore('Suspend Margaret Hamilton?');
    await story.fill('Last name', 'Heafield');
    await choose('Staged');
    await story.press('Save changes');
    await story.sees('Set Margaret Hamilton back to staged?');
    await story.press('Save as staged');
    await story.isAt('Margaret Heafield');
    await story.press('Edit');
    await choose('Active');
    await story.press('Save changes');
    await story.sees('Margaret Heafield was saved.');
    await untilIdle(house, settlement.applicationId);
  });

  it('R10: are provisioned now, each step shown as it happens', async () => {
    await change('don', { state: 'suspended' });
    await untilIdle(house, settlement.applicationId);
    await segment.behaves({ refuseUsers: [emailOf('don')] });
    await change('don', { state: 'active' });
    await untilIdle(house, settlement.applicationId);
    await segment.behaves({ refuseUsers: [] });
    const story = await house.as('quin', 'administrator');
    await story.open(`${at}/users/${settlement.userId('don')}`);
    await story.press('Provision now');
    const dialog = story.page.getByRole('dialog');
    for (const step of ['Match', 'Map', 'Plan', 'Request', 'Answer'])
      await dialog.getByRole('heading', { name: step, exact: true }).waitFor();
    await story.sees('Not sent yet.');
    await dialog.getByRole('button', { name: 'Provision now' }).click();
    await story.sees(/^Finished\. Assigned through/);
    await dialog
      .getByText(/^(POST|PATCH|PUT) \/Users/)
      .first()
      .click();
    await story.sees(/^Answer: (OK|Created) \(/);
    await expect.poll(async () => (await segment.holds()).people).toContain('don');
    await dialog.getByRole('button', { name: 'Provision again' }).click();
    await story.sees('Nothing had to be sent.');
  });

  it('R15: an attribute that the application keeps is shown so', async () => {
    await change('ada', { lastname: 'Byron' });
    await untilIdle(house, settlement.applicationId);
    const story = await house.as('rae', 'read-only');
    await story.open(`${at}/users?search=ada`);
    await story.sees('Keeps its own display name "Ada Lovelace", although "Ada Byron" was sent.');
    await expect.poll(() => story.page.getByRole('button', { name: /Provision now/ }).count()).toBe(0);
    await story.open(`/users/${settlement.userId('ada')}`);
    await story.page.getByRole('link', { name: /^Why\?/ }).click();
    await story.sees('What the application keeps for itself');
    await expect
      .poll(() => story.rows('Mapping'))
      .toContainEqual(['Display name', expect.any(String), 'Ada Byron', 'Ada Lovelace']);
    await story.sees('Nothing is left to do.');
  });

  it('R15: a user name that it keeps asks somebody to decide', async () => {
    const renamed = 'admiral@acme.test';
    await change('grace', { username: renamed, email: renamed });
    await untilIdle(house, settlement.applicationId);
    const story = await house.as('sol', 'administrator');
    await story.open(`${at}/plan`);
    await story.sees('Somebody has to decide');
    await story.seesNoMore('Something failed');
    await story.seesNoMore('Segment is in step with the directory');
    await story.press('1 account');
    await story.press('Decide on Grace Hopper (admiral@acme.test)', 'link');
    await story.sees('Somebody has to decide');
    await story.sees('Once somebody has decided which account they go on with.');
    await story.seesNoMore('Nothing is left to do.');
    expect(await story.page.getByText(/keeps? (the|its own) user ?name/i).count()).toBe(1);
    await story.press('Move to a new account');
    await story.sees(/The account "grace@acme.test" is deactivated/);
    await story.press('Move to the new account');
    await story.seesNoMore('Somebody has to decide');
    await until('the new account is there', async () => (await segment.holds()).people.includes('admiral'));
    await expect.poll(async () => (await segment.holds()).people).not.toContain('grace');
  });

  it('R26: a group says which members were refused, and takes them after mending', async () => {
    await segment.behaves({ refuseMembers: [emailOf('linus')] });
    await leave('Engineering', 'linus');
    await untilIdle(house, settlement.applicationId);
    await join('Engineering', 'linus');
    await untilIdle(house, settlement.applicationId);
    const story = await house.as('tom', 'help-desk');
    await story.open(`${at}/users`);
    await story.page.getByText('Groups', { exact: true }).click();
    await story.sees(/3 of 4 members there, 1 refused/);
    await story.sees(/The application said: “\S+ is refused/);
    await story.sees(/^Linus Torvalds/);
    await segment.behaves({ refuseMembers: [] });
    await story.press('Retry Engineering');
    await story.sees('4 of 4 members there');
    await story.seesNoMore('1 refused');
  });

  it('R16: what is found changed in the application, and is only reported, is shown of groups and people', async () => {
    await call(rollcall, 'PATCH', `${at}/identity-management`, { behaviour: { drift: 'report' } });
    await segment.takesOut('Engineering', 'linus');
    await segment.deletes('Users', 'peggy');
    await call(rollcall, 'POST', `${at}/sync`, { full: true });
    await untilIdle(house, settlement.applicationId);
    const story = await house.as('vic', 'read-only');
    await story.open(`${at}/log`);
    await story.press('1 account changed there');
    await story.sees('1 user');
    await story.sees('When the application was last read, the account was missing. That is left as it is.');
    await story.press('2 groups changed there');
    await story.sees('2 groups');
    await story.sees(
      'When the application was last read, 1 member was missing from the group. That is left as it is.',
    );
    await story.open(`${at}/users?search=peggy`);
    await story.sees('When the application was last read, the account was missing. That is left as it is.');
    await story.open(`${at}/users/${settlement.userId('peggy')}`);
    await story.sees('Changed there');
  });

  it('say that nothing is sent while the connection is inactive, and offer no provisioning then', async () => {
    await call(rollcall, 'POST', `${at}/identity-management/deactivate`);
    const story = await house.as('una', 'administrator');
    await story.open(`${at}/users/${settlement.userId('ada')}`);
    await story.sees(/The connection is inactive, so nothing is sent/);
    await story.press('Provision now');
    const start = story.page.getByRole('dialog').getByRole('button', { name: 'Provision now' });
    await expect.poll(() => start.isDisabled()).toBe(true);
  });
});
