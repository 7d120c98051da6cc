/** Where stories are told: a server and Segment's stand-in, which end with the file, and windows of a browser, which stay. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { z } from 'zod';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import type { Role } from '../../src/access/roles.ts';
import type { Environment } from '../../src/config.ts';
import { onceAfterwards } from '../support/afterwards.ts';
import { PASSWORD, startTown, type Town } from '../support/people.ts';
import { startSegment, type Segment } from '../support/segment.ts';
import { WIDE } from './accessible.ts';
import { Story } from './story.ts';

export interface Playhouse {
  readonly town: Town;
  readonly segment: Segment;
  /** A browser of somebody with that role, signed in; `null` has none. */
  readonly as: (username: string, role: Role | null) => Promise<Story>;
  /** A browser of somebody who is not signed in. */
  readonly visitor: () => Promise<Story>;
  /** A browser that stays signed in for the tests of the file: what each begins with is as if it were opened anew. */
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

/**
 * What outlives a file, for the next one of the process: the browser, its windows by the address that they were opened for, and
 * the ports of the addresses. A window that has loaded the console from an address loads it again in a third of the time. All
 * of it ends with the process.
 */
const kept: { browser?: Promise<Browser>; readonly ports: string[]; readonly windows: Map<string, Story[]> } =
  {
    ports: [],
    windows: new Map(),
  };

async function openWindow(url: string): Promise<Story> {
  const browser = await (kept.browser ??= launch());
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', locale: 'en' });
  return new Story(await context.newPage(), url);
}

const windowsOf = (url: string): Story[] => {
  const windows = kept.windows.get(url) ?? [];
  kept.windows.set(url, windows);
  return windows;
};

/** A window, as if it were opened anew. */
const take = async (url: string): Promise<Story> => windowsOf(url).pop() ?? openWindow(url);

/** A window that is not ready for the next one by then is given up: closing one that is being loaded may never end. */
const LEFT_WITHIN_MS = 20_000;

/** Gives a window to whoever takes one next, unless it was closed or cannot be used any more. */
async function leave(url: string, story: Story): Promise<void> {
  if (story.page.isClosed()) return;
  const forgotten = story.forget().then(
    () => true,
    () => false,
  );
  if (await Promise.race([forgotten, setTimeout(LEFT_WITHIN_MS, false, { ref: false })]))
    windowsOf(url).push(story);
  else
    story.page
      .context()
      .close()
      .catch(() => undefined);
}

/** Whether nobody listens there: another program may have got a port that was let go. */
async function isFree(port: string): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(Number(port), '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** A server on a port that another file had, where one is left. */
async function startTownAgain(settings: Environment): Promise<Town> {
  const before = kept.ports.pop();
  const port = before !== undefined && (await isFree(before)) ? before : '0';
  const town = await startTown('embedded', { PORT: port, ...settings });
  const { port: own } = new URL(town.rollcall.url);
  onceAfterwards(() => {
    kept.ports.push(own);
    return Promise.resolve();
  });
  return town;
}

/** Starts one. The settings are by their variables. */
export async function openPlayhouse(settings: Environment = {}): Promise<Playhouse> {
  const [town, segment] = await Promise.all([startTownAgain(settings), startSegment()]);
  const { url } = town.rollcall;
  /** Which stories the test tells, which windows it leaves, and which stay until the end. */
  const [told, taken, desks]: [Story[], Story[], Story[]] = [[], [], []];
  afterAll(() => Promise.all(desks.map((story) => leave(url, story))));
  afterEach(async () => {
    const complaints = told.splice(0).flatMap((story) => story.complaints.splice(0));
    await Promise.all(taken.splice(0).map((story) => leave(url, story)));
    expect(complaints, 'what the browser complained of').toEqual([]);
  });
  const people = new Set<string>();
  /** A story that is told once more meets the people of the first time. */
  const meet = async (username: string, role: Role | null): Promise<void> => {
    if (!people.has(username)) await town.person(username, role ?? undefined);
    people.add(username);
  };
  const begin = async (): Promise<Story> => {
    const story = await take(url);
    told.push(story);
    taken.push(story);
    return story;
  };
  return {
    town,
    segment,
    visitor: begin,
    as: async (username, role) => {
      await meet(username, role);
      const story = await begin();
      await signIn(story.page.context(), url, username);
      return story;
    },
    atDesk: async (username, role) => {
      await meet(username, role);
      const story = await take(url);
      desks.push(story);
      await signIn(story.page.context(), url, username);
      return async () => {
        await story.beginAgain();
        told.push(story);
        return story;
      };
    },
  };
}
