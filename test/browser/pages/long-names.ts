/** Names as long as they may be, without a space to break them at, from right to left, and of emoji. They come last: the lists of other pages are without them. */
import { expect } from 'vitest';
import { z } from 'zod';
import { NARROW, WIDE } from '../accessible.ts';
import { signIn } from '../at-portal.ts';
import type { Story } from '../story.ts';
import type { PageState, Settlement } from './settlement.ts';

const RIGHT_TO_LEFT = 'مستخدم-باسم-طويل-جدا-'.repeat(9);
const EMOJI = '👩🏽‍🚀'.repeat(25);
const WIDE_NAME = 'W'.repeat(200);
const LABEL = 'M'.repeat(100);
const USERNAME = `${'W'.repeat(240)}@acme.test`;

interface Long {
  readonly user: string;
  readonly group: string;
  readonly application: string;
}

const madeSchema = z.looseObject({ id: z.string() });

async function make({ call }: Settlement): Promise<Long> {
  const create = async (path: string, body: object): Promise<string> =>
    madeSchema.parse(await call('POST', path, body)).id;
  const user = await create('/users', {
    username: USERNAME,
    displayname: null,
    attributes: { department: 'W'.repeat(300) },
  });
  const others = [
    await create('/users', { username: 'right-to-left', displayname: RIGHT_TO_LEFT.slice(0, 200) }),
    await create('/users', { username: 'emoji', displayname: EMOJI.slice(0, 200) }),
  ];
  const group = await create('/groups', { name: WIDE_NAME, description: 'D'.repeat(500) });
  const groups = [group];
  for (const name of [RIGHT_TO_LEFT.slice(0, 200), EMOJI.slice(0, 200)])
    groups.push(await create('/groups', { name }));
  for (const each of groups) await call('POST', `/groups/${each}/members`, { add: [user, ...others] });
  const application = await create('/applications', {
    connector: 'scim2',
    label: LABEL,
    description: 'D'.repeat(500),
  });
  await call('POST', `/applications/${application}/groups`, { add: groups });
  return { user, group, application };
}

const known = new WeakMap<Settlement, Promise<Long>>();

function longOf(settlement: Settlement): Promise<Long> {
  const found = known.get(settlement) ?? make(settlement);
  known.set(settlement, found);
  return found;
}

/** A page, once these words are on it. */
const state = (name: string, path: (long: Long) => string, words: string | RegExp): PageState => ({
  name: `long-${name}`,
  show: async (story, settlement) => {
    await story.open(path(await longOf(settlement)));
    await story.sees(words);
  },
});

/** How much wider than itself what is in the dialog is; a script of the page. */
const CUT_OFF = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(
  document.querySelector('[role=dialog]').closest('section') ?? document.querySelector('[role=dialog]'))`;

/** Nothing of the dialog is cut off; a phone is looked at as well. */
async function fits({ page }: Story): Promise<void> {
  for (const viewport of [NARROW, WIDE]) {
    await page.setViewportSize(viewport);
    expect(await page.evaluate<number>(CUT_OFF)).toBe(0);
  }
}

export const longNamePages: readonly PageState[] = [
  state('users', () => '/users', /^W{200}/),
  state('user', ({ user }) => `/users/${user}`, /^M{100}/),
  state('groups', () => '/groups', WIDE_NAME),
  state('group', ({ group }) => `/groups/${group}`, /^W{200}.*@acme/),
  state('applications', () => '/applications', LABEL),
  state('application', ({ application }) => `/applications/${application}/general`, LABEL),
  state('bindings', ({ application }) => `/applications/${application}/groups`, WIDE_NAME),
  state('home', () => '/', LABEL),
  {
    name: 'long-user-delete',
    show: async (story, settlement) => {
      await story.open(`/users/${(await longOf(settlement)).user}`);
      await story.press('More');
      await story.press('Delete');
      await story.sees(/This cannot be undone/);
      await fits(story);
    },
  },
  {
    name: 'long-group-delete',
    show: async (story, settlement) => {
      await story.open(`/groups/${(await longOf(settlement)).group}`);
      await story.press('More');
      await story.press('Delete');
      await story.sees(/^Delete W{200}/);
      await fits(story);
    },
  },
  {
    name: 'long-portal',
    whose: 'visitor',
    show: async (story, settlement) => {
      const { rollcall } = settlement.house.town;
      const name = String(Date.now());
      const id = await settlement.house.town.person(name);
      await story.page.goto(`${rollcall.url}/sign-in?next=/factors`);
      await signIn(story, name);
      await story.isAt('Second factors');
      await settlement.call('PATCH', `/users/${id}`, { username: `${name}${'W'.repeat(240)}` });
      await story.page.goto(`${rollcall.url}/factors`);
      await story.sees(/W{200}/);
    },
  },
];
