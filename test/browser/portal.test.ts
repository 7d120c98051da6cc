/** The pages for people in a real browser: the first run, one's applications, and one's ways of signing in. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { firstAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { made } from '../support/api.ts';
import { call, person } from '../support/company.ts';
import { codeIn } from '../support/factors.ts';
import { PASSWORD } from '../support/people.ts';
import { givePassword, setUpSso } from '../support/sign-on.ts';
import { choose, NEW_PASSWORD, secretOn, signIn } from './at-portal.ts';
import { untilIdle } from './pages/settlement.ts';
import { openPlayhouse, type Playhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const linkSchema = z.object({ link: z.string() });

async function signOut(story: Story): Promise<void> {
  await story.page.getByRole('button', { name: 'Sign out' }).click();
  await story.sees('You are signed out.');
}

/** Segment, ready to be signed in to by the people of a group. */
async function openSegment({ town: { rollcall }, segment }: Playhouse): Promise<string> {
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const { customerId, acsUrl } = await segment.serviceProvider();
  const { identityProvider } = await setUpSso(rollcall, id, { answers: { customerId }, acsUrls: [acsUrl] });
  await segment.trusts(identityProvider.ssoUrl, identityProvider.certificates[0]?.certificate ?? '');
  const connection = { baseUrl: segment.baseUrl, token: await segment.newToken() };
  await call(rollcall, 'PATCH', `/applications/${id}/identity-management`, connection);
  await call(rollcall, 'POST', `/applications/${id}/identity-management/activate`);
  return id;
}

describe('the pages for people', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  /** A browser of somebody who opens a page, and is asked to sign in first. */
  async function visit(path: string): Promise<Story> {
    const story = await house.visitor();
    await story.page.goto(`${rollcall.url}${path}`);
    return story;
  }

  it('make an administrator of whoever opens the link that the first start prints', async () => {
    const link = await firstAdministratorLink(rollcall.database, rollcall.url);
    const story = await visit('/console/');
    await story.sees(/Rollcall has no administrator yet\./);
    await story.isAccessible();
    await story.page.goto(link ?? '');
    await story.isAt('First administrator');
    await story.isAccessible();
    await story.fill('User name', 'founder');
    await choose(story, 'short');
    await story.press('Make the account');
    await story.sees('must have at least 12 characters');
    await story.isAccessible();
    await choose(story, NEW_PASSWORD);
    await story.press('Make the account');
    await story.isAt('Home');
    await story.press('founder : your account');
    await story.press('Sign out');
    await story.isAt('Sign in');
    expect(await story.page.getByText('no administrator yet').count()).toBe(0);
    await story.isAccessible();
    await signIn(story, 'founder', 'not the password');
    await story.sees('The user name or the password is not right.');
    await story.isAccessible();
    await signIn(story, 'founder', NEW_PASSWORD);
    await story.isAt('Home');
    await story.page.goto(link ?? '');
    await story.sees('This link was used already');
  });

  it('open an application by its tile, which signs somebody in there', async () => {
    const applicationId = await openSegment(house);
    const ada = await made(caller, '/users', person('ada'));
    await givePassword(rollcall, ada);
    const story = await visit('/portal');
    await signIn(story, 'ada@acme.test');
    await story.sees('No application is yours yet.');
    const group = await made(caller, '/groups', { name: 'Engineering' });
    await call(rollcall, 'POST', `/groups/${group}/members`, { add: [ada] });
    await call(rollcall, 'POST', `/applications/${applicationId}/groups`, { add: [group] });
    await untilIdle(house, applicationId);
    await story.page.reload();
    await story.sees('Choose an application to open it.');
    await story.isAccessible();
    await story.press('Segment', 'link');
    await story.page.waitForURL((url) => url.pathname === '/app');
    expect(new URL(story.page.url()).origin).toBe(new URL(house.segment.baseUrl).origin);
    await story.sees('ada@acme.test');
  });

  it('change a password, which ends the sessions elsewhere', async () => {
    await house.as('bob', null);
    const story = await visit('/sessions');
    await signIn(story, 'bob');
    await story.sees('this one');
    await story.isAccessible();
    await story.press('Password', 'link');
    await story.isAccessible();
    await story.fill('Current password', PASSWORD);
    await choose(story, NEW_PASSWORD);
    await story.press('Change the password');
    await story.sees('Your new password is set.');
    await story.press('Sessions', 'link');
    await expect.poll(() => story.page.locator('.rows li').count()).toBe(1);
    await signOut(story);
    await signIn(story, 'bob', PASSWORD);
    await story.sees('The user name or the password is not right.');
    await signIn(story, 'bob', NEW_PASSWORD);
    await story.sees('Hello, bob');
  });

  it('set up an authenticator app, and sign in with it', async () => {
    await house.town.person('cleo');
    const story = await visit('/factors');
    await signIn(story, 'cleo');
    await story.isAt('Second factors');
    await story.isAccessible();
    await story.press('Set up an app');
    await story.isAt('Set up an app');
    await story.isAccessible();
    const secret = await secretOn(story);
    await story.fill('Code that the app shows', codeIn(secret));
    await story.press('Go on');
    await story.sees('Keep your recovery codes');
    await story.isAccessible();
    await story.press('Second factors', 'link');
    await story.sees(/^since \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    await story.isAccessible();
    await signOut(story);
    await signIn(story, 'cleo');
    await story.isAt('Second step');
    await story.isAccessible();
    await story.fill('Code of your authenticator app', codeIn(secret, 1));
    await story.press('Go on');
    await story.sees('Hello, cleo');
  });

  it('set a new password by a link', async () => {
    const id = await house.town.person('dora');
    const made = await call(rollcall, 'POST', `/users/${id}/password-reset`, { deliver: 'link' });
    const story = await house.visitor();
    await story.page.goto(linkSchema.parse(made).link);
    await story.isAt('New password');
    await story.isAccessible();
    await choose(story, NEW_PASSWORD);
    await story.press('Set the password');
    await story.sees('Your new password is set. Sign in with it.');
    await signIn(story, 'dora', NEW_PASSWORD);
    await story.sees('Hello, dora');
  });

  it('say who helps with a forgotten password where no mail is sent', async () => {
    const story = await visit('/forgotten-password');
    await story.sees(
      'This server sends no mail. Your help desk can give you a link that sets a new password.',
    );
    await story.isAccessible();
  });
});
