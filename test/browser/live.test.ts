/** The connection between browser and server is lost, and comes back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { startCable } from '../support/cable.ts';
import { companyOf } from '../support/company.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

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

  /** As a proxy is set up (docs/production.md): what is for machines is kept from the outside. */
  const keepsMachinesOut = async ({ page }: Story): Promise<void> => {
    await page.route(/\/(healthz|readyz|metrics)$/, (route) =>
      route.fulfill({ status: 404, body: 'Not found' }),
    );
  };

  it('is made up for by itself where a list could not be read, also while the stream goes on', async () => {
    await company.founds('Back Again');
    const story = await house.as('fay', 'manager');
    await story.open('/');
    await story.sees('Live');
    await keepsMachinesOut(story);
    const away = (url: URL): boolean => ['/api/v1/groups', '/api/v1/session'].includes(url.pathname);
    await story.page.route(away, (route) => route.abort());
    const looked = story.page.waitForEvent('requestfailed', (asked) => asked.url().endsWith('/session'));
    await story.press('User Groups');
    await story.sees(/^The server does not answer\./);
    await looked;
    await story.page.unroute(away);
    await story.sees('Back Again');
  });

  it.each([504, 502])(
    'is none where only a list is answered with %i: it is tried again by hand',
    async (status) => {
      const story = await house.as(`gus-${status}`, 'manager');
      await story.page.clock.install();
      await story.open('/');
      await story.sees('Live');
      let asked = 0;
      await story.page.route(
        (url) => url.pathname === '/api/v1/groups',
        (route) => {
          asked += 1;
          return route.fulfill({ status, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
        },
      );
      await story.press('User Groups');
      await story.sees('Rollcall did not answer');
      const before = asked;
      for (let look = 0; look < 5; look += 1) {
        await story.page.clock.fastForward(5_000);
        await story.page.waitForTimeout(200);
      }
      expect(asked).toBe(before);

      // While it is tried again, what is shown stays, and so does the focus.
      await story.page.evaluate(`window.shown = document.querySelector('[role="alert"]')`);
      await story.press('Try again');
      await story.page.clock.runFor(10_000);
      await expect.poll(() => asked).toBeGreaterThan(before);
      expect(await story.page.evaluate(`document.querySelector('[role="alert"]') === window.shown`)).toBe(
        true,
      );
      expect(await story.page.evaluate('document.activeElement.textContent')).toBe('Try again');
      // Its clock is another one for good.
      await story.page.context().close();
    },
  );

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
