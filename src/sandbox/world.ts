/** Everything that one running sandbox holds. */
import { randomBytes } from 'node:crypto';
import { defaultBehaviour, type Behaviour } from './toggles.ts';
import { RateLimiter } from './faults.ts';
import { Journal } from './journal.ts';
import { Workspace } from './state.ts';

export interface Token {
  readonly value: string;
  readonly createdAt: Date;
}

export interface World {
  workspace: Workspace;
  behaviour: Behaviour;
  token: Token | undefined;
  readonly journal: Journal;
  readonly limiter: RateLimiter;
  /** The SCIM base URL, for `meta.location`. */
  base: string;
}

export const newWorld = (): World => ({
  workspace: new Workspace(),
  behaviour: defaultBehaviour,
  token: undefined,
  journal: new Journal(),
  limiter: new RateLimiter(),
  base: '',
});

/** Makes the SSO token; the one before stops working at once. */
export function generateToken(world: World): Token {
  world.token = { value: `sandbox_${randomBytes(24).toString('base64url')}`, createdAt: new Date() };
  return world.token;
}

/** As just started. The token and the toggles are kept where a test asks for it. */
export function resetWorld(world: World, keep: { token: boolean; behaviour: boolean }): void {
  world.workspace = new Workspace();
  world.journal.clear();
  if (!keep.token) world.token = undefined;
  if (!keep.behaviour) world.behaviour = defaultBehaviour;
}
