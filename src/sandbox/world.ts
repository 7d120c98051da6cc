/** Everything that one running sandbox holds. */
import { randomBytes } from 'node:crypto';
import { defaultBehaviour, type Behaviour } from './toggles.ts';
import { ExpiringIds } from './expiring-ids.ts';
import { RateLimiter } from './faults.ts';
import { Journal } from './journal.ts';
import { clearSamlConnection, newSamlConnection, type SamlConnection } from './saml-connection.ts';
import { Sessions } from './sessions.ts';
import { SignInJournal } from './sign-in-journal.ts';
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
  readonly saml: SamlConnection;
  /** AuthnRequests that wait for their Response. */
  readonly samlRequests: ExpiringIds;
  /** Assertions that were used. */
  readonly samlAssertions: ExpiringIds;
  readonly sessions: Sessions;
  readonly signIns: SignInJournal;
  /** The sandbox's own address, without a trailing slash. */
  origin: string;
  /** The SCIM base URL, for `meta.location`. */
  base: string;
}

/** An empty sandbox that behaves as Segment is believed to. */
export const newWorld = (): World => ({
  workspace: new Workspace(),
  behaviour: defaultBehaviour,
  token: undefined,
  journal: new Journal(),
  limiter: new RateLimiter(),
  saml: newSamlConnection(),
  samlRequests: new ExpiringIds(),
  samlAssertions: new ExpiringIds(),
  sessions: new Sessions(),
  signIns: new SignInJournal(),
  origin: '',
  base: '',
});

/** Makes the SSO token; the one before stops working at once. */
export function generateToken(world: World): Token {
  world.token = { value: `sandbox_${randomBytes(24).toString('base64url')}`, createdAt: new Date() };
  return world.token;
}

/** What of a world survives a reset, where a test asks for it. */
type Kept = 'token' | 'behaviour' | 'saml';

function forgetSignIns(world: World): void {
  for (const held of [world.samlRequests, world.samlAssertions, world.sessions, world.signIns]) held.clear();
}

/** As just started, but for the Customer ID and for what is to be kept. */
export function resetWorld(world: World, keep: readonly Kept[]): void {
  world.workspace = new Workspace();
  world.journal.clear();
  forgetSignIns(world);
  if (!keep.includes('token')) world.token = undefined;
  if (!keep.includes('behaviour')) world.behaviour = defaultBehaviour;
  if (!keep.includes('saml')) clearSamlConnection(world.saml);
}
