/** An API key whose dialog is closed before it is shown. */
import { holdWrites } from './held-writes.ts';
import type { Story } from './story.ts';

export async function makeUnseenKey(story: Story, name: string): Promise<void> {
  await story.open('/settings/api-keys');
  await story.press('Make an API key');
  await story.fill('Name', name);
  const { goOn } = await holdWrites(story, '**/api/v1/api-keys');
  await story.press('Make key');
  await story.press('Cancel');
  goOn();
}
