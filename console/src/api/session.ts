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

/**
 * The page is of somebody who is signed in no more, and is loaded anew for whoever is. That takes a while, in which the page
 * lives on: what one person began is never sent, since it would be in the name of another.
 */
function leave(): Promise<never> {
  window.location.reload();
  return new Promise(() => undefined);
}

function welcome(session: Session): Session | Promise<never> {
  if (state.session !== null && state.session.userId !== session.userId) return leave();
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

/** Asks the server who is signed in; never resolves where it is another person than before. Throws an `ApiProblem` of status 401 where nobody is. */
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
