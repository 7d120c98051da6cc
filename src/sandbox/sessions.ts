/** Who is signed in, by cookie. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Account } from './state.ts';

/** Cookies know no ports, so the name says whose it is. */
const COOKIE = 'segment_sandbox';

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/** Sets what `open` gave. */
export const sessionCookie = (id: string): string => `${COOKIE}=${id}; ${ATTRIBUTES}`;

export const noSessionCookie = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

/** The session that a browser says it has. */
export function sessionIdOf(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** Sessions in memory, by the cookie's value. */
export class Sessions {
  private readonly accounts = new Map<string, Account>();

  open(account: Account): string {
    const id = randomBytes(32).toString('base64url');
    this.accounts.set(id, account);
    return id;
  }

  close(id: string | undefined): void {
    if (id !== undefined) this.accounts.delete(id);
  }

  /** Who it is; nobody any more once they were taken out of the workspace. */
  find(id: string | undefined): Account | undefined {
    const account = id === undefined ? undefined : this.accounts.get(id);
    return account?.standing === 'member' ? account : undefined;
  }

  clear(): void {
    this.accounts.clear();
  }
}
