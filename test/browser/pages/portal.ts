/** The pages for people: one-time links, signing in, and what is one's own. */
import { sql } from 'kysely';
import { z } from 'zod';
import { makeAdministratorLink } from '../../../src/sign-in/first-administrator.ts';
import { codeIn } from '../../support/factors.ts';
import { PASSWORD } from '../../support/people.ts';
import { givePassword } from '../../support/sign-on.ts';
import { choose, NEW_PASSWORD, secretOn, signIn } from '../at-portal.ts';
import type { Story } from '../story.ts';
import type { PageState, Settlement } from './settlement.ts';

const linkSchema = z.object({ link: z.string() });

async function visit(story: Story, { house }: Settlement, path: string): Promise<void> {
  await story.page.goto(`${house.town.rollcall.url}${path}`);
}

/** A state that is shown once more, since it failed, meets somebody else of that name. */
const unique = (name: string): string => `${name}-${Date.now()}`;

/** Opens a page as a new person of about that name, who signs in first; answers the name. */
async function visitAs(story: Story, settlement: Settlement, name: string, path: string): Promise<string> {
  const username = unique(name);
  await settlement.house.town.person(username);
  await visit(story, settlement, path);
  await signIn(story, username);
  return username;
}

async function openAdministratorLink(story: Story, settlement: Settlement): Promise<void> {
  const { rollcall } = settlement.house.town;
  await story.page.goto(await makeAdministratorLink(rollcall.database, rollcall.url));
  await story.isAt('First administrator');
}

async function openResetLink(story: Story, settlement: Settlement, name: string): Promise<void> {
  const id = await settlement.house.town.person(unique(name));
  const answer = await settlement.call('POST', `/users/${id}/password-reset`, { deliver: 'link' });
  await story.page.goto(linkSchema.parse(answer).link);
  await story.isAt('New password');
}

/** Sets up an app for a new person; answers their name. */
async function setUpApp(story: Story, settlement: Settlement, name: string): Promise<string> {
  const username = await visitAs(story, settlement, name, '/factors');
  await story.press('Set up an app');
  const secret = await secretOn(story);
  await story.fill('Code that the app shows', codeIn(secret));
  await story.press('Go on');
  await story.sees('Keep your recovery codes');
  return username;
}

/** As far as the second factor of a new person. */
async function takeFirstStep(story: Story, settlement: Settlement, name: string): Promise<void> {
  const username = await setUpApp(story, settlement, name);
  await story.page.context().clearCookies();
  await visit(story, settlement, '/sign-in');
  await signIn(story, username);
  await story.isAt('Second step');
}

const links: readonly PageState[] = [
  {
    name: 'portal-first-administrator',
    show: openAdministratorLink,
  },
  {
    name: 'portal-first-administrator-refused',
    show: async (story, settlement) => {
      await openAdministratorLink(story, settlement);
      await story.fill('User name', 'founder');
      await choose(story, 'short');
      await story.press('Make the account');
      await story.sees('must have at least 12 characters');
    },
  },
  {
    name: 'portal-link-over',
    show: async (story, settlement) => {
      await visit(story, settlement, '/first-administrator?token=used');
      await story.sees(/^This link was used already/);
    },
  },
  {
    name: 'portal-forgotten-password',
    show: async (story, settlement) => {
      await visit(story, settlement, '/forgotten-password');
      await story.sees(/^We send a link/);
    },
  },
  {
    name: 'portal-forgotten-password-sent',
    show: async (story, settlement) => {
      await visit(story, settlement, '/forgotten-password');
      await story.fill('User name or email', 'nobody');
      await story.press('Send the link');
      await story.isAt('Look into your mail');
    },
  },
  {
    name: 'portal-new-password',
    show: (story, settlement) => openResetLink(story, settlement, 'forgetful'),
  },
  {
    name: 'portal-new-password-refused',
    show: async (story, settlement) => {
      await openResetLink(story, settlement, 'hasty');
      await story.fill('New password', NEW_PASSWORD);
      await story.fill('New password, once more', 'something else');
      await story.press('Set the password');
      await story.sees(/^The two passwords differ/);
    },
  },
];

const signingIn: readonly PageState[] = [
  {
    name: 'portal-sign-in',
    show: async (story, settlement) => {
      await visit(story, settlement, '/sign-in?said=signed-out');
      await story.sees('You are signed out.');
      await story.sees('Use a passkey');
    },
  },
  {
    name: 'portal-sign-in-refused',
    show: async (story, settlement) => {
      await visit(story, settlement, '/sign-in');
      await signIn(story, 'nobody', 'not the password');
      await story.sees('The user name or the password is not right.');
    },
  },
  {
    name: 'portal-sign-in-waits',
    show: async (story, settlement) => {
      const { forgetWaits, rollcall } = settlement.house.town;
      await visit(story, settlement, '/sign-in');
      await signIn(story, 'nobody', 'not the password');
      await story.sees('The user name or the password is not right.');
      await sql`UPDATE throttles SET wait_until = now() + interval '1 minute'`.execute(rollcall.database.db);
      await signIn(story, 'nobody', 'not the password');
      await story.sees('Too many attempts failed.');
      await forgetWaits();
    },
  },
  {
    name: 'portal-sign-in-again',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'cautious', '/portal');
      await story.sees(/^Hello/);
      await story.page.goto(`${settlement.house.town.rollcall.url}/sign-in?again=1&next=/factors`);
      await story.sees('Is it still you?');
    },
  },
  {
    name: 'portal-second-step',
    show: (story, settlement) => takeFirstStep(story, settlement, 'stepping'),
  },
  {
    name: 'portal-second-step-refused',
    show: async (story, settlement) => {
      await takeFirstStep(story, settlement, 'mistaken');
      await story.page.getByText('Use a recovery code').click();
      await story.fill('Recovery code', 'none of mine');
      await story.press('Go on with this code');
      await story.page.getByRole('alert').filter({ visible: true }).waitFor();
    },
  },
];

const own: readonly PageState[] = [
  {
    name: 'portal-applications',
    show: async (story, settlement) => {
      await givePassword(settlement.house.town.rollcall, settlement.userId('ada'));
      await visit(story, settlement, '/portal');
      await signIn(story, 'ada@acme.test');
      await story.sees('Choose an application to open it.');
    },
  },
  {
    name: 'portal-no-applications',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'newcomer', '/portal');
      await story.sees(/^No application is yours yet/);
    },
  },
  {
    name: 'portal-password-refused',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'wrong', '/password');
      await story.fill('Current password', 'not the password');
      await choose(story, NEW_PASSWORD);
      await story.press('Change the password');
      await story.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'portal-password-changed',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'right', '/password');
      await story.fill('Current password', PASSWORD);
      await choose(story, NEW_PASSWORD);
      await story.press('Change the password');
      await story.sees('Your new password is set.');
    },
  },
  {
    name: 'portal-sessions',
    show: async (story, settlement) => {
      const twice = unique('twice');
      await settlement.house.town.signedIn(twice);
      await visit(story, settlement, '/sessions');
      await signIn(story, twice);
      await story.sees('End all others');
    },
  },
  {
    name: 'portal-factors-none',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'plain', '/factors');
      await story.sees('Add a passkey');
    },
  },
  {
    name: 'portal-app-refused',
    show: async (story, settlement) => {
      await visitAs(story, settlement, 'typing', '/factors');
      await story.press('Set up an app');
      await story.fill('Code that the app shows', '000000');
      await story.press('Go on');
      await story.page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'portal-recovery-codes',
    show: async (story, settlement) => {
      await setUpApp(story, settlement, 'careful');
    },
  },
  {
    name: 'portal-factors',
    show: async (story, settlement) => {
      await setUpApp(story, settlement, 'equipped');
      await story.press('Second factors', 'link');
      await story.sees(/of 10 left/);
    },
  },
];

export const portalPages: readonly PageState[] = [...links, ...signingIn, ...own].map((state) => ({
  ...state,
  whose: 'visitor',
}));
