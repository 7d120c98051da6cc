/** Writes that are under way for as long as a story wants. */
import { expect } from 'vitest';
import type { Story } from './story.ts';

/** From now on writes to this address wait on their way, until they go on or are lost. */
export async function holdWrites({ page }: Story, address: string) {
  let release: (way: 'fallback' | 'abort') => void = () => undefined;
  const released = new Promise<'fallback' | 'abort'>((resolve) => (release = resolve));
  await page.route(address, async (route) => {
    if (route.request().method() === 'GET') await route.fallback();
    else await route[await released]();
  });
  return { goOn: () => release('fallback'), getLost: () => release('abort') };
}

/** Reloads the page, which asks first; the browser's own question is answered with "stay", so that nothing comes of the reload. */
export async function stayWhenReloaded({ page }: Story): Promise<void> {
  const asked = page.waitForEvent('dialog');
  void page.reload().catch(() => undefined);
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
}
