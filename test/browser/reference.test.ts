import { describe, expect, it } from 'vitest';
import { NARROW, overflow, WIDE } from './accessible.ts';
import { openPlayhouse } from './playhouse.ts';

describe('the reference of the API', async () => {
  const house = await openPlayhouse();

  it.each([WIDE, { width: 1024, height: 768 }, NARROW])(
    'is no wider than a window of $width',
    async (size) => {
      const { page } = await house.visitor();
      await page.setViewportSize(size);
      await page.goto(`${house.town.rollcall.url}/api/docs`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await overflow(page)).toEqual([]);
      await page.setViewportSize(WIDE);
    },
  );
});
