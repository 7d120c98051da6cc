/**
 * Stories of the console in a real browser, against a real server and Segment's stand-in. A story says what somebody presses
 * and sees, by the words that are on the screen; a browser that complains on its console fails it.
 */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Method } from '../support/api.ts';
import { isAccessible, WIDE } from './accessible.ts';

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
   * Leaves the page with all that it still asked for, and what was done to it. An address of the same server keeps the
   * browser's process, which has the console compiled.
   */
  async beginAgain(): Promise<void> {
    const { page } = this;
    await page.goto(`${this.#url}/healthz`);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.mouse.move(0, 0);
    await page.setViewportSize(WIDE);
    this.complaints.length = 0;
  }

  /** The same, and everything that the browser keeps: whoever has it next finds it as if it were new. */
  async forget(): Promise<void> {
    const { page } = this;
    const context = page.context();
    const others = context.pages().filter((other) => other !== page);
    await Promise.all(others.map((other) => other.close()));
    page.removeAllListeners('request');
    page.removeAllListeners('response');
    await this.beginAgain();
    await page.evaluate('localStorage.clear(), sessionStorage.clear()');
    await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
    await Promise.all([context.clearCookies(), context.clearPermissions()]);
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

  /** Finds nothing of axe's on the page as it is now, and nothing that is wider than a phone. */
  isAccessible(): Promise<void> {
    return isAccessible(this.page);
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
