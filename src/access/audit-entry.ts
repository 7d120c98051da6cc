/** What the audit trail says of an act: who, from where, what, to whom, what it was before and what it became. */
import { isDeepStrictEqual } from 'node:util';
import type { Principal } from './principal.ts';

export interface Subject {
  /** `user`, `group`, `application`, `api-key`, … */
  readonly kind: string;
  /** Null where there are several. */
  readonly id: string | null;
  readonly name: string;
}

type Facts = Readonly<Record<string, unknown>>;

/** What was done. An act on many says how many, and names each only where they are few. */
export interface Deed {
  readonly subject: Subject;
  /** Null or left out for what was not there. */
  readonly before?: Facts | null;
  /** Null or left out for what is gone. */
  readonly after?: Facts | null;
}

export interface Origin {
  /** The network address; null for a program that has the API in its own process. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
}

export interface AuditEntry {
  readonly action: string;
  readonly actor: { readonly kind: Principal['kind']; readonly id: string | null; readonly name: string };
  readonly origin: Origin;
  readonly subject: Subject;
  /** Of an update, only what differs. */
  readonly before: Facts | null;
  readonly after: Facts | null;
}

const SECRET = /token|passw|secret|credential|private|recovery|totp|hash|^key$|api.?key/i;
const LEFT_OUT = '(left out)';

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isFacts(value) ? withoutSecrets(value) : value;
}

/** The same with secrets taken out, by the names of what holds them. That there is one (a boolean) is no secret. */
export function withoutSecrets(facts: Facts): Facts {
  const members = Object.entries(facts).map(([name, member]): [string, unknown] => {
    const tells = member !== null && typeof member !== 'boolean' && SECRET.test(name);
    return [name, tells ? LEFT_OUT : inside(member)];
  });
  return Object.fromEntries(members);
}

const only = (facts: Facts, names: readonly string[]): Facts =>
  Object.fromEntries(names.filter((name) => name in facts).map((name) => [name, facts[name]]));

/** What differs, on each side. */
function difference(before: Facts, after: Facts): Pick<AuditEntry, 'before' | 'after'> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return { before: only(before, changed), after: only(after, changed) };
}

const clean = (facts: Facts | null): Facts | null => facts && withoutSecrets(facts);

/** The entry of an act, or null where it changed nothing. */
export function auditEntry(
  action: string,
  { actor, keyId, kind, userId }: Principal,
  origin: Origin,
  { after = null, before = null, subject }: Deed,
): AuditEntry | null {
  const sides = before !== null && after !== null ? difference(before, after) : { before, after };
  if (before !== null && after !== null && isDeepStrictEqual(sides, { before: {}, after: {} })) return null;
  const who = { kind, id: userId ?? keyId ?? null, name: actor };
  return { action, actor: who, origin, subject, before: clean(sides.before), after: clean(sides.after) };
}
