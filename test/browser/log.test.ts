import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/company.ts';
import { settle, untilIdle, type Settlement } from './pages/settlement.ts';
import { openPlayhouse } from './playhouse.ts';

describe('the log of an application in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  let settlement: Settlement;
  let log = '';
  beforeAll(async () => {
    settlement = await settle(house);
    log = `/applications/${settlement.applicationId}/log`;
  });
  const suspend = (name: string) =>
    call(rollcall, 'PATCH', `/users/${settlement.userId(name)}`, { state: 'suspended' });

  it('R48: a line opens to what was asked, what was answered and which change it follows from', async () => {
    const story = await house.as('ida', 'read-only');
    await story.open(`${log}?operation=createUser`);
    await story.press('Created the account "ada@acme.test" for Ada Lovelace (ada@acme.test)');
    await story.sees(/^The API key ".*" activated the connection of an application$/);
    await story.page.getByText('Show the request and answer').click();
    await story.sees('Request: POST /Users');
    await story.sees(/^Answer: Created \(201\), after/);
    await story.sees(/"userName": "ada@acme.test"/);
    await expect.poll(() => story.page.getByText(/Bearer/).count()).toBe(0);
    await story.keys('Escape');
    await story.seesNoMore('Request: POST /Users');
    await expect.poll(() => story.focused()).toMatch(/^Created the account "ada@acme.test"/);
  });

  it('new lines are announced, and show when somebody asks', async () => {
    const story = await house.as('jan', 'read-only');
    await story.open(log);
    await story.sees(/^\d+ operations/);
    const [first] = await story.rows('Operations');
    await suspend('peggy');
    await untilIdle(house, settlement.applicationId);
    await story.sees(/^\d+ new lines? – show$/);
    await expect.poll(async () => (await story.rows('Operations'))[0]?.[0]).toBe(first?.[0]);
    await story.page.getByRole('button', { name: /new lines? – show/ }).click();
    await story.sees('Deactivated Peggy Olson (peggy@acme.test) (suspended)');
    await story.seesNoMore(/new lines? – show/);
  });

  it('is filtered by outcome, operation, user and group, and the address says how', async () => {
    const story = await house.as('kay', 'read-only');
    await story.open(log);
    await story.page.getByRole('combobox', { name: 'User', exact: true }).fill('Linus');
    await story.press('Linus Torvalds', 'option');
    await story.sees('1 operation');
    await story.page.reload();
    await story.sees('1 operation');
    await expect
      .poll(() => story.page.getByRole('combobox', { name: 'User', exact: true }).inputValue())
      .toBe('Linus Torvalds');
    await story.page.getByRole('combobox', { name: 'Outcome' }).click();
    await story.press('Refused', 'option');
    await story.sees('Nothing matches');
    await story.press('Show all');
    await story.page.getByRole('combobox', { name: 'Group', exact: true }).click();
    await story.press('Engineering', 'option');
    await story.sees(/In the group "Engineering"/);
    await story.seesNoMore(/Linus Torvalds/);
    expect(new URL(story.page.url()).search).toBe(`?group=${settlement.groupId('Engineering')}`);
  });

  it('is a file for a spreadsheet, of what is filtered', async () => {
    const story = await house.as('lea', 'read-only');
    await story.open(`${log}?operation=createUser`);
    const downloading = story.page.waitForEvent('download');
    await story.press('Export as CSV', 'link');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('rollcall-events.csv');
    const [head, ...lines] = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(head).toMatch(/^at,application,kind,subject,operation,/);
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toContain(',createUser,');
  });
});
