/** Whether anything was done twice, read from the requests that the target got. Pure. */
import { z } from 'zod';
import type { Held, TargetRequest } from './target.ts';

const BASE = '/scim/v2';
const RATE_LIMITED = 'rate-limited';

const nameSchema = z
  .object({ userName: z.string().optional(), displayName: z.string().optional() })
  .transform(({ userName, displayName }) => (userName ?? displayName ?? '').toLowerCase());

const idSchema = z.object({ id: z.union([z.string(), z.number()]).transform(String) });

const parsed = (text: string): unknown => (text === '' ? {} : JSON.parse(text));

/** Which record a filter asks for: `/Users?filter=userName eq "x"` → `x`. */
function askedFor(path: string): string | undefined {
  const filter = new URL(path, 'http://target').searchParams.get('filter') ?? '';
  return /^\w+ eq "(.*)"$/.exec(filter)?.[1]?.toLowerCase();
}

interface Create {
  readonly name: string;
  /** The record's id where the answer had it. */
  readonly id: string | undefined;
}

/** Creates that the target may have carried out, by kind and name, until something makes another one right. */
class Creates {
  readonly #pending = new Map<string, Create>();

  /** Whether the same was sent before, and nothing since then made it right to send it again. */
  add(kind: string, { requestBody, responseBody }: TargetRequest): boolean {
    const name = nameSchema.parse(parsed(requestBody));
    const again = this.#pending.has(`${kind} ${name}`);
    this.#pending.set(`${kind} ${name}`, { name, id: idSchema.safeParse(parsed(responseBody)).data?.id });
    return again;
  }

  asked(kind: string, name: string): void {
    this.#pending.delete(`${kind} ${name}`);
  }

  /** Whatever was done to the record itself: it was known. */
  touched(id: string): void {
    for (const [key, create] of this.#pending) if (create.id === id) this.#pending.delete(key);
  }
}

/** Creates that were repeated without asking the target first whether the one before was carried out (R42), a sentence each. */
export function blindRepeats(requests: readonly TargetRequest[]): string[] {
  const creates = new Creates();
  const repeats: string[] = [];
  for (const request of requests) {
    const { method, path, status, fault } = request;
    if (fault === RATE_LIMITED) continue;
    const [, kind = '', id] = path.slice(BASE.length).split('?')[0]?.split('/') ?? [];
    if (method === 'POST' && creates.add(kind, request))
      repeats.push(`POST /${kind} was sent again without asking first: ${request.requestBody}`);
    const name = method === 'GET' && status === 200 && fault === null ? askedFor(path) : undefined;
    if (name !== undefined) creates.asked(kind, name);
    if (id !== undefined && method !== 'GET') creates.touched(decodeURIComponent(id));
  }
  return repeats;
}

/** People with more than one account in the target, a sentence each. */
export function doubledAccounts(held: Held, ownerOf: (email: string) => string | undefined): string[] {
  const byOwner = new Map<string, string[]>();
  for (const { email } of held.accounts) {
    const owner = ownerOf(email) ?? email;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), email]);
  }
  return [...byOwner]
    .filter(([, emails]) => emails.length > 1)
    .map(([owner, emails]) => `${owner} has ${emails.length} accounts: ${emails.join(', ')}.`);
}
