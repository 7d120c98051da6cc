/** A page as everybody has it: on a desk and on a phone, light and dark, and what axe finds on it in each (WCAG 2.2 AA). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };
export const SCHEMES = ['light', 'dark'] as const;

type Scheme = (typeof SCHEMES)[number];

/** Changes to light or dark, as the system may at any time. */
export async function wear(page: Page, colorScheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  // The console follows by a script; the pages for people know nothing else than the system's.
  const worn = `[data-mantine-color-scheme=${colorScheme}]`;
  await page.locator(`html${worn}, html:not([data-mantine-color-scheme])`).waitFor();
}

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

/** Half as long as the package's main file, and the same. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that look at colours; no other has anything new to say of a page that only changed those. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Of what is in order, axe only counts: describing each element of a page takes as long as looking at it. The one rule that
 * needs to have something loaded looks at media that play; all style sheets are not read for it.
 */
const OPTIONS = { resultTypes: ['violations'], preload: { assets: ['media'] } };

async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
  const options = JSON.stringify({ ...OPTIONS, ...(rules && { runOnly: rules }) });
  const found: unknown = await page.evaluate(`axe.run(${options}).then(({ violations }) => violations)`);
  return violationsSchema
    .parse(found)
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** What reaches over the right edge of the page; a script of the page, which these types know nothing of. */
const OVERFLOW = `(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 120));
})()`;

/** What is wider than the window; nothing, where no one has to scroll sideways. */
export const overflow = (page: Page): Promise<unknown> => page.evaluate(OVERFLOW);

/** The page as it is now finds nothing of axe's, light and dark, and is not wider than a phone. */
export async function isAccessible(page: Page): Promise<void> {
  await wear(page, 'light');
  expect(await violations(page), 'axe, light').toEqual([]);
  await wear(page, 'dark');
  expect(await violations(page, COLOURS), 'axe, dark').toEqual([]);
  await page.setViewportSize(NARROW);
  expect(await violations(page), 'axe, on a phone').toEqual([]);
  expect(await overflow(page), 'what is wider than a phone').toEqual([]);
  await page.setViewportSize(WIDE);
}
