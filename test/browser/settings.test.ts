/** Settings: who may do what, keys, mail and what protects the server. */
import { describe, expect, it } from 'vitest';
import { caller } from '../support/api.ts';
import { openPlayhouse } from './playhouse.ts';

describe('settings', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;

  it('R17: give, change and take away roles, and the last administrator keeps theirs', async () => {
    const story = await house.as('ann', 'administrator');
    await house.town.person('grace');
    await story.open('/settings');
    await story.isAt('Administrators');
    await story.sees('The only active Administrator: first somebody else is given that role.');
    await story.press('Give a role');
    await story.press('Give role');
    await story.sees('Choose a person.');
    await story.page.getByRole('combobox', { name: 'Person' }).fill('grace');
    await story.press('grace', 'option');
    await story.page.getByRole('radio', { name: 'Administrator' }).check();
    await story.press('Give role');
    await story.sees('grace holds a role now.');
    await story.press('Change the role of grace');
    await story.page.getByRole('radio', { name: 'Help desk' }).check();
    await story.press('Change role');
    await story.sees('grace holds another role now.');
    const [ann, grace] = await story.rows('Administrators');
    expect(ann?.slice(1, 4)).toEqual(['ann', 'Administrator', 'Active']);
    expect(ann?.[5]).toBe('The only active Administrator: first somebody else is given that role.');
    expect(grace?.slice(1, 5)).toEqual(['grace', 'Help desk', 'Active', 'just now']);
    await story.press('Take away the role of grace');
    await story.press('Take role away');
    await story.sees('grace holds no role any more.');
    const { body } = await rollcall.api('GET', '/administrators');
    expect(body).toMatchObject({ total: 1 });
  });

  it('make an API key that is shown once, works, and ends', async () => {
    const story = await house.as('bea', 'administrator');
    await story.open('/settings/api-keys');
    await story.press('Make an API key');
    await story.fill('Name', 'Reports');
    await story.fill('Ends', '2001-01-01');
    await story.press('Make key');
    await story.sees('Must be a time to come.');
    await story.fill('Ends', '');
    await story.press('Make key');
    const key = await story.page.getByLabel('API key', { exact: true }).inputValue();
    const reports = caller(rollcall.url, key);
    expect((await reports('GET', '/users')).status).toBe(200);
    expect((await reports('POST', '/users', { username: 'x' })).status, 'read-only').toBe(403);
    await story.press('I have copied it');
    await story.press('End the key Reports');
    await story.press('End key');
    await story.sees('The key Reports has ended.');
    expect((await reports('GET', '/users')).status).toBe(401);
  });

  it('say what is set, and what it is changed by', async () => {
    const story = await house.as('cleo', 'administrator');
    await story.open('/settings/mail');
    await story.sees('No mail server is set');
    await story.press('Security');
    await story.isAt('Security');
    await expect
      .poll(() => story.rows('Safeguards'))
      .toContainEqual([
        'Somebody who does nothing for 12 hours is signed out.',
        'ROLLCALL_SESSION_IDLE_HOURS',
      ]);
  });

  it('are for administrators alone', async () => {
    const story = await house.as('dora', 'manager');
    await story.open('/settings/security');
    await story.sees(/takes the role Administrator/);
  });
});
