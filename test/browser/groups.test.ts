import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { companyOf } from '../support/company.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { openPlayhouse } from './playhouse.ts';

describe('user groups in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  it('are created, renamed, filled, emptied and deleted', async () => {
    await made(caller, '/users', { username: 'ada', displayname: 'Ada' });
    await made(caller, '/users', { username: 'grace', displayname: 'Grace' });
    const story = await house.as('ann', 'manager');
    await story.open('/groups');
    await story.page.getByRole('button', { name: 'Create a group' }).first().click();
    await story.fill('Name', 'Engines');
    await story.press('Create group');
    await story.isAt('Engines');
    await story.press('Edit');
    await story.fill('Name', 'Engineering');
    await story.press('Save changes');
    await story.isAt('Engineering');
    await story.page.getByRole('button', { name: 'Add members' }).first().click();
    await story.press('Select Ada');
    await story.press('Select Grace');
    await story.sees('The group is bound to no application, so nobody gets an account through it.');
    await story.press('Add 2 members');
    await story.sees('2 people joined Engineering.');
    await story.press('Select Ada');
    await story.press('Remove from the group');
    await story.sees('The group is bound to no application, so no account depends on it.');
    await story.press('Remove 1 member');
    await story.sees('1 person left Engineering.');
    await expect.poll(() => story.rows('Members')).toEqual([['', 'Grace', 'grace', 'Active']]);
    await story.press('More');
    await story.press('Delete');
    await story.sees('1 person leaves it; they stay in the directory.');
    await story.press('Delete group');
    await story.isAt('User Groups');
    await story.sees('No groups yet');
  });

  it('are joined and left on the page of a person', async () => {
    const id = await made(caller, '/users', { username: 'joan', displayname: 'Joan' });
    await made(caller, '/groups', { name: 'Marketing' });
    const story = await house.as('bea', 'manager');
    await story.open(`/users/${id}`);
    await story.press('Add to groups');
    await story.press('Select Marketing');
    await story.press('Add to 1 group');
    await story.sees('Joan is in 1 more group.');
    await story.press('Remove Joan from Marketing');
    await story.sees('The group is bound to no application, so no account depends on it.');
    await story.press('Remove Joan');
    await story.sees('In no group');
  });

  it('R12, R46: say who would lose an account, and whether they are held, before somebody is removed', async () => {
    const applicationId = await made(caller, '/applications', { connector: 'segment', label: 'Segment' });
    const company = companyOf(rollcall, house.segment, applicationId, new Map());
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({
      baseUrl: house.segment.baseUrl,
      token: await house.segment.newToken(),
      threshold: { number: 1, percent: 50 },
    });
    await company.activates();
    await company.founds('Design');
    await company.founds('Editors');
    await company.binds('Design', 'Editors');
    await company.hires('linus', ['Design', 'Editors']);
    await company.hires('margaret', ['Design']);
    await company.hires('peggy', ['Design']);
    await company.untilIdle();
    const story = await house.as('dan', 'manager');
    await story.open(`/groups/${company.groupId('Design')}`);
    await expect
      .poll(() => story.rows('Applications'))
      .toEqual([['Segment', 'There\n\nBound to the application.', '3 of 3 members there']]);
    await story.press('Select all on this page');
    await story.press('Remove from the group');
    await story.sees(
      /^Segment: 2 people would lose the account there\. The deactivations would wait for your approval\. 2 of 3 users/,
    );
    await story.press('Cancel');
    await story.press('Select Peggy Test');
    await story.press('Select Margaret Test');
    await story.press('Remove from the group');
    await story.sees('Segment: nobody would lose the account there.');
    await story.press('Cancel');
    await story.open(`/users/${company.userId('peggy')}`);
    await story.press('Remove Peggy Test from Design');
    await story.sees('Segment: 1 person would lose the account there.');
    await story.press('Remove Peggy Test');
    await story.sees('1 person left Design.');
    await company.untilIdle();
    await expect.poll(async () => (await house.segment.holds()).people).toEqual(['linus', 'margaret']);
  });

  it('are only looked at by who may only look', async () => {
    await made(caller, '/groups', { name: 'Sales' });
    const story = await house.as('cleo', 'read-only');
    await story.open('/groups');
    await story.press('Sales');
    await story.isAt('Sales');
    await story.sees('No members yet');
    await expect.poll(() => story.page.getByRole('button', { name: /Add|Edit|More/ }).count()).toBe(0);
  });
});
