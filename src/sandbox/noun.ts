/** What one kind of resource answers to each verb (RFC 7644 §3.2). Refusals are thrown as ScimError. */
import type { Answer } from './http.ts';
import type { World } from './world.ts';

export type Query = URLSearchParams | undefined;

export interface Noun {
  readonly list: (world: World, query: Query) => Answer;
  readonly create: (world: World, body: string, query: Query) => Answer;
  readonly read: (world: World, id: string, query: Query) => Answer;
  readonly replace: (world: World, id: string, body: string, query: Query) => Answer;
  readonly patch: (world: World, id: string, body: string, query: Query) => Answer;
  readonly remove: (world: World, id: string) => Answer;
}
