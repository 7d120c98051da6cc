/** Requests in one line each, with names in the place of ids, so that a person can follow them. Pure. */
import { z } from 'zod';
import { Csv } from './body.ts';
import type { Change } from './demo-http.ts';
import { STUCK } from './demo-show.ts';
import type { SandboxRequest, SandboxState } from './demo-sandbox.ts';

/** What to call each id. */
export type Names = ReadonlyMap<string, string>;

/** The part of an email address that tells people apart here. */
export const shortName = (userName: string): string => userName.split('@')[0] ?? userName;

/** What to call each id that the sandbox gave. */
export function sandboxNames({ accounts, groups }: SandboxState): Map<string, string> {
  return new Map([
    ...accounts.map(({ id, email }) => [id, shortName(email)] as const),
    ...groups.map(({ id, displayName }) => [id, displayName] as const),
  ]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const inBraces = (names: Names, id: string): string => {
  const name = names.get(id) ?? (UUID.test(id) ? '…' : undefined);
  return name === undefined ? id : `{${name}}`;
};

const readablePath = (path: string, names: Names): string =>
  decodeURIComponent(path.replaceAll('+', ' '))
    .split('/')
    .map((part) => inBraces(names, part))
    .join('/');

/** JSON with spaces, at which it can be folded. */
const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/\s*\n\s*/g, ' ');

/** A change as it was asked of Rollcall: `PATCH /users/{priya} { "state": "suspended" }`. */
export function describeChange({ method, path, body }: Change, names: Names): string {
  const line = `${method} ${readablePath(path, names)}`;
  if (body === undefined) return line;
  if (body instanceof Csv) return `${line} (CSV)`;
  return `${line}  ${spaced(body).replaceAll(/"([^"]+)"/g, (text, id: string) => (names.has(id) ? inBraces(names, id) : text))}`;
}

const operationSchema = z.object({
  op: z.string(),
  path: z.string().optional(),
  value: z.unknown().optional(),
});

const bodySchema = z.object({
  userName: z.string().optional(),
  displayName: z.string().optional(),
  active: z.boolean().optional(),
  Operations: z.array(operationSchema).optional(),
});

type Body = z.output<typeof bodySchema>;

function readBody(text: string): Body {
  return text === '' ? {} : (bodySchema.safeParse(JSON.parse(text)).data ?? {});
}

const membersSchema = z.array(z.object({ value: z.string() }));
const MEMBER = /^members\[value eq "([^"]*)"\]$/;

/** Longer lists of names say less than their number. */
const NAMED = 3;

function describeOperation(operation: z.output<typeof operationSchema>, names: Names): string {
  const { op, path = '', value } = operation;
  const members = path === 'members' ? membersSchema.safeParse(value).data : undefined;
  if (members !== undefined) {
    const who = members.map((member) => names.get(member.value) ?? member.value);
    return `${op} members: ${who.length > NAMED ? `${who.length} people` : who.join(', ')}`;
  }
  const removed = MEMBER.exec(path)?.[1];
  if (removed !== undefined) return `${op} members[value eq "${inBraces(names, removed)}"]`;
  return `${op} ${path}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;
}

function describeOperations(operations: NonNullable<Body['Operations']>, names: Names): string {
  if (operations.length > NAMED)
    return `${operations.length} operations, first ${describeOperation(operations[0] ?? { op: '', value: '' }, names)}`;
  return operations.map((operation) => describeOperation(operation, names)).join('; ');
}

/** Of a user, what the address does not say already. */
function describeBody(method: string, body: Body, names: Names): string {
  if (body.Operations !== undefined) return describeOperations(body.Operations, names);
  const { userName, displayName, active } = body;
  if (active === false) return 'active: false';
  const parts = method === 'POST' ? { userName, displayName } : { displayName, active };
  const shown = Object.entries(parts).filter(([, value]) => value !== undefined);
  return shown.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
}

const BASE = '/scim/v2';

const scimPath = (path: string): string => (path.startsWith(BASE) ? path.slice(BASE.length) : path);

const answered = ({ status }: SandboxRequest): string => `→${STUCK}${status}`;

/** A request that Segment got: `PUT /Users/{priya}  active: false  → 200`. */
function describeRequest(request: SandboxRequest, names: Names): string {
  const body = describeBody(request.method, readBody(request.requestBody), names);
  const start = `${request.method} ${readablePath(scimPath(request.path), names)}`;
  return `${start}${body === '' ? '' : `  ${body}`}  ${answered(request)}`;
}

/** What requests that differ only in their subject have in common. */
function kindOf(request: SandboxRequest): string {
  const { active } = readBody(request.requestBody);
  const path = scimPath(request.path).replace(/^\/(\w+)\/.+$/, '/$1/{…}');
  return `${request.method} ${path}${active === undefined ? '' : `  active: ${active}`}  ${answered(request)}`;
}

/** More lines than this are counted instead of shown one by one. */
const SHOWN = 4;

/** The requests in few lines: one each, or counted by kind where there are many of a kind. */
export function describeRequests(requests: readonly SandboxRequest[], names: Names): string[] {
  const byKind = new Map<string, SandboxRequest[]>();
  for (const request of requests)
    byKind.set(kindOf(request), [...(byKind.get(kindOf(request)) ?? []), request]);
  return [...byKind].flatMap(([kind, alike]) =>
    alike.length > SHOWN
      ? [`${alike.length} × ${kind}`]
      : alike.map((request) => describeRequest(request, names)),
  );
}
