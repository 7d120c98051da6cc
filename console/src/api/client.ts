/**
 * The API, typed by its own document. `take(api.GET('/api/v1/users', …))` answers the data or throws an `ApiProblem`. Writes
 * carry the token of the session, and of whom they are meant; reads of a page that nobody is at say so. Whoever was signed out
 * signs in again, and the request is sent once more.
 */
import createClient from 'openapi-fetch';
import { BY_ITSELF, isSomebodyHere } from './presence';
import { ApiProblem, ask } from './problem';
import type { components, paths } from './schema';
import { currentState, readSession, signedInAgain } from './session';

export type Schemas = components['schemas'];

const isWrite = ({ method }: Request): boolean => method !== 'GET';

const csrfToken = (): string => currentState().session?.csrfToken ?? '';

/** The cookie may be of somebody else by now, who signed in in another tab: then the server refuses it. */
function signed(request: Request): Request {
  const sent = request.clone();
  if (!isWrite(request)) {
    if (!isSomebodyHere()) sent.headers.set(BY_ITSELF.name, BY_ITSELF.value);
    return sent;
  }
  sent.headers.set('x-csrf-token', csrfToken());
  sent.headers.set('x-user-id', currentState().session?.userId ?? '');
  return sent;
}

/** Another tab signed in anew, so that the token of this one is of a session that is over. */
async function hasNewToken(request: Request, token: string): Promise<boolean> {
  if (!isWrite(request)) return false;
  return (await readSession()).csrfToken !== token;
}

async function send(request: Request): Promise<Response> {
  const token = csrfToken();
  try {
    return await ask(signed(request));
  } catch (error) {
    const status = error instanceof ApiProblem ? error.status : 0;
    if (status === 401) await signedInAgain();
    else if (status !== 403 || !(await hasNewToken(request, token))) throw error;
    return send(request);
  }
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

interface Answered<T> {
  readonly data?: T;
  readonly response: Response;
}

/** The data of an answer; undefined where it has none (204). */
export async function take<T>(asked: Promise<Answered<T>>): Promise<T> {
  return (await asked).data as T;
}

/** A record and its version, which a write sends back as `If-Match`. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string;
}

export async function takeTagged<T>(asked: Promise<Answered<T>>): Promise<Tagged<T>> {
  const { data, response } = await asked;
  return { value: data as T, etag: response.headers.get('etag') ?? '*' };
}

/** The header of a write that is refused with 412 where somebody else was faster. */
export const ifMatch = (etag: string) => ({ 'If-Match': etag });

/** What every list answers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}
