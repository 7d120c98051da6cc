/** The whole path of an administrator, from a server that knows nobody to an application that comes and goes; once with each hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import { firstAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { made } from '../support/api.ts';
import { call, person } from '../support/company.ts';
import { NEW_PASSWORD } from './at-portal.ts';
import { byKeyboard, byMouse } from './hands.ts';
import { openPlayhouse } from './playhouse.ts';
import { Story } from './story.ts';

const LONG_MS = 240_000;

const HANDS = [
  ['the mouse', byMouse],
  ['the keyboard alone', byKeyboard],
] as const;

describe.each(HANDS)('the path of an administrator with %s', async (_name, handOf) => {
  const { segment, town, visitor } = await openPlayhouse();
  const { rollcall } = town;

  beforeAll(async () => {
    const caller = { call: rollcall.api };
    const add = [await made(caller, '/users', person('ada')), await made(caller, '/users', person('grace'))];
    const group = await made(caller, '/groups', { name: 'Engineering' });
    await call(rollcall, 'POST', `/groups/${group}/members`, { add });
  });

  it(
    'R1–R6: first run, Segment from the catalog, SSO, the token, groups, another token, and the end',
    async () => {
      const story = await visitor();
      const hand = handOf(story);
      const sandbox = new Story(await story.page.context().newPage(), '');
      const atSandbox = handOf(sandbox);

      /** In the sandbox's own page, in another tab of the browser. */
      const copyNewToken = async (): Promise<void> => {
        await sandbox.page.bringToFront();
        await sandbox.page.goto(new URL(segment.baseUrl).origin);
        await atSandbox.press('Generate SSO Token');
        await sandbox.sees('Copy this token now.');
        await atSandbox.press('Copy');
        await sandbox.sees('Copied.');
        await story.page.bringToFront();
      };
      const pasteToken = async (): Promise<void> => {
        await copyNewToken();
        await hand.press('Configure');
        await story.sees('Configure the connection of Segment');
        await hand.paste('Token Key');
        await hand.fill('Base URL', segment.baseUrl);
        await hand.answer('Save connection');
        await story.seesNoMore('Configure the connection of Segment');
      };
      const activate = async (): Promise<void> => {
        await hand.press('Activate');
        await story.sees('Activate the connection of Segment?');
        await hand.answer('Activate');
        await story.sees(/The connection is active\./);
        await story.seesNoMore('Activate the connection of Segment?');
      };
      const deactivate = async (button: string): Promise<void> => {
        await hand.press(button);
        await story.sees('Deactivate the connection of Segment?');
        await hand.answer('Deactivate connection');
        await story.sees('The connection of Segment is inactive.');
        await story.seesNoMore('Deactivate the connection of Segment?');
      };

      await story.page.bringToFront();
      await story.page.goto((await firstAdministratorLink(rollcall.database, rollcall.url)) ?? '');
      await story.isAt('First administrator');
      await hand.fill('User name', 'founder');
      await hand.fill('New password', NEW_PASSWORD);
      await hand.fill('New password, once more', NEW_PASSWORD);
      await hand.press('Make the account');
      await story.isAt('Home');

      await hand.press('SSO Applications', 'link');
      await story.isAt('SSO Applications');
      await hand.press('+ Add New Application', 'link');
      await story.isAt('Add New Application');
      await hand.fill('Search: Name of an application', 'segm');
      await story.sees('1 application');
      await hand.press('Add Segment');
      await hand.answer('Add application');
      await story.isAt('Segment');
      await hand.fill('Customer ID', (await segment.serviceProvider()).customerId);
      await hand.press('Enable SSO');
      await story.sees(/^Single sign-on is enabled\.$/);

      await hand.turnTo('Identity Management');
      await pasteToken();
      await activate();

      await hand.turnTo('User Groups');
      await hand.press('Bind Engineering', 'checkbox');
      await story.sees('2 people would get an account, or be linked to the one that is there already.');
      await hand.press('Bind 1 group');
      await story.sees('Segment: 1 group bound.');
      await sandbox.sees('ada@acme.test');
      await sandbox.sees('grace@acme.test');

      await hand.turnTo('Identity Management');
      await hand.press('Configure');
      await story.sees('Configure the connection of Segment');
      await story.sees(
        /^The Token Key and the Base URL can be changed only while the connection is inactive/,
      );
      await hand.answer('Cancel');
      await story.seesNoMore('Configure the connection of Segment');
      await deactivate('Deactivate connection');
      await pasteToken();
      await activate();

      await deactivate('Deactivate IdM connection');
      await hand.press('SSO Applications', 'link');
      await story.isAt('SSO Applications');
      await hand.press('Select Segment', 'checkbox');
      await hand.press('Delete');
      await story.sees('Delete 1 application?');
      await hand.fill('Type how many applications you are deleting', '1');
      await hand.answer('Delete Application');
      await story.sees('1 application was deleted.');
      await story.sees('No applications yet');
      await expect
        .poll(() => segment.holds())
        .toEqual({
          people: ['ada', 'grace'],
          groups: { Engineering: ['ada', 'grace'] },
        });
      expect(sandbox.complaints).toEqual([]);
    },
    LONG_MS,
  );
});
