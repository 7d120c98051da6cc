/** The sandbox in Segment's place: looked into, and prepared, over its `/_control`. */
import { z } from 'zod';
import type { JsonClient } from './demo-http.ts';

const idSchema = z.union([z.string(), z.number()]).transform(String);

/** What its `/state` answers. */
export const sandboxStateSchema = z.object({
  members: z.array(z.object({ id: idSchema, userName: z.string(), displayName: z.string() })),
  groups: z.array(
    z.object({
      id: idSchema,
      displayName: z.string(),
      members: z.array(z.object({ id: idSchema, userName: z.string() })),
    }),
  ),
  accounts: z.array(z.object({ id: idSchema, email: z.string(), displayName: z.string() })),
});

const summarySchema = z.object({
  members: z.number(),
  groups: z.number(),
  memberships: z.number(),
  requests: z.number(),
});

const entrySchema = z.object({
  sequence: z.number(),
  time: z.number(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  requestBody: z.string(),
});

const samlSchema = z.object({ customerId: z.string(), acsUrl: z.string() });

/** What Segment holds. */
export type SandboxState = z.output<typeof sandboxStateSchema>;
export type SandboxSummary = z.output<typeof summarySchema>;
/** One request that Segment got. `time` is in milliseconds since 1970, when its work was done. */
export type SandboxRequest = z.output<typeof entrySchema>;

export interface SandboxControl {
  /** What its Connections page gives to an identity provider. */
  readonly saml: () => Promise<z.output<typeof samlSchema>>;
  /** Fills in what it takes from one. */
  readonly trust: (signOnUrl: string, certificate: string) => Promise<void>;
  /** Presses **Generate SSO Token**. */
  readonly generateToken: () => Promise<string>;
  readonly state: () => Promise<SandboxState>;
  readonly summary: () => Promise<SandboxSummary>;
  /** The requests since the last time this was asked, oldest first. */
  readonly takeRequests: () => Promise<SandboxRequest[]>;
  /** An account that somebody has already, outside this workspace. */
  readonly addAccount: (email: string, displayName: string) => Promise<void>;
  /** Somebody in the workspace whom nobody provisioned. */
  readonly addMember: (userName: string, displayName: string) => Promise<void>;
  readonly addGroup: (displayName: string, members: readonly string[]) => Promise<void>;
}

/** The sandbox behind a client of its `/_control`. */
export function sandboxControl(control: JsonClient): SandboxControl {
  let last = 0;
  return {
    saml: () => control.call('GET', '/saml', samlSchema),
    trust: (signOnUrl, certificate) => control.send('PUT', '/saml', { signOnUrl, certificate }),
    generateToken: async () =>
      (await control.call('POST', '/tokens', z.object({ token: z.string() }), {})).token,
    state: () => control.call('GET', '/state', sandboxStateSchema),
    summary: () => control.call('GET', '/summary', summarySchema),
    takeRequests: async () => {
      const journal = z.object({ journal: z.array(entrySchema) });
      const found = (await control.call('GET', `/requests?since=${last}`, journal)).journal;
      last = found.at(-1)?.sequence ?? last;
      return found;
    },
    addAccount: (email, displayName) => control.send('POST', '/accounts', { email, displayName }),
    addMember: (userName, displayName) => control.send('POST', '/members', { userName, displayName }),
    addGroup: (displayName, members) => control.send('POST', '/groups', { displayName, members }),
  };
}
