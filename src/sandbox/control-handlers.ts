/** What each request under `/_control` does; control.ts says what goes in and out. */
import { z } from 'zod';
import { badInput, conflict, notFound } from '../errors.ts';
import { fieldErrorsOf } from '../fields.ts';
import { changeBehaviour, describeBehaviour } from './behaviour.ts';
import { facts } from './facts.ts';
import { groupNameSchema } from './group-changes.ts';
import type { Answer } from './http.ts';
import { read } from './input.ts';
import type { Query } from './noun.ts';
import type { Account } from './state.ts';
import { acsUrlOf, audienceOf, samlSettingsSchema } from './saml-connection.ts';
import { emailSchema, nameSchema } from './user-input.ts';
import { accountView, groupView, memberView, stateView } from './views.ts';
import { generateToken, resetWorld, type World } from './world.ts';

export interface Call {
  readonly world: World;
  readonly query: Query;
  readonly body: string;
  /** The part of the path after the noun, or ''. */
  readonly id: string;
}

type Handler = (call: Call) => Answer;

/** An answer of JSON. */
export const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });
const NOTHING: Answer = { status: 204, body: '' };

function readJson(body: string): unknown {
  try {
    return body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    throw badInput('The body is not JSON.');
  }
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = read(schema, value);
  if (parsed.success) return parsed.data;
  throw badInput('Nothing was changed: see the fields.', fieldErrorsOf(parsed.error));
}

const resetSchema = z.strictObject({ keep: z.array(z.enum(['token', 'behaviour', 'saml'])).default([]) });
const accountSchema = z.strictObject({ email: emailSchema, displayName: nameSchema });
const memberSchema = z.strictObject({ userName: emailSchema, displayName: nameSchema.optional() });
const groupSchema = z.strictObject({
  displayName: groupNameSchema,
  members: z.array(emailSchema).default([]),
});
const requestsSchema = z.strictObject({
  since: z.coerce.number().int().min(0).optional(),
  route: z.string().optional(),
  limit: z.coerce.number().int().min(0).optional(),
});

function freeEmail(world: World, email: string, except?: Account): string {
  const owner = world.workspace.accountByEmail(email);
  if (owner && owner !== except) throw conflict(`${email} is the account ${owner.id}.`);
  return email;
}

function newAccount(world: World, email: string, displayName: string): Account {
  const id = world.workspace.newId(world.behaviour.ids);
  return world.workspace.addAccount(id, freeEmail(world, email), displayName);
}

function addMember({ world, body }: Call): Answer {
  const { userName, displayName = userName } = parse(memberSchema, readJson(body));
  const account = world.workspace.accountByEmail(userName) ?? newAccount(world, userName, displayName);
  world.workspace.join(account);
  return json(201, memberView(account));
}

function memberNamed(world: World, key: string): Account {
  const account = world.workspace.accountByEmail(key) ?? world.workspace.account(key);
  if (account?.standing === 'member') return account;
  throw notFound(`The member ${key}`);
}

function addGroup({ world, body }: Call): Answer {
  const { displayName, members } = parse(groupSchema, readJson(body));
  const accounts = members.map((email) => memberNamed(world, email));
  const group = world.workspace.addGroup(world.workspace.newId(world.behaviour.ids), displayName);
  for (const account of accounts) world.workspace.addToGroup(group, account);
  return json(201, groupView(group));
}

function changeAccount({ world, body, id }: Call): Answer {
  const account = world.workspace.account(id);
  if (!account) throw notFound(`The account ${id}`);
  const { email, displayName } = parse(accountSchema.partial(), readJson(body));
  if (email !== undefined) world.workspace.changeEmail(account, freeEmail(world, email, account));
  if (displayName !== undefined) account.displayName = displayName;
  return json(200, accountView(account));
}

function requests({ world, query }: Call): Answer {
  const { since, route, limit } = parse(requestsSchema, Object.fromEntries(query ?? []));
  const { journal } = world;
  const entries = journal.entries({ since, route, limit });
  return json(200, { counts: journal.counts(), total: journal.total, journal: entries });
}

const samlView = ({ origin, saml }: World) => ({
  customerId: saml.customerId,
  acsUrl: acsUrlOf(origin, saml),
  audience: audienceOf(saml),
  loginUrl: `${origin}/login`,
  signOnUrl: saml.identityProvider?.signOnUrl ?? null,
  certificate: saml.identityProvider?.certificate ?? null,
  requireSso: saml.requireSso,
});

function setSaml({ world, body }: Call): Answer {
  const { requireSso, ...identityProvider } = parse(samlSettingsSchema, readJson(body));
  Object.assign(world.saml, { identityProvider, requireSso });
  return json(200, samlView(world));
}

export const handlers: Readonly<Record<string, Handler>> = {
  'GET /state': ({ world }) => json(200, stateView(world)),
  'GET /summary': ({ world: { workspace, journal } }) =>
    json(200, {
      accounts: workspace.accountCount,
      members: workspace.memberCount,
      groups: workspace.groups().length,
      memberships: workspace.groups().reduce((sum, group) => sum + group.members.size, 0),
      requests: journal.total,
    }),
  'GET /members/': ({ world, id }) => json(200, memberView(memberNamed(world, id))),
  'POST /reset': ({ world, body }) => {
    const { keep } = parse(resetSchema, readJson(body));
    resetWorld(world, keep);
    return NOTHING;
  },
  'POST /tokens': ({ world }) => {
    const { value, createdAt } = generateToken(world);
    return json(201, { token: value, createdAt });
  },
  'GET /behaviour': ({ world: { behaviour } }) =>
    json(200, { behaviour, toggles: describeBehaviour(behaviour), facts }),
  'PATCH /behaviour': ({ world, body }) => {
    world.behaviour = changeBehaviour(world.behaviour, readJson(body));
    return json(200, { behaviour: world.behaviour });
  },
  'GET /requests': requests,
  'DELETE /requests': ({ world }) => {
    world.journal.clear();
    return NOTHING;
  },
  'GET /saml': ({ world }) => json(200, samlView(world)),
  'PUT /saml': setSaml,
  'GET /sign-ins': ({ world }) => json(200, { signIns: world.signIns.entries() }),
  'POST /accounts': ({ world, body }) => {
    const { email, displayName } = parse(accountSchema, readJson(body));
    return json(201, accountView(newAccount(world, email, displayName)));
  },
  'PATCH /accounts/': changeAccount,
  'POST /members': addMember,
  'POST /groups': addGroup,
};
