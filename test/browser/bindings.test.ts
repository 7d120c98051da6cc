/** Binding groups to an application. */
import { describe, expect, it } from 'vitest';
import { companyOf } from '../support/company.ts';
import { made } from '../support/api.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { byKeyboard, byMouse } from './hands.ts';
import { holdWrites } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';

describe('the groups of an application in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const company = companyOf(rollcall, house.segment, id, new Map());

  it('are ticked over several pages, counted before they are saved, and saved at once', async () => {
    await company.hires('ada');
    await company.hires('grace');
    await company.hires('alan', [], { username: 'no-address', email: null });
    await company.founds('Engines', ['ada', 'alan']);
    await company.founds('Zebras', ['ada', 'grace']);
    for (let number = 0; number < 60; number += 1) await company.founds(`Middle ${number}`);
    const story = await house.as('ann', 'manager');
    await story.open(`/applications/${id}/groups`);
    await story.sees('62 groups, page 1');
    await story.press('Bind Engines');
    await story.sees('1 person would get an account');
    await story.sees(/^1 person cannot be sent: the mapping does not work out for them\./);
    await story.sees(/The connection is inactive/);
    await story.press('Next');
    await story.press('Bind Zebras');
    await story.sees('2 people would get an account');
    await story.sees('2 groups would be created in Segment, or taken over where they are there already.');
    await story.press('Previous');
    await expect.poll(() => story.page.getByLabel('Bind Engines').isChecked()).toBe(true);
    await story.press('Bind 2 groups');
    await story.sees('Segment: 2 groups bound.');
    await story.press('Bound only');
    const bound = async () => (await story.rows('User Groups')).map(([name, , binding]) => [name, binding]);
    await expect.poll(bound).toEqual([
      ['Engines', 'Bound'],
      ['Zebras', 'Bound'],
    ]);
  });

  it('R24, R46: unbinding says who loses an account and whether they are held, and asks', async () => {
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({
      baseUrl: house.segment.baseUrl,
      token: await house.segment.newToken(),
      threshold: { number: 0, percent: 20 },
    });
    await company.activates();
    await company.untilIdle();
    const story = await house.as('bob', 'administrator');
    await story.open(`/applications/${id}/groups?show=bound`);
    await story.press('Bind Engines');
    await story.press('Bind Zebras');
    await story.sees('2 people would lose the account in Segment.');
    await story.sees(/The deactivations would wait for your approval. 2 of 2 users/);
    await story.press('Unbind 2 groups');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Unbind 2 groups' }).click();
    await story.sees('Segment: 2 groups unbound.');
    await story.sees('Nothing matches');
    await expect.poll(async () => (await house.segment.holds()).people).toEqual(['ada', 'grace']);
  });

  it('R24: unbinding asks by what is so when it is pressed, not by what was so when it was ticked', async () => {
    await company.founds('Late');
    await company.binds('Late');
    await company.untilIdle();
    const story = await house.as('bob', 'administrator');
    await story.open(`/applications/${id}/groups?search=Late`);
    await story.press('Bind Late');
    await story.sees(/^1 group would be left in Segment|^Nobody gets or loses an account/);
    await company.adds('Late', 'grace');
    await company.untilIdle();
    await story.press('Unbind 1 group');
    await story.sees('Unbind 1 group?');
    await story.page.getByRole('dialog').getByText('1 person would lose the account in Segment.').waitFor();
    await story.press('Cancel');
  });

  /** Bob is about to leave while it is read who would lose an account by what he pressed. */
  async function unbindingAndLeaving() {
    const story = await house.as('bob', 'administrator');
    await story.open(`/applications/${id}/groups?search=Late`);
    await story.press('Bind Late');
    await story.sees('1 person would lose the account in Segment.');
    const way = await holdWrites(story, '**/groups/preview');
    await story.press('Unbind 1 group');
    await story.press('User Groups', 'link');
    await story.sees('Leave while this is being saved?');
    return { story, ...way };
  }

  it('R24: whoever is about to leave stays where they are still asked', async () => {
    const { story, goOn } = await unbindingAndLeaving();
    goOn();
    await story.sees('Unbind 1 group?');
    await story.seesNoMore('Leave while this is being saved?');
    await story.press('Cancel');
    await story.isAt('Segment');
  });

  it('R24: whoever left before they could be asked is told that nothing was saved', async () => {
    const { story, goOn } = await unbindingAndLeaving();
    await story.press('Leave without waiting');
    await story.isAt('User Groups');
    goOn();
    await story.sees(/^“Unbind 1 group” did not succeed\. 1 person would lose the account in Segment/);
    await story.staysAt('/groups');
    await company.unbinds('Late');
  });

  it.each([
    ['mouse', byMouse],
    ['keyboard', byKeyboard],
  ])('ask before ticks that are not saved are left behind, by %s', async (name, handOf) => {
    await company.founds(`Unsaved of ${name}`);
    const story = await house.as(name, 'manager');
    const hand = handOf(story);
    const tick = `Bind Unsaved of ${name}`;
    await story.open(`/applications/${id}/groups?search=Unsaved`);
    await hand.press(tick, 'checkbox');
    await story.sees('To be bound');
    await hand.press('Bound only', 'checkbox');
    await story.sees('Nothing matches');
    await hand.press('Bound only', 'checkbox');
    await story.sees('To be bound');

    await hand.turnTo('Users');
    await story.sees('What you ticked is not saved, and would be lost.');
    await hand.answer('Stay');
    await story.seesNoMore('Leave without saving?');
    await expect.poll(() => story.page.getByLabel(tick).isChecked()).toBe(true);

    const asked = story.page.waitForEvent('dialog');
    // The browser's own question is answered with "stay", so that nothing comes of the reload.
    void story.page.reload().catch(() => undefined);
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await expect.poll(() => story.page.getByLabel(tick).isChecked()).toBe(true);

    await hand.press('User Groups', 'link');
    await story.sees('What you ticked is not saved, and would be lost.');
    await hand.answer('Leave without saving');
    await story.isAt('User Groups');
    await story.page.goBack();
    await story.sees('Not bound');
    await story.page.reload();
    await story.sees('Not bound');
    await expect.poll(() => story.page.getByLabel(tick).isChecked()).toBe(false);
  });

  it('are only looked at by who may only look, who is told who may do more', async () => {
    const story = await house.as('cleo', 'read-only');
    await story.open(`/applications/${id}/groups`);
    await story.sees(/^To bind groups takes the role Administrator or Manager\./);
    await expect.poll(() => story.page.getByLabel('Bind Engines').isDisabled()).toBe(true);
  });
});
