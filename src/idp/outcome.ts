/** What comes of a visit to the identity provider. */
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Delivery } from '../saml/logout.ts';

/** Why nobody was signed in. `title` heads the person's page, which has the event's sentence as the log has it. */
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
