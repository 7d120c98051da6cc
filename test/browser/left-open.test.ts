/** Pages that were open while somebody signed in or out beside them, and forms that are sent twice. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../support/company.ts';
import { codeIn } from '../support/factors.ts';
import { PASSWORD } from '../support/people.ts';
import { choose, NEW_PASSWORD, secretOn, signIn } from './at-portal.ts';
import { openPlayhouse } from './playhouse.ts';
import { Story } from './story.ts';

const SLOW_MS = 1000;
const BETWEEN_CLICKS_MS = 100;

const linkSchema = z.object({ link: z.string() });

/** From now on forms for this address are answered late, when all that they asked for is done. */
async function slowAnswers({ page }: Story, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const response = await route.fetch({ maxRedirects: 0 });
    await page.waitForTimeout(SLOW_MS);
    return route.fulfill({ response }).catch(() => undefined);
  });
}

const pressTwice = (story: Story, name: string): Promise<void> =>
  story.pressable(name, 'button').dblclick({ delay: BETWEEN_CLICKS_MS });

describe('pages that are left open', async () => {
  const house = await openPlayhouse();
  const { url } = house.town.rollcall;

  const signsInBeside = async ({ page }: Story, username: string): Promise<void> => {
    const data = { username, password: PASSWORD };
    expect((await page.context().request.post(`${url}/api/v1/session`, { data })).status()).toBe(201);
  };

  const isSignedOut = async ({ page }: Story): Promise<void> =>
    expect((await page.context().request.get(`${url}/api/v1/session`)).status()).toBe(401);

  it('sign out from the console where the same person has signed in again beside it', async () => {
    const story = await house.as('ann', 'administrator');
    await story.open('/');
    await signsInBeside(story, 'ann');
    await story.press('ann : your account');
    await story.press('Sign out');
    await story.sees('You are signed out.');
    await isSignedOut(story);
  });

  it('sign out from the portal where the same person has signed in again beside it', async () => {
    const story = await house.as('bea', null);
    await story.page.goto(`${url}/portal`);
    await signsInBeside(story, 'bea');
    await story.page.getByRole('button', { name: 'Sign out' }).click();
    await story.isAt('Sign out?');
    await story.isAccessible();
    await story.press('Sign out', 'button');
    await story.sees('You are signed out.');
    await isSignedOut(story);
  });

  it('go on from a second sign-in page to where it led', async () => {
    await house.as('cleo', null);
    const [first, page] = [await house.visitor(), '/sign-in?next=/password'];
    await first.page.goto(`${url}${page}`);
    const second = new Story(await first.page.context().newPage(), url);
    await second.page.goto(`${url}${page}`);
    await signIn(first, 'cleo');
    await first.isAt('Password');
    await signIn(second, 'cleo');
    await second.isAt('Password');
  });

  it('ask to sign in anew, and keep where it leads, once the browser knows nothing of the page', async () => {
    await house.as('dora', null);
    const story = await house.visitor();
    await story.page.goto(`${url}/sign-in?next=/password`);
    await story.page.context().clearCookies();
    await signIn(story, 'dora');
    await story.sees('Sign in once more.');
    await signIn(story, 'dora');
    await story.isAt('Password');
  });

  it('set a password once, and say so, after a second click', async () => {
    const id = await house.town.person(`emma-${Date.now()}`);
    const made = await call(house.town.rollcall, 'POST', `/users/${id}/password-reset`, { deliver: 'link' });
    const story = await house.visitor();
    await story.page.goto(linkSchema.parse(made).link);
    await choose(story, NEW_PASSWORD);
    await slowAnswers(story, '/reset-password');
    await pressTwice(story, 'Set the password');
    await story.sees('Your new password is set. Sign in with it.');
  });

  it('show the recovery codes after a second click', async () => {
    const username = `finn-${Date.now()}`;
    const story = await house.as(username, null);
    await story.page.goto(`${url}/factors`);
    await story.press('Set up an app');
    await story.fill('Code that the app shows', codeIn(await secretOn(story)));
    await slowAnswers(story, '/factors/totp/confirm');
    await pressTwice(story, 'Go on');
    await story.sees('Keep your recovery codes');
  });

  it('can be used again by whoever comes back to them', async () => {
    const story = await house.as('gina', null);
    await story.page.goto(`${url}/password`);
    // The browser keeps a page that was left, and shows it again: an event that no story can make it send.
    const disabled = await story.page.evaluate(`(() => {
      const form = document.querySelector('form[action="/password"]');
      const button = form.querySelector('button');
      return [new Event('submit', { bubbles: true }), new Event('pageshow')].map((event) => {
        (event.type === 'submit' ? form : window).dispatchEvent(event);
        return button.disabled;
      });
    })()`);
    expect(disabled).toEqual([true, false]);
  });

  it('hand over to somebody else where they ask whether it is still the same person', async () => {
    await house.as('ivy', null);
    const story = await house.as('hugo', null);
    await story.page.goto(`${url}/sign-in?next=/password&again=1`);
    await story.isAccessible();
    await story.press('Sign in as somebody else', 'link');
    await story.press('Sign in as somebody else', 'button');
    await signIn(story, 'ivy');
    await story.isAt('Password');
    await story.sees('(ivy)');
  });

  it('say of what they read by themselves that nobody is there, so that the session comes to rest', async () => {
    const story = await house.as('jana', 'administrator');
    await story.page.clock.install();
    const id = await house.town.person(`kai-${Date.now()}`);
    await story.open(`/users/${id}`);
    await story.sees('Live');
    const readsByItself = async (): Promise<string | null> => {
      const [read] = await Promise.all([
        story.page.waitForRequest((request) => request.url().endsWith(`/api/v1/users/${id}`)),
        story.page.clock.fastForward(31_000),
      ]);
      return read.headerValue('x-background');
    };
    await readsByItself();
    await readsByItself();
    expect(await readsByItself()).toBe('true');
    await story.page.mouse.move(200, 200);
    expect(await readsByItself()).toBe(null);
    // Its clock is another one for good.
    await story.page.context().close();
  });
});
