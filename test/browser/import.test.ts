/** Importing people who are already in the application. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { imports } from '../../src/jobs/imports.ts';
import { silentLogger } from '../../src/log.ts';
import { makeMailer } from '../../src/mail/mailer.ts';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { startMailServer } from '../support/mail-server.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { holdWrites } from './held-writes.ts';
import { openPlayhouse, type Playhouse } from './playhouse.ts';

/** An application that is at work and was never asked for its users. */
async function connected({ segment, town }: Playhouse): Promise<string> {
  const { rollcall } = town;
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const connection = { baseUrl: segment.baseUrl, token: await segment.newToken() };
  await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
  await call(rollcall, 'PATCH', `/applications/${id}/identity-management`, connection);
  return id;
}

const activate = ({ town }: Playhouse, id: string) =>
  call(town.rollcall, 'POST', `/applications/${id}/identity-management/activate`);

/** What was asked of the application that may change something there. */
const writesOf = async ({ segment }: Playhouse): Promise<string[]> =>
  (await segment.asked()).map(({ route }) => route).filter((route) => !route.startsWith('GET '));

const MANY = 260;
const MAIL_FROM = 'Rollcall <rollcall@acme.test>';

describe('importing the users of an application', async () => {
  const mail = await startMailServer();
  const smtpUrl = mail.url;
  const house = await openPlayhouse({ SMTP_URL: smtpUrl });
  const { segment, town } = house;
  // Background jobs do not run by themselves in tests.
  const work = () =>
    imports.run({
      database: town.rollcall.database,
      config: { eventRetentionDays: 30 },
      address: 'https://rollcall.acme.test',
      log: silentLogger,
      mailer: makeMailer({ smtpUrl, mailFrom: MAIL_FROM }),
      stopping: new AbortController().signal,
    });
  let id = '';
  let tab = '';
  beforeAll(async () => {
    id = await connected(house);
    tab = `/applications/${id}/import`;
    await segment.hasMember('jan');
    await segment.hasMember('bea');
    await segment.hasMember('cleo');
    await segment.accountChanges('jan', { displayName: 'Jan van der Berg' });
    await made({ call: town.rollcall.api }, '/users', {
      username: 'bea',
      email: 'bea@acme.test',
      firstname: 'Bea',
      lastname: 'Arthur',
    });
  });

  it('R30: says that nobody has read them, and that the connection must be active', async () => {
    const story = await house.as('ann', 'administrator');
    await story.open(tab);
    await story.sees('The users have not been read yet');
    await story.sees(/The connection is inactive, so the users of Segment cannot be read now/);
    await activate(house, id);
    await story.press('Read the users of Segment');
    await story.sees(/^3 users, read /);
    await expect
      .poll(async () => (await story.rows('Users of Segment')).map(([, user, state]) => [user, state]))
      .toEqual([
        ['bea@acme.test', 'Matches\nBea Arthur (bea), by email'],
        ['cleo@acme.test', 'New'],
        ['jan@acme.test', 'New'],
      ]);
  });

  it('R30: are searched, and narrowed down to those who are new', async () => {
    const story = await house.as('bob', 'administrator');
    await story.open(tab);
    await story.press('New users only');
    await story.sees('2 users');
    await story.fill('Search: Name, user name or email', 'berg');
    await story.sees('1 user');
    await story.page.reload();
    await story.sees('1 user');
    await story.sees('Jan van der Berg');
  });

  it('R31, R32, R34: are corrected and imported by keyboard, each with its result, and not managed', async () => {
    const story = await house.as('carl', 'administrator');
    await story.open(tab);
    await story.tabTo('Select bea@acme.test');
    await story.keys('Space');
    await story.tabTo('Edit cleo@acme.test');
    await story.keys('Enter');
    await story.sees('Edit cleo@acme.test');
    await story.fill('Last name', 'Laine');
    await story.fill('Email', 'not an address');
    await story.keys('Enter');
    await story.sees(/corrected by you/);
    await story.page.getByLabel('Select cleo@acme.test').focus();
    await story.keys('Space');
    await story.page.getByLabel('Select jan@acme.test').focus();
    await story.keys('Space');
    await story.page.getByRole('button', { name: 'Import 3 users' }).focus();
    await story.keys('Enter');
    await story.sees('Import 3 users?');
    await story.sees(/Importing sends nothing to Segment/);
    await story.press('Active', 'radio');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Import 3 users' }).press('Enter');
    await story.sees('Complete: 1 created in the directory, 1 linked to who was there, and 1 failed.');
    await story.sees(/^Whoever is imported is not managed until they are in a group/);
    const results = (await story.rows('Imported users')).map(([, user, outcome]) => [user, outcome]);
    expect(results).toEqual([
      ['bea@acme.test', 'Linked'],
      ['cleo@acme.test', 'Failed'],
      ['jan@acme.test', 'Created'],
    ]);
    await story.sees('Email must be an email address such as ada@example.com.');
    await story.isAccessible();
  });

  it('R32: whoever failed is corrected and tried again, and the report is a file', async () => {
    const story = await house.as('dora', 'administrator');
    await story.open(tab);
    await story.sees('Done, some failed');
    await story.press('Import of 3 users', 'link');
    await story.press('Show only those who failed');
    await story.sees('1 user');
    await story.page.getByRole('button', { name: /^Correct / }).click();
    await story.sees(/^Must be an email address/);
    await story.fill('Email', 'cleo@acme.test');
    await story.press('Try again', 'button');
    await story.sees('Complete: 2 created in the directory and 1 linked to who was there.');
    const saved = story.page.waitForEvent('download');
    await story.press('Download the report (CSV)');
    const report = readFileSync(await (await saved).path(), 'utf8');
    expect(report.split('\r\n')[0]).toBe(
      'outcome,username,email,firstname,lastname,displayname,error,remoteId,userId',
    );
    expect(report).toContain('created,cleo@acme.test,cleo@acme.test');
  });

  it('R34: the list and the tab Users say that they are not managed', async () => {
    const story = await house.as('eve', 'read-only');
    await story.open(tab);
    await story.sees(/^To import takes the role Administrator or Manager\./);
    await story.sees('Jan van der Berg');
    await expect
      .poll(() => story.page.getByRole('button', { name: /^Read|^Import|^Select all/ }).count())
      .toBe(0);
    await expect
      .poll(async () => (await story.rows('Users of Segment')).map(([user, state]) => [user, state]))
      .toContainEqual(['jan@acme.test', 'Imported\nJan van der Berg (jan@acme.test), not managed']);
    await expect.poll(() => story.page.getByRole('checkbox').count()).toBe(0);
    await story.open(`/applications/${id}/users`);
    await story.sees('Active, not managed');
    await story.sees(/Imported and never assigned, so the account is left alone/);
  });

  it('R32: more than 100 go on in the background, seen by everybody, also after a reload', async () => {
    for (let number = 0; number < MANY; number += 1) await segment.hasMember(`many${number}`);
    const story = await house.as('finn', 'administrator');
    await story.open(tab);
    await story.press('Read again');
    await story.sees(/^263 users, read /);
    await story.press(`Select all ${MANY} users`);
    await story.sees(`${MANY} selected`);
    await story.press(`Import ${MANY} users`);
    await story.sees(/an email comes to you when it is complete/);
    await story.page
      .getByRole('dialog')
      .getByRole('button', { name: `Import ${MANY} users` })
      .click();
    await story.sees(`Import of ${MANY} users`);
    await story.page.reload();
    await story.sees(`0 of ${MANY} users so far.`);
    await story.sees('You can close this page. An email goes to finn@example.com when it is complete.');
    const other = await house.as('gus', 'read-only');
    await other.open(tab);
    await other.sees(`Import of ${MANY} users is under way`);
    await work();
    await story.sees(`Complete: ${MANY} created in the directory.`);
    await story.sees('An email about it went to finn@example.com.');
    await other.seesNoMore(/is under way/);
    const [message] = await mail.received(1);
    expect(message).toContain(`${tab}/`);
  });

  it('R32: one that runs is cancelled, says so, and is gone on with', async () => {
    for (let number = 0; number < 120; number += 1) await segment.hasMember(`late${number}`);
    const story = await house.as('hal', 'administrator');
    await story.open(tab);
    await story.press('Read again');
    await story.press('Select all 120 users');
    await story.press('Import 120 users');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Import 120 users' }).click();
    await story.sees('0 of 120 users so far.');
    await story.press('Cancel the import');
    const { goOn } = await holdWrites(story, '**/cancel');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click();
    await story.keys('Escape');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    goOn();
    await story.sees('The import of 120 users was cancelled.');
    await story.page.goBack();
    await story.sees('Cancelled: 120 cancelled.');
    await story.isAccessible();
    await story.press('Go on with the import');
    await story.sees('0 of 120 users so far.');
    await work();
    await story.sees('Complete: 120 created in the directory.');
  });

  it('R32: one whose question was closed before it had begun opens nothing', async () => {
    await segment.hasMember('last');
    const story = await house.as('ivy', 'administrator');
    await story.open(tab);
    await story.press('Read again');
    await story.press('Select last@acme.test');
    await story.press('Import 1 user');
    const { goOn } = await holdWrites(story, `**/applications/${id}/imports`);
    await story.page.getByRole('dialog').getByRole('button', { name: 'Import 1 user' }).click();
    await story.keys('Escape');
    await story.seesNoMore('Import 1 user?');
    goOn();
    await story.sees('The import of 1 user from Segment has begun.');
    await story.staysAt(tab);
  });

  it('R34: nothing of all this was written to the application', async () => {
    expect(await writesOf(house)).toEqual([]);
  });
});
