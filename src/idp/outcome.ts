/** What comes of a visit to the identity provider. */
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Delivery } from '../saml/logout.ts';

/** Why nobody was signed in, or out. `title` heads the person's page, which has the event's sentence as the log has it. */
export interface Refusal {
  readonly applicationId: string;
  readonly event: EventWrite;
  readonly title: string;
}

export type Outcome =
  /** With a refusal where an application's answer was no use, and one goes on all the same. */
  | { readonly kind: 'go'; readonly path: string; readonly refusal?: Refusal }
  /** A message to a service provider; with a refusal as well, or where it says that nobody was signed in. */
  | { readonly kind: 'send'; readonly delivery: Delivery; readonly refusal?: Refusal }
  /** A page, and nothing is sent. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };
