/** The plan of an application: seen before it is sent, applied, held and decided. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { made } from '../support/api.ts';
import { companyOf } from '../support/company.ts';
import { until } from '../support/scene.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { holdWrites } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';

describe('the plan in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;

  /** An application of its own, with a connection that is configured and inactive. */
  const founded = async (label: string) => {
    const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label });
    const company = companyOf(rollcall, house.segment, id, new Map());
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({ baseUrl: house.segment.baseUrl, token: await house.segment.newToken() });
    return company;
  };

  it('R47: says what would be sent, before anything is, and why nothing is yet', async () => {
    const company = await founded('Planned');
    await company.hires('ada');
    await company.hires('grace', [], { username: 'no-address', email: null });
    await company.founds('Engines', ['ada', 'grace']);
    await company.binds('Engines');
    const story = await house.as('ann', 'read-only');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.sees('The connection of Planned is inactive. Nothing of this is sent before it is active.');
    await story.sees(/^Create the account "ada@acme.test" for Ada Test/);
    await story.sees('Email address: ada@acme.test');
    await story.sees(/^\d steps?, and 1 record that cannot be sent$/);
    await story.page.getByRole('button', { name: /1 user who cannot be sent/ }).click();
    await expect.poll(() => story.rows('Plan')).toHaveLength(1);
    await story.press('Show all kinds');
    await story.fill('Search: Name, or part of a sentence', 'engines');
    await expect.poll(async () => (await story.rows('Plan')).length).toBe(2);
    await expect.poll(() => story.page.getByRole('button', { name: 'Apply' }).count()).toBe(0);
    await expect.poll(async () => (await house.segment.holds()).people).toEqual([]);
  });

  it('R46: says that leavers would be held once the connection is activated', async () => {
    const company = await founded('Sleeping');
    for (const name of ['una', 'yan', 'xia']) await company.hires(name);
    await company.founds('Night', ['una', 'yan', 'xia']);
    await company.binds('Night');
    await company.configures({ threshold: { number: 1, percent: 10 } });
    await company.activates();
    await company.untilIdle();
    await company.deactivates();
    await company.suspends('una', 'yan');
    const story = await house.as('ann', 'read-only');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.sees(/The deactivations are held then\. 2 of 3 users \(67 %\) would be deactivated/);
    await story.isAccessible();
  });

  it('R46: leavers are held, shown with their numbers and their change, and approved', async () => {
    const company = await founded('Braked');
    const names = ['bea', 'cyd', 'dan', 'eli', 'flo'];
    for (const name of names) await company.hires(name);
    await company.founds('Staff', names);
    await company.binds('Staff');
    await company.configures({ threshold: { number: 2, percent: 10 } });
    await company.activates();
    await company.untilIdle();
    const story = await house.as('bob', 'administrator');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.sees('Braked is in step with the directory');
    await story.sees('In step');
    await company.removes('Staff', 'bea', 'cyd', 'dan');
    await story.sees('3 people held');
    await story.sees(/3 of 5 users \(60 %\) would be deactivated/);
    const [first] = await story.rows('Held people');
    expect(first?.slice(1)).toEqual([
      'No longer in a bound group',
      expect.stringMatching(/ changed the members of the group "Staff"$/),
    ]);
    const held = story.page.getByRole('table', { name: 'Held people' }).getByRole('link').first();
    expect(await held.getAttribute('href')).toMatch(/\/applications\/[^/]+\/users\/[^/]+$/);
    await until('the group is in line', async () => {
      const { groups } = await house.segment.holds();
      return groups.Staff?.length === 2;
    });
    await expect.poll(async () => (await house.segment.holds()).people).toContain('bea');
    await story.press('Deactivate 3 people');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Deactivate 3 people' }).click();
    await story.sees('The deactivation of 3 people was approved.');
    await until('they are gone', async () => !(await house.segment.holds()).people.includes('bea'));
    await story.seesNoMore('3 people held');
    await story.sees('Braked is in step with the directory');
  });

  it('R46: held leavers keep their accounts where that is decided', async () => {
    const company = await founded('Rejected');
    for (const name of ['gil', 'hal', 'ida']) await company.hires(name);
    await company.founds('Crew', ['gil', 'hal', 'ida']);
    await company.binds('Crew');
    await company.configures({ threshold: { number: 0, percent: 10 } });
    await company.activates();
    await company.untilIdle();
    await company.suspends('gil', 'hal');
    const story = await house.as('cat', 'administrator');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.sees('2 people held');
    await story.sees('Loses access');
    await story.sees('These people lose their access once you approve it, above.');
    await story.press('Reject');
    await story.press('Keep the accounts');
    await story.sees(/2 people keep the account in Rejected\./);
    await story.seesNoMore('2 people held');
    await expect
      .poll(async () => (await house.segment.holds()).people)
      .toEqual(expect.arrayContaining(['gil', 'hal']));
    await story.sees(/are kept against the directory, because an administrator rejected the deactivation/);
    await story.sees('There is nothing to send');
    await story.press('2 accounts kept against the directory');
    await story.sees('2 users');
    expect((await story.rows('Users')).map(([name]) => name)).toEqual([
      expect.stringContaining('gil'),
      expect.stringContaining('hal'),
    ]);
    await story.press('Only kept', 'switch');
    await story.sees('3 users');
    await story.page.getByRole('link', { name: 'gil' }).click();
    await story.sees('The account is kept');
    await story.sees(/An administrator rejected the deactivation, so the account stays/);
    expect(await story.page.getByText(/an administrator rejected/i).count()).toBe(1);
    await story.isAccessible();
    await story.press('Let them leave');
    await story.press('Deactivate the account');
    await story.sees(/leaves after all, as the directory says\./);
    await story.seesNoMore('The account is kept');
    await until('they are gone', async () => !(await house.segment.holds()).people.includes('gil'));
    await story.open(`/applications/${company.applicationId}/users`);
    await story.sees('1 account kept against the directory');
    expect((await house.segment.holds()).people).toContain('hal');
  });

  it('R46: a hold that somebody else decides leaves no plan of it on the screen', async () => {
    const company = await founded('Elsewhere');
    for (const name of ['ulf', 'val', 'wes']) await company.hires(name);
    await company.founds('Deck', ['ulf', 'val', 'wes']);
    await company.binds('Deck');
    await company.configures({ threshold: { number: 0, percent: 10 } });
    await company.activates();
    await company.untilIdle();
    await company.suspends('ulf', 'val');
    await company.untilIdle();
    const story = await house.as('eva', 'administrator');
    await story.open(`/applications/${company.applicationId}/plan`);
    const leaving = /2 accounts to deactivate/;
    await story.sees(leaving);
    const holds = z.object({ items: z.tuple([z.looseObject({ id: z.string() })]) });
    const [hold] = holds.parse(await company.ask('GET', '/holds')).items;
    await company.ask('POST', `/holds/${hold.id}/reject`);
    await story.seesNoMore('2 people held');
    await story.seesNoMore(leaving);
  });

  it('a plan that changed meanwhile is not applied: the new one shows, and is sent', async () => {
    const company = await founded('Applied');
    await company.hires('jan');
    await company.hires('kim');
    await company.founds('Team', ['jan', 'kim']);
    await company.binds('Team');
    await house.segment.behaves({ latencyMs: 1500 });
    await company.activates();
    const story = await house.as('dora', 'administrator');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.sees('Working');
    await story.sees(/record(s)? to look at/);
    await story.press('Apply');
    await company.hires('leo', ['Team']);
    await story.page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    await story.sees('This is the new plan');
    await story.sees(/The plan has changed since you saw it/);
    await house.segment.behaves({ latencyMs: 0 });
    await story.sees('Applied is in step with the directory');
    await expect
      .poll(async () => (await house.segment.holds()).people)
      .toEqual(expect.arrayContaining(['jan', 'kim', 'leo']));
  });

  it('says on another page that it was not applied, as it changed meanwhile', async () => {
    const company = await founded('Left');
    await company.hires('max');
    await company.founds('Sailors', ['max']);
    await company.binds('Sailors');
    await house.segment.behaves({ latencyMs: 1500 });
    await company.activates();
    const story = await house.as('eve', 'administrator');
    await story.open(`/applications/${company.applicationId}/plan`);
    await story.press('Apply');
    const { goOn } = await holdWrites(story, '**/apply');
    await story.page.getByRole('dialog').getByRole('button', { name: /^Send/ }).click();
    await story.keys('Escape');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    await company.hires('ned', ['Sailors']);
    goOn();
    await story.sees(/^“Send \d+ steps?” did not succeed\. The plan has changed since you saw it/);
    await house.segment.behaves({ latencyMs: 0 });
  });
});
