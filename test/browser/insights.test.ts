import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { settle, type Settlement } from './pages/settlement.ts';
import { openPlayhouse } from './playhouse.ts';

describe('insights in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  let settlement: Settlement;
  beforeAll(async () => {
    settlement = await settle(house);
    await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Second' });
  });

  it('show the operations of every application, or of one', async () => {
    const story = await house.as('max', 'read-only');
    await story.open('/insights');
    await story.press('Provisioning log', 'link');
    await story.isAt('Provisioning log');
    await story.sees(/^Created the account "ada@acme.test"/);
    await expect.poll(async () => (await story.rows('Operations'))[0]?.at(-1)).toBe('Segment');
    await story.page.getByRole('combobox', { name: 'Application' }).click();
    await story.press('Second', 'option');
    await story.sees('Nothing matches');
    await expect.poll(() => story.page.getByRole('link', { name: 'Audit trail' }).count()).toBe(0);
  });

  it('tell in sentences who did what, with what differs', async () => {
    await call(rollcall, 'PATCH', `/users/${settlement.userId('ada')}`, { firstname: 'Augusta' });
    const story = await house.as('nia', 'administrator');
    await story.open('/insights/audit');
    await story.fill('Search: Who did it, or to whom', 'ada@acme.test');
    await story.press('The API key "ROLLCALL_API_KEY" changed the user "ada@acme.test"');
    await expect.poll(() => story.rows('What differs')).toEqual([['Firstname', 'Ada', 'Augusta']]);
    await story.keys('Escape');
    await story.page.getByRole('combobox', { name: 'Application' }).click();
    await story.press('Segment', 'option');
    await story.sees('Nothing matches');
  });

  it('export the audit trail of some days', async () => {
    const story = await house.as('ole', 'administrator');
    await story.open('/insights/audit?to=2000-01-01');
    await story.sees('Nothing matches');
    await story.fill('Until', '');
    await story.sees(/^\d+ entries/);
    const downloading = story.page.waitForEvent('download');
    await story.press('Export as CSV', 'link');
    const download = await downloading;
    expect(readFileSync(await download.path(), 'utf8')).toContain(',application.created,');
  });

  it('narrow the audit trail down to a day that is typed, which one step back takes away', async () => {
    const story = await house.as('ole', 'administrator');
    await story.open('/insights/audit');
    await story.field('From').focus();
    await story.page.keyboard.type('11272026');
    const search = () => new URL(story.page.url()).search;
    await expect.poll(search).toBe('?from=2026-11-27');
    await story.page.goBack();
    await expect.poll(search).toBe('');
    await expect.poll(() => story.field('From').inputValue()).toBe('');
  });

  it('verify that the audit trail is whole, and say where it is not', async () => {
    await call(rollcall, 'PATCH', `/users/${settlement.userId('don')}`, { firstname: 'Donald' });
    const story = await house.as('pam', 'administrator');
    await story.open('/insights/audit');
    await story.press('Verify the trail');
    await story.sees(/^The trail is whole: \d+ entries\.$/);
    const { db } = rollcall.database;
    await sql`ALTER TABLE audit DISABLE TRIGGER USER`.execute(db);
    await sql`UPDATE audit SET content = replace(content::text, 'Donald', 'Dick')::json`.execute(db);
    await story.press('Verify the trail');
    await story.sees('The trail is not whole');
    await story.sees(/\d+ entries before it fit/);
  });
});
