/**
 * Who is signed in. A session may end while the console is open: then requests wait until somebody signed in again
 * (app/signed-out.tsx asks them), so that nothing that was typed is lost.
 */
import createClient from 'openapi-fetch';
import { ask } from './problem';
import type { components, paths } from './schema';

export type Session = components['schemas']['Session'];
export type Permission = Session['permissions'][number];

interface State {
  /** Null before the first answer. */
  readonly session: Session | null;
  readonly signedOut: boolean;
}

const client = createClient<paths>({ baseUrl: window.location.origin, fetch: ask });

let state: State = { session: null, signedOut: false };
const watchers = new Set<() => void>();
let waiting: (() => void)[] = [];

function become(next: State): void {
  state = next;
  for (const watcher of watchers) watcher();
}

function welcome(session: Session): Session {
  // Nothing that one person began is sent in the name of another.
  if (state.session !== null && state.session.userId !== session.userId) window.location.reload();
  become({ session, signedOut: false });
  for (const goOn of waiting) goOn();
  waiting = [];
  return session;
}

export const currentState = (): State => state;

export function watchSession(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Asks the server who is signed in. Throws an `ApiProblem` of status 401 where nobody is. */
export async function readSession(): Promise<Session> {
  const { data } = await client.GET('/api/v1/session');
  if (data === undefined) throw new Error('The session was answered without a body.');
  return welcome(data);
}

/** The same person signs in again. Throws an `ApiProblem` whose body names `secondFactor` where a code is needed too. */
export async function signInAgain(password: string, code: string): Promise<Session> {
  const username = state.session?.username ?? '';
  const body = { username, password, ...(code !== '' && { code }) };
  const { data } = await client.POST('/api/v1/session', { body });
  if (data === undefined) throw new Error('The session was answered without a body.');
  return welcome(data);
}

/** Resolves when somebody has signed in again. */
export function signedInAgain(): Promise<void> {
  become({ ...state, signedOut: true });
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}
