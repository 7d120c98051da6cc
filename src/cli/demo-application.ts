/** The Segment application as an administrator sets it up and watches it over the API. */
import { z } from 'zod';
import { groupId, readAll } from './demo-directory.ts';
import type { JsonClient } from './demo-http.ts';

const statusSchema = z.looseObject({
  failed: z.number(),
  idle: z.boolean().describe('Nothing is left to do but what is held.'),
});

/** Where the target does not answer as it should, activating is refused. */
const probeSchema = z.looseObject({
  message: z.string(),
  checks: z.array(z.object({ name: z.string(), passed: z.boolean(), message: z.string() })),
});

const planSchema = z.looseObject({ checksum: z.string(), summary: z.record(z.string(), z.number()) });
const holdSchema = z.looseObject({ id: z.string(), state: z.string(), reason: z.string() });

const linkedSchema = z.looseObject({
  username: z.string().nullable(),
  error: z.looseObject({ message: z.string() }).nullable(),
  notAccepted: z.array(z.looseObject({ label: z.string(), sent: z.unknown(), kept: z.unknown() })),
});

export type Status = z.output<typeof statusSchema>;
type Probe = z.output<typeof probeSchema>;
type Hold = z.output<typeof holdSchema>;
/** What Rollcall knows of a user in the application. */
type LinkedUser = z.output<typeof linkedSchema>;

const ssoSchema = z.looseObject({
  identityProvider: z.looseObject({
    ssoUrl: z.string(),
    certificates: z.tuple([z.looseObject({ certificate: z.string() })]),
  }),
});

/** What the service provider takes over from an identity provider. */
interface IdentityProvider {
  readonly signOnUrl: string;
  readonly certificate: string;
}

export interface Application {
  readonly id: string;
  /** Enables single sign-on; the sandbox's ACS URL stands in for the one that follows from the Customer ID. */
  readonly enableSso: (customerId: string, acsUrl: string) => Promise<IdentityProvider>;
  readonly connect: (baseUrl: string, token: string) => Promise<void>;
  readonly activate: () => Promise<Probe>;
  readonly bind: (groups: readonly string[]) => Promise<void>;
  readonly unbind: (groups: readonly string[]) => Promise<void>;
  readonly status: () => Promise<Status>;
  /** How many steps a plan of the whole application has now. */
  readonly planned: () => Promise<number>;
  readonly users: () => Promise<LinkedUser[]>;
  readonly openHold: () => Promise<Hold | undefined>;
  readonly approve: (holdId: string) => Promise<void>;
}

/** Adds the application of that connector. */
export async function addApplication(api: JsonClient, connector: string): Promise<Application> {
  const made = await api.call('POST', '/applications', z.looseObject({ id: z.string() }), { connector });
  const path = `/applications/${made.id}`;
  const idm = `${path}/identity-management`;
  const bindings = async (groups: readonly string[], how: 'add' | 'remove'): Promise<void> => {
    const ids = await Promise.all(groups.map((name) => groupId(api, name)));
    await api.send('POST', `${path}/groups`, { [how]: ids });
  };
  return {
    id: made.id,
    enableSso: async (customerId, acsUrl) => {
      const settings = { enabled: true, answers: { customerId }, acsUrls: [acsUrl] };
      const { identityProvider } = await api.call('PUT', `${path}/sso`, ssoSchema, settings);
      const [{ certificate }] = identityProvider.certificates;
      return { signOnUrl: identityProvider.ssoUrl, certificate };
    },
    connect: (baseUrl, token) => api.send('PATCH', idm, { baseUrl, token }),
    activate: () => api.call('POST', `${idm}/activate`, probeSchema),
    bind: (groups) => bindings(groups, 'add'),
    unbind: (groups) => bindings(groups, 'remove'),
    status: () => api.call('GET', `${path}/status`, statusSchema),
    planned: async () => {
      const { summary } = await api.call('GET', `${path}/plan`, planSchema);
      return Object.values(summary).reduce((sum, steps) => sum + steps, 0);
    },
    users: () => readAll(api, `${path}/users`, linkedSchema),
    openHold: async () =>
      (await readAll(api, `${path}/holds`, holdSchema)).find(({ state }) => state === 'open'),
    approve: (holdId) => api.send('POST', `${path}/holds/${holdId}/approve`),
  };
}
