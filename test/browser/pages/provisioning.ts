import { z } from 'zod';
import { made } from '../../support/api.ts';
import { companyOf, type Company } from '../../support/company.ts';
import { until } from '../../support/scene.ts';
import { SSO_ENABLED } from '../../support/sso.ts';
import type { PageState, Settlement } from './settlement.ts';

const holdsSchema = z.object({ items: z.tuple([z.looseObject({ id: z.string() })]) });

/** Another application beside the settlement's, at work, with these people in a group. */
async function founded(
  { house, connection }: Settlement,
  label: string,
  names: readonly string[],
): Promise<Company> {
  const { rollcall } = house.town;
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label });
  const company = companyOf(rollcall, house.segment, id, new Map());
  for (const name of names) await company.hires(name);
  await company.founds(`${label} people`, names);
  await company.binds(`${label} people`);
  await company.ask('PUT', '/sso', SSO_ENABLED);
  await company.configures({ ...connection, threshold: { number: 0, percent: 10 } });
  await company.activates();
  await company.untilIdle();
  return company;
}

/** An application of whom much changed while its connection was inactive. */
async function plan(settlement: Settlement): Promise<string> {
  const company = await founded(settlement, 'Workspace', ['ruth', 'sam', 'tess', 'uma']);
  await company.deactivates();
  await company.changes('ruth', { lastname: 'Bader Ginsburg' });
  await company.suspends('sam');
  await company.hires('vera', ['Workspace people']);
  await company.hires('will', ['Workspace people'], { username: 'will', email: null });
  await company.renames('Workspace people', 'Everybody in the workspace');
  await company.removes('Workspace people', 'tess');
  return company.applicationId;
}

async function hold(settlement: Settlement): Promise<string> {
  const company = await founded(settlement, 'Held', ['xena', 'yves', 'zoe']);
  await company.suspends('xena', 'yves');
  await until('they are held', async () => (await company.status()).held === 2);
  return company.applicationId;
}

/** An application in which leavers keep their account, as somebody decided. */
async function keep(settlement: Settlement): Promise<string> {
  const company = await founded(settlement, 'Lenient', ['abe', 'bess', 'carl']);
  await company.suspends('abe', 'bess');
  await until('they are held', async () => (await company.status()).held === 2);
  const [hold] = holdsSchema.parse(await company.ask('GET', '/holds')).items;
  await company.ask('POST', `/holds/${hold.id}/reject`);
  return company.applicationId;
}

/** Built once, when a page first asks. */
function once(build: (settlement: Settlement) => Promise<string>): typeof build {
  let built: Promise<string> | undefined;
  return (settlement) => (built ??= build(settlement));
}

const planned = once(plan);
const held = once(hold);
const keeping = once(keep);

export const provisioningPages: readonly PageState[] = [
  {
    name: 'identity-management',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.fill('Try it on somebody', 'ada');
      await story.press('Ada Lovelace (ada@acme.test)', 'option');
      await story.sees('When people leave');
    },
  },
  {
    name: 'identity-management-configure',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.press('Configure');
      await story.sees(/can be changed only while the connection is inactive/);
    },
  },
  {
    name: 'identity-management-tested',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.press('Test');
      await story.sees(/answered as it should/);
      await story.press('How it is spoken to');
    },
  },
  {
    name: 'identity-management-activate',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/identity-management`);
      await story.press('Activate');
      await story.sees(/No group is bound yet/);
    },
  },
  {
    name: 'identity-management-groups-off',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.page.getByRole('switch', { name: /^Enable management of User Groups/ }).click();
      await story.sees('Stop managing groups and memberships?');
    },
  },
  {
    name: 'bindings',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/groups`);
      await story.press('Bind Marketing');
      await story.press('Bind Contractors');
      await story.sees(/would lose the account in Segment/);
    },
  },
  {
    name: 'bindings-unsaved',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/groups`);
      await story.press('Bind Contractors');
      await story.press('Home', 'link');
      await story.sees('Leave without saving?');
    },
  },
  {
    name: 'plan-in-step',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/plan`);
      await story.sees('Segment is in step with the directory');
    },
  },
  {
    name: 'plan',
    show: async (story, settlement) => {
      await story.open(`/applications/${await planned(settlement)}/plan`);
      await story.sees('Loses access');
    },
  },
  {
    name: 'plan-kept',
    show: async (story, settlement) => {
      await story.open(`/applications/${await keeping(settlement)}/plan`);
      await story.sees(/^2 accounts kept against the directory$/);
    },
  },
  {
    name: 'application-users-kept',
    show: async (story, settlement) => {
      await story.open(`/applications/${await keeping(settlement)}/users?kept=yes`);
      await story.sees('2 users');
    },
  },
  {
    name: 'plan-held',
    show: async (story, settlement) => {
      await story.open(`/applications/${await held(settlement)}/plan`);
      await story.sees('2 people held');
      await story.sees('Suspended');
      await story.sees('Loses access');
    },
  },
  {
    name: 'plan-held-approve',
    show: async (story, settlement) => {
      await story.open(`/applications/${await held(settlement)}/plan`);
      await story.press('Deactivate 2 people');
      await story.sees('Deactivate 2 people in Held?');
    },
  },
  {
    name: 'plan-held-reject',
    show: async (story, settlement) => {
      await story.open(`/applications/${await held(settlement)}/plan`);
      await story.press('Reject');
      await story.sees('Let 2 people keep the account in Held?');
    },
  },
];
