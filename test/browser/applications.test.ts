import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { fileWith } from './files.ts';
import { openPlayhouse } from './playhouse.ts';

const logoSchema = z.looseObject({ logo: z.string().nullable() });

/** The smallest picture there is: one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('applications in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };
  const application = (label: string): Promise<string> =>
    made(caller, '/applications', { connector: 'segment', label });

  /** One whose connection to the sandbox is active. */
  async function activeApplication(label: string): Promise<string> {
    const id = await application(label);
    const at = `/applications/${id}`;
    const connection = { baseUrl: house.segment.baseUrl, token: await house.segment.newToken() };
    await call(rollcall, 'PUT', `${at}/sso`, SSO_ENABLED);
    await call(rollcall, 'PATCH', `${at}/identity-management`, connection);
    await call(rollcall, 'POST', `${at}/identity-management/activate`);
    return id;
  }

  it('R1, R2, R6: are added, get single sign-on, and are deleted, by keyboard alone', async () => {
    const story = await house.as('ann', 'administrator');
    const type = (text: string) => story.page.keyboard.type(text);
    await story.open('/applications');
    await story.tabTo('+ Add New Application');
    await story.keys('Enter');
    await story.isAt('Add New Application');
    await story.tabTo('Search: Name of an application');
    await type('segm');
    await story.sees('1 application');
    await story.tabTo('Add Segment');
    await story.keys('Enter');
    await story.sees('How people see it here and in their portal.');
    await story.keys('End');
    await type(' for Marketing');
    await story.keys('Enter');
    await story.isAt('Segment for Marketing');
    await story.sees('Set up single sign-on');
    await story.tabTo('Customer ID *');
    await story.keys('Enter');
    await story.sees(/Is needed: the Customer ID/);
    await type('acme');
    await story.keys('Enter');
    await story.sees(/^Single sign-on is enabled\.$/);
    await story.sees('IdP metadata URL');
    await story.tabTo('SSO');
    await story.keys('ArrowLeft');
    await story.sees('Delete this application');
    await story.tabTo('Delete this application');
    await story.keys('Enter');
    await story.sees('Delete 1 application?');
    await type('1');
    await story.keys('Enter');
    await story.sees('1 application was deleted.');
    await story.isAt('SSO Applications');
    await story.sees('No applications yet');
  });

  it('say where another one is called so already, as they are added and renamed', async () => {
    await application('Twin');
    const id = await application('Single');
    const story = await house.as('abe', 'administrator');
    await story.open('/applications/new');
    await story.press('Add Segment');
    await story.fill('Label', 'Triplet');
    await story.seesNoMore(/already\./);
    await story.fill('Label', 'twin ');
    await story.sees(/^There is an application called “Twin” already\./);
    await story.open(`/applications/${id}/general`);
    await story.fill('Label', 'TWIN');
    await story.sees(/^There is an application called “Twin” already\./);
    await story.isAccessible();
    await story.fill('Label', 'Single one');
    await story.seesNoMore(/called “Twin” already/);
    await rollcall.database.db.deleteFrom('applications').where('label', 'in', ['Twin', 'Single']).execute();
  });

  it('R6: are deleted several at once, by their number, and not while a connection is active', async () => {
    await application('First');
    await application('Second');
    await activeApplication('Third');
    const story = await house.as('bea', 'administrator');
    await story.open('/applications');
    await story.press('Select all on this page');
    await story.press('Delete');
    const button = story.page.getByRole('button', { name: 'Delete Application' });
    await story.fill('Type how many applications you are deleting', '2');
    await expect.poll(() => button.isDisabled()).toBe(true);
    await story.fill('Type how many applications you are deleting', '3');
    await story.press('Delete Application');
    await story.sees(/connection of "Third" is active.*Nothing was deleted/);
    await story.press('Cancel');
    await story.press('Select Third');
    await story.press('Delete');
    await story.fill('Type how many applications you are deleting', '2');
    await story.press('Delete Application');
    await story.sees('2 applications were deleted.');
    await expect
      .poll(async () => (await story.rows('Configured Applications')).map(([, label]) => label))
      .toEqual(['Third']);
  });

  it('R5: are deactivated from their panel, whose state follows, and in the list', async () => {
    await activeApplication('Fourth');
    const [watcher, story] = [await house.as('cleo', 'read-only'), await house.as('dora', 'administrator')];
    await watcher.open('/applications?search=Fourth');
    await watcher.sees('In step');
    await story.open('/applications?search=Fourth');
    await story.press('Fourth');
    await story.isAt('Fourth');
    await story.press('Deactivate IdM connection');
    await story.sees(/Every request to Fourth stops at once/);
    await story.press('Deactivate connection');
    await story.sees('The connection of Fourth is inactive.');
    await story.sees('Inactive');
    await story.seesNoMore('Deactivate IdM connection');
    await watcher.sees('Inactive');
    await expect.poll(() => watcher.page.getByRole('checkbox').count()).toBe(0);
  });

  it('have a label, a description and a logo', async () => {
    const id = await application('Fifth');
    const story = await house.as('eve', 'administrator');
    await story.open(`/applications/${id}/general`);
    await story.fill('Label', '');
    await story.press('Save changes');
    await story.sees('Must not be empty.');
    await story.fill('Label', 'Sixth');
    await story.fill('Description', 'Where events go.');
    await story.press('Save changes');
    await story.isAt('Sixth');
    const chooser = story.page.locator('input[type=file]');
    await chooser.setInputFiles(fileWith('logo.png', '<svg/>'));
    await story.press('Use this logo');
    await story.sees(/is no PNG image, although it is called one/);
    await chooser.setInputFiles(fileWith('logo.png', PIXEL));
    await story.sees('This is how it will look. It is not saved yet.');
    await story.press('Use this logo');
    await story.sees('The logo of Sixth was saved.');
    const logo = async () => logoSchema.parse((await rollcall.api('GET', `/applications/${id}`)).body).logo;
    await expect.poll(() => logo()).toBe(`data:image/png;base64,${PIXEL.toString('base64')}`);
    await story.press('Use the built-in logo');
    await expect.poll(logo).toBeNull();
  });

  it('whose form was begun are left after a question alone', async () => {
    const id = await application('Ninth');
    const story = await house.as('gus', 'administrator');
    const label = () => story.field('Label').inputValue();
    await story.open(`/applications/${id}/general`);
    await story.fill('Label', 'Tenth');
    await story.press('SSO', 'tab');
    await story.sees('What you changed in this form is not saved, and would be lost.');
    await story.press('Stay');
    await story.seesNoMore('Leave without saving?');
    expect(await label()).toBe('Tenth');
    await story.press('Discard changes');
    await story.press('SSO', 'tab');
    await story.sees('Customer ID');
    await story.press('General Info', 'tab');
    await expect.poll(label).toBe('Ninth');
    await story.fill('Label', 'Tenth');
    await story.press('Save changes');
    await story.sees('Tenth was saved.');
    await story.press('SSO', 'tab');
    await story.sees('Customer ID');
    await story.press('General Info', 'tab');
    await story.fill('Label', 'Eleventh');
    await story.press('SSO', 'tab');
    await story.press('Leave without saving');
    await story.sees('Customer ID');
    expect((await rollcall.api('GET', `/applications/${id}`)).body).toMatchObject({ label: 'Tenth' });
  });

  it('that somebody else renamed meanwhile show the newest label, and keep what was typed', async () => {
    const id = await application('Seventh');
    const story = await house.as('fay', 'administrator');
    await story.open(`/applications/${id}/general`);
    await story.fill('Description', 'Typed before.');
    await rollcall.api('PATCH', `/applications/${id}`, { label: 'Eighth' });
    await story.press('Save changes');
    await story.sees('Label: Eighth');
    await story.press('Keep what I typed');
    await story.press('Save changes');
    await story.sees('Eighth was saved.');
    const { body } = await rollcall.api('GET', `/applications/${id}`);
    expect(body).toMatchObject({ label: 'Eighth', description: 'Typed before.' });
  });
});
