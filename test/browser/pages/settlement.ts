/** What the pages show: a company of some size, with an application that is provisioned. */
import { z } from 'zod';
import { made, type Method } from '../../support/api.ts';
import { call, person } from '../../support/company.ts';
import { until } from '../../support/scene.ts';
import { SSO_ENABLED } from '../../support/sso.ts';
import type { Playhouse } from '../playhouse.ts';
import type { Story } from '../story.ts';

/** A page in one of its states, for test/browser/pages.test.ts. */
export interface PageState {
  /** Also the name of its picture. */
  readonly name: string;
  /** Whose browser it begins in: the administrator's, unless it signs them out. */
  readonly whose?: 'visitor' | 'another' | 'reader';
  /** Goes there; the page is at rest when it returns. */
  readonly show: (story: Story, settlement: Settlement) => Promise<void>;
}

export interface Settlement {
  /** Begins a state in the browser that it asks for. */
  readonly begin: (whose: PageState['whose']) => Promise<Story>;
  readonly house: Playhouse;
  readonly applicationId: string;
  /** Another one, of which nothing is set up yet. */
  readonly newApplicationId: string;
  /** Calls the API as somebody else does meanwhile. */
  readonly call: (method: Method, path: string, body?: unknown) => Promise<unknown>;
  /** Address and token of Segment, for other applications beside this one: a new token would end it. */
  readonly connection: { readonly baseUrl: string; readonly token: string };
  readonly userId: (name: string) => string;
  readonly groupId: (name: string) => string;
}

const GROUPS = {
  Engineering: ['ada', 'grace', 'linus', 'margaret'],
  Marketing: ['peggy', 'don'],
  'Everybody in the New York office': ['ada', 'peggy', 'don', 'joan'],
  Contractors: [],
} as const;

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  ada: ['Ada', 'Lovelace'],
  grace: ['Grace', 'Hopper'],
  linus: ['Linus', 'Torvalds'],
  margaret: ['Margaret', 'Hamilton'],
  peggy: ['Peggy', 'Olson'],
  don: ['Don', 'Draper'],
  joan: ['Joan', 'Holloway'],
};

const idsSchema = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
const statusSchema = z.looseObject({ idle: z.boolean() });

/** Waits until nothing is left to do in an application. */
export function untilIdle({ town: { rollcall } }: Playhouse, applicationId: string): Promise<void> {
  return until('nothing is left to do', async () => {
    const status = await call(rollcall, 'GET', `/applications/${applicationId}/status`);
    return statusSchema.parse(status).idle;
  });
}

/** Taken by whoever comes first. */
function desk(house: Playhouse, ...whose: Parameters<Playhouse['atDesk']>): () => Promise<Story> {
  let taken: ReturnType<Playhouse['atDesk']> | undefined;
  return async () => (await (taken ??= house.atDesk(...whose)))();
}

/** Founds it; once for a file. */
export async function settle(house: Playhouse): Promise<Settlement> {
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };
  const rows = Object.entries(NAMES).map(([name, [firstname, lastname]]) => ({
    ...person(name),
    firstname,
    lastname,
    attributes: { department: 'Research', costCenter: 4711 },
  }));
  const { results } = idsSchema.parse(await call(rollcall, 'POST', '/users/bulk', { users: rows }));
  const users = new Map(Object.keys(NAMES).map((name, at) => [name, results[at]?.id ?? '']));
  const userId = (name: string): string => users.get(name) ?? '';
  const groups = new Map<string, string>();
  for (const [name, members] of Object.entries(GROUPS)) {
    const id = await made(caller, '/groups', { name, description: `The people of ${name}.` });
    groups.set(name, id);
    await call(rollcall, 'POST', `/groups/${id}/members`, { add: members.map(userId) });
  }
  const groupId = (name: string): string => groups.get(name) ?? '';
  const applicationId = await made(caller, '/applications', { connector: 'segment', label: 'Segment' });
  const newApplicationId = await made(caller, '/applications', {
    connector: 'segment',
    label: 'Segment of the marketing department',
    description: 'For campaigns.',
  });
  const at = `/applications/${applicationId}`;
  const connection = { baseUrl: house.segment.baseUrl, token: await house.segment.newToken() };
  await call(rollcall, 'PUT', `${at}/sso`, SSO_ENABLED);
  await call(rollcall, 'PATCH', `${at}/identity-management`, connection);
  await call(rollcall, 'POST', `${at}/groups`, { add: ['Engineering', 'Marketing'].map(groupId) });
  await call(rollcall, 'POST', `${at}/identity-management/activate`);
  await call(rollcall, 'PATCH', `/users/${userId('joan')}`, { state: 'suspended' });
  await untilIdle(house, applicationId);
  const administrator = desk(house, 'administrator', 'administrator');
  const reader = desk(house, 'reader', 'read-only');
  const another = () => house.as('another', 'administrator');
  return {
    house,
    connection,
    applicationId,
    newApplicationId,
    call: (method, path, body) => call(rollcall, method, path, body),
    userId,
    groupId,
    begin: (whose) =>
      ({ visitor: house.visitor, another, reader, administrator })[whose ?? 'administrator'](),
  };
}
