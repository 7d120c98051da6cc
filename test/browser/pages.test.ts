/**
 * Every page in its main states: it says nothing in the words of machines (no id, code, timestamp or JSON), axe finds nothing in
 * light and dark, and nothing is wider than a phone. With ROLLCALL_SCREENSHOTS, a folder, each is pictured there as well
 * (`npm run screenshots`). A page adds its states to `pages/all.ts`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { NARROW, SCHEMES, wear, WIDE } from './accessible.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';
import { pages } from './pages/all.ts';
import { settle, type Settlement } from './pages/settlement.ts';
import { forMachines, wordsOf } from './words.ts';

const folder = process.env.ROLLCALL_SCREENSHOTS;

/** An address at which nothing listens: mail is offered, and not delivered. */
const NO_MAIL_SERVER = 'smtp://127.0.0.1:9';

async function picture(story: Story, name: string): Promise<void> {
  if (folder === undefined) return;
  const { page } = story;
  mkdirSync(folder, { recursive: true });
  for (const viewport of [WIDE, NARROW])
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await wear(page, colorScheme);
      await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${colorScheme}.png`) });
    }
  await page.setViewportSize(WIDE);
}

describe('every page', async () => {
  const house = await openPlayhouse({ SMTP_URL: NO_MAIL_SERVER });
  let settlement: Settlement;
  beforeAll(async () => {
    settlement = await settle(house);
  });

  it.each(pages)('$name', async ({ name, show, whose }) => {
    const story = await settlement.begin(whose);
    await show(story, settlement);
    await picture(story, name);
    expect((await wordsOf(story.page)).flatMap(forMachines)).toEqual([]);
    await story.isAccessible();
  });
});
