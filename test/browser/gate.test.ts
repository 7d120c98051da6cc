/** Pages that are not for every role: whoever may not enter is told who may, and is offered nothing to press. */
import { describe, expect, it } from 'vitest';
import { openPlayhouse } from './playhouse.ts';

describe('the door of a page', async () => {
  const house = await openPlayhouse();

  it.each([
    ['/insights/audit', 'manager', 'Audit trail', 'Administrator'],
    ['/applications/new', 'manager', 'Add New Application', 'Administrator'],
    ['/settings', 'manager', 'Settings', 'Administrator'],
    ['/users/import', 'help-desk', 'Import users', 'Administrator or Manager'],
  ] as const)('of %s stays shut for the role %s', async (path, role, title, enough) => {
    const story = await house.as(`somebody-${title.replaceAll(' ', '-')}`, role);
    await story.open(path);
    await story.isAt(title);
    await story.sees(`It takes the role ${enough}.`);
    await expect.poll(() => story.page.getByRole('main').getByRole('button').count()).toBe(0);
  });
});
