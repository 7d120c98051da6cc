import type { Story } from '../story.ts';
import type { PageState, Settlement } from './settlement.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a80';

const person = (username: string, firstname: string | null, lastname: string | null, more: object = {}) => ({
  username,
  email: username,
  firstname,
  lastname,
  displayname: null,
  ...more,
});

const candidate = (remoteId: string, userName: string, more: object) => ({
  remoteId,
  userName,
  active: true,
  state: 'new',
  person: person(userName, null, null),
  user: null,
  matches: [],
  ...more,
});

const candidates = [
  candidate('1', 'jan@acme.test', { person: person('jan@acme.test', 'Jan', 'van der Berg') }),
  candidate('2', 'bea@acme.test', {
    state: 'matches',
    matches: [{ id: `${ID}01`, username: 'bea', name: 'Bea Arthur', by: 'email' }],
  }),
  candidate('3', 'twin@acme.test', {
    state: 'matches',
    active: false,
    matches: [
      { id: `${ID}02`, username: 'twin', name: 'Castor Twin', by: 'username' },
      { id: `${ID}03`, username: 'double', name: 'Pollux Twin', by: 'email' },
    ],
  }),
  candidate('4', 'ada@acme.test', {
    state: 'imported',
    user: { id: `${ID}04`, name: 'Ada Lovelace', managed: true },
  }),
  candidate('5', 'roger.sterling.of.the.new.york.office@acme.test', {
    state: 'imported',
    user: { id: `${ID}05`, name: 'Roger Sterling', managed: false },
  }),
];

const roster = {
  state: 'read',
  seen: candidates.length,
  message: null,
  startedAt: '2026-11-20T10:00:00.000Z',
  readAt: '2026-11-20T10:00:04.000Z',
};

const listed = (more: object = {}) => ({
  items: candidates,
  nextCursor: null,
  total: candidates.length,
  importable: 3,
  roster: { ...roster, ...more },
});

const item = (remoteId: string, username: string, outcome: string, more: object = {}) => ({
  remoteId,
  person: person(username, null, null),
  outcome,
  userId: ['failed', 'waiting', 'cancelled'].includes(outcome) ? null : `${ID}01`,
  errors: [],
  ...more,
});

const items = [
  item('1', 'jan@acme.test', 'created', { person: person('jan@acme.test', 'Jan', 'van der Berg') }),
  item('2', 'bea@acme.test', 'linked'),
  item('3', 'cleo', 'failed', {
    errors: [{ path: 'email', message: 'must be an email address such as ada@example.com.' }],
  }),
  item('4', 'ada@acme.test', 'unchanged'),
];

const done = (applicationId: string) => ({
  id: `${ID}57`,
  applicationId,
  state: 'done',
  userState: 'staged',
  background: false,
  counts: { total: 4, waiting: 0, created: 1, linked: 1, unchanged: 1, failed: 1, cancelled: 0 },
  startedBy: 'ada@acme.test',
  mail: null,
  createdAt: '2026-11-20T10:00:00.000Z',
  finishedAt: '2026-11-20T10:00:01.000Z',
});

const running = (applicationId: string) => ({
  ...done(applicationId),
  state: 'running',
  background: true,
  counts: { total: 5000, waiting: 3200, created: 1700, linked: 90, unchanged: 0, failed: 10, cancelled: 0 },
  mail: { to: 'ada@acme.test', state: 'none', message: null },
  finishedAt: null,
});

const cancelled = (applicationId: string) => ({
  ...running(applicationId),
  state: 'done',
  counts: { ...running(applicationId).counts, waiting: 0, cancelled: 3200 },
  finishedAt: '2026-11-20T10:00:02.000Z',
});

async function openList(story: Story, { applicationId }: Settlement, list: object): Promise<void> {
  const at = `/applications/${applicationId}`;
  const imports = [running(applicationId), done(applicationId)];
  await story.answers('GET', `/api/v1${at}/import/users`, list);
  await story.answers('GET', `/api/v1${at}/imports`, { items: imports, nextCursor: null, total: 2 });
  await story.open(`${at}/import`);
  await story.sees('Earlier imports');
}

async function openRun(
  story: Story,
  made: Pick<ReturnType<typeof done>, 'applicationId' | 'id'>,
  of: object[],
): Promise<void> {
  const path = `/applications/${made.applicationId}/import`;
  const api = `/api/v1/applications/${made.applicationId}/imports/${made.id}`;
  await story.answers('GET', api, made);
  await story.answers('GET', `${api}/items`, { items: of, nextCursor: null, total: of.length });
  await story.open(`${path}/${made.id}`);
  await story.sees('jan@acme.test');
}

export const importPages: readonly PageState[] = [
  {
    name: 'import-never-read',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/import`);
      await story.sees(/^The connection is inactive/);
      await story.sees('No imports yet');
    },
  },
  {
    name: 'import-list',
    show: async (story, settlement) => {
      await openList(story, settlement, listed());
      await story.press('Select jan@acme.test');
      await story.sees('1 selected');
    },
  },
  {
    name: 'import-reading',
    show: async (story, settlement) => {
      await openList(story, settlement, listed({ state: 'reading', seen: 1200, readAt: null }));
      await story.sees(/1,200 users so far/);
    },
  },
  {
    name: 'import-not-read',
    show: async (story, settlement) => {
      const message =
        'Segment answered with the same page again and again, so that its list has no end. Nothing was taken from it.';
      await openList(story, settlement, listed({ state: 'failed', message }));
      await story.sees('The users could not be read');
    },
  },
  {
    name: 'import-edit',
    show: async (story, settlement) => {
      await openList(story, settlement, listed());
      await story.press('Edit jan@acme.test');
      await story.sees(/^This is what the import makes of them/);
    },
  },
  {
    name: 'import-start',
    show: async (story, settlement) => {
      await openList(story, settlement, listed());
      await story.press('Select all 3 users');
      await story.press('Import 3 users');
      await story.sees('Import 3 users?');
    },
  },
  {
    name: 'import-running',
    show: (story, { applicationId }) =>
      openRun(story, running(applicationId), [...items, item('5', 'zoe@acme.test', 'waiting')]),
  },
  {
    name: 'import-cancel',
    show: async (story, { applicationId }) => {
      await openRun(story, running(applicationId), items);
      await story.press('Cancel the import');
      await story.sees('Cancel the import?');
    },
  },
  {
    name: 'import-cancelled',
    show: (story, { applicationId }) =>
      openRun(story, cancelled(applicationId), [...items, item('5', 'zoe@acme.test', 'cancelled')]),
  },
  {
    name: 'import-done',
    show: (story, { applicationId }) => openRun(story, done(applicationId), items),
  },
];
