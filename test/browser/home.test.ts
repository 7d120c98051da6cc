/** Home: how to begin, what needs somebody first, and how everything stands while it happens. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { NARROW, WIDE } from './accessible.ts';
import { openPlayhouse } from './playhouse.ts';

const day = { updated: 0, reactivated: 0, deactivated: 2, groupChanges: 1, refused: 3, failed: 0 };

const DAYS = [
  { day: '2026-11-25', created: 7, ...day },
  { day: '2026-11-26', created: 5, ...day },
];

describe('Home', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  it('shows somebody who begins what to do first, and what of it is done', async () => {
    const story = await house.as('ann', 'administrator');
    await story.open('/');
    await story.isAt('Home');
    const steps = story.page.getByRole('listitem').filter({ hasText: /^(Done|To do):/ });
    await expect.poll(() => steps.count()).toBe(5);
    await expect.poll(() => steps.filter({ hasText: 'Done:' }).count()).toBe(0);
    await story.press('Go to Users: Add people');
    await story.isAt('Users');
    await made(caller, '/users', { username: 'ada' });
    await story.open('/');
    await expect.poll(() => steps.filter({ hasText: 'Done:' }).allInnerTexts()).toHaveLength(1);
    await expect.poll(() => steps.first().innerText()).toContain('Add people');
  });

  it('shows who may only look no first steps, but that nothing is there yet', async () => {
    const story = await house.as('bea', 'read-only');
    await story.open('/');
    await story.sees('No applications yet');
    await story.seesNoMore('First steps');
    await expect.poll(() => story.page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  });

  it('says what needs somebody and leads to where it is dealt with, and follows what happens', async () => {
    const id = await made(caller, '/applications', { connector: 'scim2', label: 'Wiki' });
    const story = await house.as('cleo', 'manager');
    await story.open('/');
    await story.sees('Nothing: no connection is paused');
    await rollcall.database.db
      .updateTable('applications')
      .set({
        idm_state: 'paused',
        idm_reason: JSON.stringify({ code: 'x', message: 'The token was rejected.' }),
      })
      .where('id', '=', id)
      .execute();
    await story.page.reload();
    await story.sees('The connection of Wiki is paused, and nothing is sent. The token was rejected.');
    await expect
      .poll(async () => (await story.rows('Applications'))[0]?.slice(0, 2))
      .toEqual(['Wiki', 'Paused']);
    const link = story.page.getByRole('link', { name: 'Look at the connection: Wiki' });
    await expect
      .poll(() => link.getAttribute('href'))
      .toBe(`/console/applications/${id}/identity-management`);
  });

  it('says on a phone too how many are held and were refused', async () => {
    await made(caller, '/applications', { connector: 'scim2', label: 'Pocket' });
    const story = await house.as('flo', 'read-only');
    await story.page.setViewportSize(NARROW);
    await story.open('/');
    const row = story.page.getByRole('table', { name: 'Applications' }).getByRole('row', { name: /Pocket/ });
    for (const label of ['Held', 'Refused'])
      await row.locator(`[data-label="${label}"]`).filter({ visible: true }).waitFor();
    await story.page.setViewportSize(WIDE);
  });

  it('loads what draws a chart once it is scrolled to, into room that was kept for it', async () => {
    const story = await house.as('eve', 'read-only');
    const loaded: string[] = [];
    story.page.on('request', (request) => loaded.push(request.url()));
    const drawing = () => loaded.filter((url) => /\/drawing-[^/]+\.js$/.test(url)).length;
    await story.answers('GET', '/api/v1/insights/provisioning', { days: DAYS });
    await story.page.setViewportSize({ width: 1280, height: 240 });
    await story.open('/');
    const figure = story.page.getByRole('img', { name: /^What was provisioned in 2 days/ });
    await figure.waitFor();
    const height = async () => (await figure.boundingBox())?.height;
    const before = await height();
    expect(drawing()).toBe(0);
    await figure.scrollIntoViewIfNeeded();
    await story.page.locator('.recharts-surface').first().waitFor();
    expect(drawing()).toBe(1);
    expect(await height()).toBe(before);
  });

  it('draws what was provisioned, and has the same numbers as a table', async () => {
    const story = await house.as('dora', 'read-only');
    await story.answers('GET', '/api/v1/insights/provisioning', { days: DAYS });
    await story.open('/');
    await story.page
      .getByRole('img', { name: 'What was provisioned in 2 days: 12 accounts created, 4 deactivated.' })
      .waitFor();
    await story.press('Show as a table: Provisioned over time');
    await expect
      .poll(() => story.rows('Provisioned over time'))
      .toEqual([
        ['Nov 26', '5', '0', '0', '2', '1', '3', '0'],
        ['Nov 25', '7', '0', '0', '2', '1', '3', '0'],
      ]);
  });
});
