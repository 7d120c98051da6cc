/** How the browser gets what came of its visit to the identity provider. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../http/deps.ts';
import { goTo, show } from '../http/page.ts';
import type { Delivery } from '../saml/logout.ts';
import { insertEvents } from '../store/events.ts';
import type { Outcome } from './outcome.ts';
import { leavePage, postPage, refusedPage } from './pages.ts';

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
  const { refusal } = outcome;
  if (refusal !== undefined) await insertEvents(database.db, refusal.applicationId, [refusal.event]);
  if (outcome.kind === 'go') return goTo(reply, outcome.path);
  if (outcome.kind === 'send') return send(request, reply, outcome.delivery);
  return show(reply, refusedPage(outcome.refusal, request.url), 403);
}
