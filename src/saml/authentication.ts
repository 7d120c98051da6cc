/**
 * What a request asks of the person's signing in (SAML Core 2.0 §3.4): ForceAuthn, IsPassive, RequestedAuthnContext and
 * NameIDPolicy, held against the session that is there.
 */
import type { AuthnRequest, NameIdPolicy, RequestedAuthnContext } from './authn-request.ts';
import { NAME_ID_FORMAT } from './names.ts';
import { quoted } from './refusal.ts';
import type { Status, SubStatus } from './status.ts';

/** How somebody proved who they are. */
export type Strength = 'password' | 'second-factor';

interface SignedIn {
  /** When they last proved it. */
  readonly at: Date;
  readonly strength: Strength;
}

export interface Situation {
  /** Null while nobody is signed in. */
  readonly session: SignedIn | null;
  /** When the request arrived: what was proved after that was proved for it. */
  readonly receivedAt: Date;
  /** The best that could be asked of this person; where nobody is signed in yet, `second-factor`. */
  readonly reachable: Strength;
  /** The format that the application's settings have. */
  readonly nameIdFormat: string;
  readonly spEntityId: string;
}

/** What happens next: an assertion with that context class, the sign-in page, or a Response that says why not. */
type NextStep =
  | { readonly kind: 'assert'; readonly contextClass: string }
  | { readonly kind: 'sign-in'; readonly strength: Strength; readonly again: boolean }
  | { readonly kind: 'status'; readonly status: Status };

/** `request` is null where the person started here (IdP-initiated, Profiles §4.1.5): nothing is asked then. */
export function nextStep(request: AuthnRequest | null, situation: Situation): NextStep {
  const wrong = request === null ? null : nameIdProblem(request.nameIdPolicy, situation);
  if (wrong !== null) return wrong;
  const asked = request?.requestedAuthnContext ?? null;
  const { session, reachable, receivedAt } = situation;
  const again = request?.forceAuthn === true && session !== null && session.at < receivedAt;
  const contextClass = session === null || again ? null : contextClassFor(asked, session.strength);
  if (contextClass !== null) return { kind: 'assert', contextClass };
  return askFor(weakestFor(asked, reachable), again, request?.isPassive ?? false);
}

function askFor(strength: Strength | null, again: boolean, isPassive: boolean): NextStep {
  if (strength === null)
    return status(
      'NoAuthnContext',
      'Rollcall cannot sign this person in in the way that the request asks for.',
    );
  if (isPassive)
    return status(
      'NoPassive',
      'The person has to do something to sign in, and the request does not allow that.',
    );
  return { kind: 'sign-in', strength, again };
}

function status(detail: SubStatus, message: string): NextStep {
  const code = detail === 'InvalidNameIDPolicy' ? 'Requester' : 'Responder';
  return { kind: 'status', status: { code, detail, message } };
}

/** What is said to the service provider where an assertion is refused: no account there, suspended, not assigned. */
export const requestDenied = (message: string): Status => ({
  code: 'Responder',
  detail: 'RequestDenied',
  message,
});

/** What is said where the request names somebody else (Core §3.4.1: `<Subject>` must be matched). */
export const unknownPrincipal: Status = {
  code: 'Responder',
  detail: 'UnknownPrincipal',
  message: 'The request asks for somebody else than the person who signed in.',
};

const ANY_FORMAT: readonly (string | null)[] = [null, '', NAME_ID_FORMAT.unspecified];

/** A format is given as it was asked for, or not at all (Core §3.4.1.1). */
function nameIdProblem(
  policy: NameIdPolicy | null,
  { nameIdFormat, spEntityId }: Situation,
): NextStep | null {
  if (policy === null) return null;
  if (!ANY_FORMAT.includes(policy.format) && policy.format !== nameIdFormat)
    return status(
      'InvalidNameIDPolicy',
      `The request asks for a NameID of the format ${quoted(policy.format ?? '')}, and the application is set to ${quoted(nameIdFormat)}.`,
    );
  const qualifier = policy.spNameQualifier;
  return qualifier === null || qualifier === '' || qualifier === spEntityId
    ? null
    : status('InvalidNameIDPolicy', 'The request asks for a name in the namespace of somebody else.');
}

const classUri = (name: string): string => `urn:oasis:names:tc:SAML:2.0:ac:classes:${name}`;

/** From weak to strong. Who has signed in in one way has done no less than those before it. */
export const CONTEXT_CLASSES: readonly string[] = [
  classUri('unspecified'),
  classUri('Password'),
  classUri('PasswordProtectedTransport'),
  // The class for several factors that products agree on; SAML itself has none.
  'https://refeds.org/profile/mfa',
];

const RANK: Readonly<Record<Strength, number>> = { password: 2, 'second-factor': 3 };

/** The class to claim for a session of that strength, or null where it does not do. */
export function contextClassFor(asked: RequestedAuthnContext | null, strength: Strength): string | null {
  const best = RANK[strength];
  const rank = asked === null ? best : rankFor(asked, best);
  return rank === null ? null : (CONTEXT_CLASSES[rank] ?? null);
}

/** Core §3.3.2.2.1. Unknown classes cannot be compared, so only `better`, which means all of them, fails by one. */
function rankFor({ comparison, classes }: RequestedAuthnContext, best: number): number | null {
  const ranks = classes.map((name) => CONTEXT_CLASSES.indexOf(name)).filter((rank) => rank >= 0);
  if (ranks.length === 0) return null;
  switch (comparison) {
    case 'exact':
      return ranks.find((rank) => rank <= best) ?? null;
    case 'minimum':
      return best >= Math.min(...ranks) ? best : null;
    case 'maximum':
      return Math.min(best, Math.max(...ranks));
    case 'better':
      return ranks.length === classes.length && best > Math.max(...ranks) ? best : null;
  }
}

/** The least that a person has to do for what is asked. */
function weakestFor(asked: RequestedAuthnContext | null, reachable: Strength): Strength | null {
  const possible: readonly Strength[] =
    reachable === 'password' ? ['password'] : ['password', 'second-factor'];
  return possible.find((strength) => contextClassFor(asked, strength) !== null) ?? null;
}
