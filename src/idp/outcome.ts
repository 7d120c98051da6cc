/** What comes of a visit to the identity provider, and how the browser gets it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../api/deps.ts';
import { goTo, show } from '../portal/visits.ts';
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Delivery } from '../saml/logout.ts';
import { insertEvents } from '../store/events.ts';
import { leavePage, postPage, refusedPage } from './pages.ts';

/** Why nobody was signed in. `page` is for the person; the sentence is for the log, and for an administrator. */
export interface Refusal {
  readonly applicationId: string;
  readonly event: EventWrite;
  readonly title: string;
}

export type Outcome =
  | { readonly kind: 'go'; readonly path: string }
  /** A message to the service provider; with a refusal where it says that nobody was signed in. */
  | { readonly kind: 'send'; readonly delivery: Delivery; readonly refusal?: Refusal }
  /** A page, and nothing is sent. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Browsers hold a form's policy against redirects too (CSP `form-action`), and a service provider sends people on after its
 * ACS URL, to wherever they were. So the page with the form allows that address, and whatever else is encrypted.
 */
function allowForm(reply: FastifyReply, action: string): void {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; form-action ${new URL(action).origin} https:; base-uri 'none'; frame-ancestors 'none'`;
  // With no referrer at all, the form would come from the origin "null", which some service providers refuse.
  void reply.headers({ 'content-security-policy': policy, 'referrer-policy': 'strict-origin' });
}

function send(request: FastifyRequest, reply: FastifyReply, delivery: Delivery): FastifyReply {
  if (delivery.binding === 'post') {
    allowForm(reply, delivery.form.action);
    return show(reply, postPage(delivery.form));
  }
  // A redirect after a form would have to pass the policy of the form's page.
  return request.method === 'GET' ? goTo(reply, delivery.url) : show(reply, leavePage(delivery.url));
}

/** Writes down a refusal, and gives the browser what came of its visit. */
export async function finish(
  { database }: Pick<ApiDeps, 'database'>,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Outcome,
): Promise<FastifyReply> {
  if (outcome.kind === 'go') return goTo(reply, outcome.path);
  const { refusal } = outcome;
  if (refusal !== undefined) await insertEvents(database.db, refusal.applicationId, [refusal.event]);
  if (outcome.kind === 'send') return send(request, reply, outcome.delivery);
  return show(reply, refusedPage(outcome.refusal), 403);
}
