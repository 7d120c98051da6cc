/** The connection between browser and server is lost, and comes back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { startCable } from '../support/cable.ts';
import { companyOf } from '../support/company.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { openPlayhouse } from './playhouse.ts';

describe('a connection that is lost', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const cable = await startCable(rollcall.url);
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const company = companyOf(rollcall, house.segment, id, new Map());

  beforeEach(cable.plug);

  it('is said, and what happened meanwhile is there once it is back, without a reload', async () => {
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({ baseUrl: house.segment.baseUrl, token: await house.segment.newToken() });
    await company.activates();
    await company.founds('Engineering');
    await company.binds('Engineering');
    await company.hires('ada', ['Engineering']);
    await company.untilIdle();
    const story = await house.as('ann', 'manager');
    await story.page.goto(`${cable.url}/console/applications/${id}/users`);
    await story.sees('Ada Test');
    await story.sees('Live');
    await story.page.evaluate('window.isStillThis = true');

    cable.pull();
    await story.sees('Reconnecting …');
    await company.hires('grace', ['Engineering']);
    await company.untilIdle();
    cable.plug();
    await story.sees('Grace Test');
    await story.sees('Live');
    await company.hires('linus', ['Engineering']);
    await story.sees('Linus Test');
    expect(await story.page.evaluate('window.isStillThis')).toBe(true);
  });

  it('is missed also where it only falls silent', async () => {
    const story = await house.as('cyd', 'manager');
    await story.page.clock.install();
    await story.page.goto(`${cable.url}/console/groups`);
    await story.sees('Live');
    cable.hush();
    await story.page.clock.fastForward(60_000);
    await story.sees('Reconnecting …');
    cable.plug();
    await story.sees('Live');
    // Its clock is another one for good.
    await story.page.context().close();
  });

  it('is missed at once where the browser itself has lost the network, and made again at once', async () => {
    const story = await house.as('eva', 'manager');
    const context = story.page.context();
    await story.open('/groups');
    await story.sees('Live');
    const begun = Date.now();
    await context.setOffline(true);
    await story.sees('Reconnecting …');
    await context.setOffline(false);
    await story.sees('Live');
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('is made up for by itself where a list could not be read, also while the stream goes on', async () => {
    await company.founds('Back Again');
    const story = await house.as('fay', 'manager');
    const lists = (url: URL): boolean => url.pathname === '/api/v1/groups';
    await story.page.route(lists, (route) => route.abort());
    await story.open('/groups');
    await story.sees(/^The server does not answer\./);
    await story.page.unroute(lists);
    await story.sees('Back Again');
  });

  it('is said in the place of a page that was not opened before, which opens once it is back', async () => {
    const story = await house.as('dov', 'manager');
    await story.page.goto(`${cable.url}/console/groups`);
    await story.sees('Live');
    cable.pull();
    await story.press('Insights');
    await story.sees(/^The server does not answer\./);
    await story.press('Try again');
    await story.sees(/^The server does not answer\./);
    cable.plug();
    await story.isAt('Insights');
    expect(story.complaints.splice(0)).toEqual([expect.stringContaining('does not answer')]);
  });

  it('loses nothing that was typed: it is said, and saved once the connection is back', async () => {
    const story = await house.as('bea', 'manager');
    await story.page.goto(`${cable.url}/console/groups`);
    await story.sees('Live');
    await story.press('Create a group');
    await story.fill('Name', 'Auditors');
    cable.pull();
    await story.press('Create group');
    await story.sees(/^The server does not answer\./);
    await story.sees('Reconnecting …');
    // What no event tells of is read again as well.
    await company.founds('Sales');
    cable.plug();
    await story.sees('Live');
    await story.sees('Sales');
    await story.press('Create group');
    await story.isAt('Auditors');
  });
});
