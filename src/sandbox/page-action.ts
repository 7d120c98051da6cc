/** What answers a request for a page. */
import type { IncomingMessage } from 'node:http';
import type { Answer } from './http.ts';
import type { Query } from './noun.ts';
import type { World } from './world.ts';

export interface PageCall {
  readonly world: World;
  readonly query: Query;
  readonly request: IncomingMessage;
  /** Empty where nothing was posted. */
  readonly form: URLSearchParams;
}

export type Action = (call: PageCall) => Answer | Promise<Answer>;

/** By method and path: `GET /login`. */
export type Actions = Readonly<Record<string, Action>>;
