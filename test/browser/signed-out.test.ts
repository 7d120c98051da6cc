/** A session that ends while somebody works: nothing is lost, and nothing is done in the name of somebody else. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { PASSWORD } from '../support/people.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const sessionEnds = (story: Story): Promise<void> => story.page.context().clearCookies();

async function signInAgain(story: Story, password = PASSWORD): Promise<void> {
  await story.sees('You were signed out');
  await story.fill('Password', password);
  await story.press('Sign in', 'button');
}

const DOCUMENT_MS = 1500;

/** From now on a page takes long to be loaded anew. */
async function slowDocuments({ page }: Story): Promise<void> {
  await page.route('**/console/**', async (route) => {
    if (route.request().resourceType() === 'document') await page.waitForTimeout(DOCUMENT_MS);
    await route.fallback();
  });
}

describe('a session that ends', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;

  /** Another person signs in, in another tab of the same browser. */
  async function signsInBeside(story: Story, username: string): Promise<void> {
    await house.as(username, 'administrator');
    const data = { username, password: PASSWORD };
    const answer = await story.page.context().request.post(`${rollcall.url}/api/v1/session`, { data });
    expect(answer.status()).toBe(201);
  }

  /** A form that somebody has filled in, and not yet sent. */
  async function typesUser(story: Story, username: string): Promise<void> {
    await story.open('/users');
    await story.press('Create a user');
    await story.fill('User name', username);
    await slowDocuments(story);
  }

  async function isNobody(username: string): Promise<void> {
    expect((await rollcall.api('GET', `/users?search=${username}`)).body).toMatchObject({ total: 0 });
  }

  it('in the middle of a form: what was typed is saved once somebody has signed in again', async () => {
    const story = await house.as('ann', 'administrator');
    await story.open('/users');
    await story.press('Create a user');
    await story.fill('User name', 'typed-before');
    await sessionEnds(story);
    await story.press('Create user');
    await signInAgain(story, 'not the password');
    await story.sees('The user name or the password is not right.');
    const { body } = await rollcall.api('GET', '/users?search=typed-before');
    expect(body).toMatchObject({ total: 0 });
    await signInAgain(story);
    await story.isAt('typed-before');
    await story.seesNoMore('You were signed out');
  });

  it('between two pages: the next one is shown', async () => {
    await made({ call: rollcall.api }, '/groups', { name: 'Engineering' });
    const story = await house.as('bea', 'manager');
    await story.open('/users');
    await sessionEnds(story);
    await story.press('User Groups');
    await signInAgain(story);
    await story.sees('Engineering');
  });

  it('in two tabs: signing in again in one is enough', async () => {
    const story = await house.as('cleo', 'manager');
    await story.open('/groups');
    await story.press('Create a group');
    await story.fill('Name', 'Two tabs');
    await sessionEnds(story);
    await story.press('Create group');
    await story.sees('You were signed out');
    const other = await story.page.context().newPage();
    await other.goto(`${rollcall.url}/sign-in`);
    await other.getByLabel('User name or email').fill('cleo');
    await other.getByLabel('Password').fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.waitForURL((url) => url.pathname !== '/sign-in');
    await story.page.bringToFront();
    await story.page.evaluate("window.dispatchEvent(new Event('focus'))");
    await story.isAt('Two tabs');
  });

  it('by keyboard alone, and cannot be got rid of by Escape', async () => {
    const story = await house.as('dora', 'manager');
    await story.open('/groups');
    await story.press('Create a group');
    await story.fill('Name', 'By keyboard');
    await sessionEnds(story);
    await story.keys('Enter');
    await story.sees('You were signed out');
    await story.keys('Escape');
    await story.page.keyboard.type(PASSWORD);
    await story.keys('Enter');
    await story.isAt('By keyboard');
  });
  it('and somebody else is to go on: they sign in at the same page, and nothing is done in their name', async () => {
    const story = await house.as('ines', 'administrator');
    await house.as('jo', 'administrator');
    await typesUser(story, 'typed-by-ines');
    await sessionEnds(story);
    await story.press('Create user');
    await story.sees('You were signed out');
    await story.press('Sign in as somebody else', 'link');
    await story.page.waitForURL((url) => url.pathname === '/sign-in');
    await story.page.getByLabel('User name or email').fill('jo');
    await story.page.getByLabel('Password').fill(PASSWORD);
    await story.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await story.pressable('jo : your account').waitFor();
    await story.isAt('Users');
    await isNobody('typed-by-ines');
  });

  it('and somebody else signs in: what waited is not sent in their name', async () => {
    const story = await house.as('emma', 'administrator');
    await typesUser(story, 'typed-by-emma');
    await sessionEnds(story);
    await story.press('Create user');
    await story.sees('You were signed out');
    await signsInBeside(story, 'finn');
    await story.page.evaluate("window.dispatchEvent(new Event('focus'))");
    await story.pressable('finn : your account').waitFor();
    await story.seesNoMore('You were signed out');
    await isNobody('typed-by-emma');
  });

  it('unnoticed, and somebody else signs in: what is sent then is not done in their name', async () => {
    const story = await house.as('gina', 'administrator');
    await typesUser(story, 'typed-by-gina');
    await signsInBeside(story, 'hugo');
    await story.press('Create user');
    await story.pressable('hugo : your account').waitFor();
    await isNobody('typed-by-gina');
  });
});
