/**
 * Stories of the console in a real browser, against a real server and Segment's stand-in. A story says what somebody presses
 * and sees, by the words that are on the screen; a browser that complains on its console fails it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { z } from 'zod';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import type { Role } from '../../src/access/roles.ts';
import type { Environment } from '../../src/config.ts';
import type { Method } from '../support/api.ts';
import { PASSWORD, startTown, type Town } from '../support/people.ts';
import { startSegment, type Segment } from '../support/segment.ts';

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };
export const SCHEMES = ['light', 'dark'] as const;

const WAIT_MS = 30_000;
const MOMENT_MS = 500;

/** What can be pressed. */
const PRESSED = ['button', 'link', 'menuitem', 'tab', 'radio', 'checkbox', 'switch', 'option'] as const;

export type Pressed = (typeof PRESSED)[number];

/** One person at one browser. */
export class Story {
  readonly page: Page;
  readonly #url: string;
  /** What the browser complained of. */
  readonly complaints: string[] = [];

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.setDefaultTimeout(WAIT_MS);
    page.on('console', (message) => {
      // The browser itself reports every answer that is no success; what the page makes of it, stories look at.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
      this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /**
   * Forgets what the last test did to the browser; first its page, with what that still asked for. An address of the same
   * server keeps the browser's process, which has the console compiled.
   */
  async beginAgain(): Promise<void> {
    await this.page.goto(`${this.#url}/healthz`);
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.page.mouse.move(0, 0);
    await this.page.setViewportSize(WIDE);
    this.complaints.length = 0;
  }

  /** Opens a page of the console. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#url}/console${path}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Presses what has exactly this name; `kind` where several kinds of things have it. */
  async press(name: string, kind?: Pressed): Promise<void> {
    await this.pressable(name, kind).click();
  }

  /** What can be pressed and has exactly this name. */
  pressable(name: string, kind?: Pressed): Locator {
    const kinds = kind === undefined ? PRESSED : [kind];
    const [first = 'button', ...others] = kinds;
    const role = (each: Pressed) => this.page.getByRole(each, { name, exact: true });
    return others.reduce((found, each) => found.or(role(each)), role(first)).filter({ visible: true });
  }

  /** Types into the field with this label, in the place of what is there. */
  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  /** The field with this label, which ends in a star where the field is needed. */
  field(label: string): Locator {
    const exactly = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\*)?$`);
    return this.page.getByLabel(exactly).filter({ visible: true });
  }

  /** From now on the browser gets this answer, where a state of the server takes too long to make. */
  async answers(method: Method, path: string, body: unknown): Promise<void> {
    await this.page.route(
      (url) => url.pathname === path,
      (route) => (route.request().method() === method ? route.fulfill({ json: body }) : route.fallback()),
    );
  }

  /** Waits until these words are on the screen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  /** Waits until these words are on the screen no more. */
  async seesNoMore(words: string | RegExp): Promise<void> {
    await expect.poll(() => this.page.getByText(words).filter({ visible: true }).count()).toBe(0);
  }

  /** Waits for a page, by its h1. */
  async isAt(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await expect.poll(() => this.page.title()).toBe(`${title} – Rollcall`);
  }

  /** Waits a moment, in which nothing leads away from a page of the console. */
  async staysAt(path: string): Promise<void> {
    const isElsewhere = ({ pathname }: URL): boolean => pathname !== `/console${path}`;
    await expect(this.page.waitForURL(isElsewhere, { timeout: MOMENT_MS })).rejects.toThrow('Timeout');
  }

  /** The rows of a table, each as the texts of its cells, once there are any and none is still being read. */
  async rows(table: string): Promise<string[][]> {
    const found = this.page.getByRole('table', { name: table, exact: true });
    await found.and(this.page.locator(':not([aria-busy=true])')).locator('tbody tr').first().waitFor();
    return rowsSchema.parse(await this.page.evaluate(rowsOf(table)));
  }

  /** Presses keys, as somebody does who has no mouse. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The accessible name of what has the focus; that of a field that is needed ends in a star. */
  async focused(): Promise<string> {
    return this.page.evaluate<string>(FOCUSED);
  }

  /** Goes from one thing that can be used to the next, until it is the one with this name. */
  async tabTo(name: string): Promise<void> {
    await this.#tabUntil(async () => (await this.focused()) === name, name);
  }

  /** The same to one of these, once it can be used. */
  async tabToOne(things: Locator): Promise<void> {
    await expect.poll(() => things.first().isEnabled()).toBe(true);
    const focused = things.and(this.page.locator(':focus'));
    await this.#tabUntil(async () => (await focused.count()) > 0, String(things));
  }

  async #tabUntil(isThere: () => Promise<boolean>, what: string): Promise<void> {
    for (let step = 0; step < FARTHEST; step += 1) {
      if (await isThere()) return;
      await this.keys('Tab');
    }
    throw new Error(`"${what}" is not reached by the Tab key.`);
  }

  /** Changes to light or dark, as the system may at any time. */
  async wears(colorScheme: (typeof SCHEMES)[number]): Promise<void> {
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The console follows by a script; the pages for people know nothing else than the system's.
    const worn = `[data-mantine-color-scheme=${colorScheme}]`;
    await this.page.locator(`html${worn}, html:not([data-mantine-color-scheme])`).waitFor();
    await this.page.evaluate(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
    );
  }

  /** The page as it is now finds nothing of axe's, light and dark, and is not wider than a phone. */
  async isAccessible(): Promise<void> {
    for (const colorScheme of SCHEMES) {
      await this.wears(colorScheme);
      expect(await violations(this.page), `axe, ${colorScheme}`).toEqual([]);
    }
    await this.page.setViewportSize(NARROW);
    expect(await violations(this.page), 'axe, on a phone').toEqual([]);
    expect(await this.page.evaluate(OVERFLOW), 'what is wider than a phone').toEqual([]);
    await this.page.setViewportSize(WIDE);
  }
}

/** How many steps by the Tab key a thing may be away. */
const FARTHEST = 60;

const FOCUSED = `((element) =>
  element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent.trim()
)(document.activeElement)`;

/** A script of the page that looks at all of a table at once, since a live list may change between two looks. */
const rowsOf = (table: string): string => `[...document.querySelectorAll('table')]
  .filter((table) => table.getAttribute('aria-label') === ${JSON.stringify(table)})
  .flatMap((table) => [...table.querySelectorAll('tbody tr')])
  .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()))`;

const rowsSchema = z.array(z.array(z.string()));

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

/** Half as long as the package's main file, and the same. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of what is in order, axe only counts: describing each element of a page takes as long as looking at it. */
const RUN_AXE = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`;

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
  const found: unknown = await page.evaluate(RUN_AXE);
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

export interface Playhouse {
  readonly town: Town;
  readonly segment: Segment;
  /** A browser of somebody with that role, signed in; `null` has none. */
  readonly as: (username: string, role: Role | null) => Promise<Story>;
  /** A browser of somebody who is not signed in. */
  readonly visitor: () => Promise<Story>;
  /** A browser that stays open for the tests of the file: what each begins with is as if it were opened anew. */
  readonly atDesk: (username: string, role: Role) => Promise<() => Promise<Story>>;
}

const sessionSchema = z.looseObject({ csrfToken: z.string() });

async function signIn(context: BrowserContext, url: string, username: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/v1/session`, {
    data: { username, password: PASSWORD },
  });
  sessionSchema.parse(await answer.json());
}

function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Chromium is not installed (scripts/lib/chromium.mjs).');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Starts server, sandbox and browser of one test file; they end with it. The settings are by their variables. */
export async function openPlayhouse(settings: Environment = {}): Promise<Playhouse> {
  const [town, segment, browser] = await Promise.all([
    startTown('embedded', settings),
    startSegment(),
    launch(),
  ]);
  afterAll(() => browser.close());
  const { url } = town.rollcall;
  const stories: Story[] = [];
  /** What ends with the test. */
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    const told = stories.flatMap(({ complaints }) => complaints);
    await Promise.all(contexts.map((context) => context.close()));
    stories.length = contexts.length = 0;
    expect(told, 'what the browser complained of').toEqual([]);
  });
  const people = new Set<string>();
  /** A story that is told once more meets the people of the first time. */
  const meet = async (username: string, role: Role | null): Promise<void> => {
    if (!people.has(username)) await town.person(username, role ?? undefined);
    people.add(username);
  };
  const sitDown = async (username?: string): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', locale: 'en' });
    if (username !== undefined) await signIn(context, url, username);
    return context;
  };
  const begin = async (username?: string): Promise<Story> => {
    const context = await sitDown(username);
    contexts.push(context);
    const story = new Story(await context.newPage(), url);
    stories.push(story);
    return story;
  };
  return {
    town,
    segment,
    visitor: () => begin(),
    as: async (username, role) => {
      await meet(username, role);
      return begin(username);
    },
    atDesk: async (username, role) => {
      await meet(username, role);
      const story = new Story(await (await sitDown(username)).newPage(), url);
      return async () => {
        await story.beginAgain();
        stories.push(story);
        return story;
      };
    },
  };
}
