/** The list of connectors. A new one is added here (CONTRIBUTING.md, "Add a connector"). */
import type { Connector } from './connector.ts';
import { scim2 } from './scim2.ts';
import { segment } from './segment.ts';

export type { Connector } from './connector.ts';

/** Every application that can be added, in the order in which the catalog shows them. */
export const catalog: readonly Connector[] = [segment, scim2];

/** The connector of that key, or undefined. */
export function findConnector(key: string): Connector | undefined {
  return catalog.find((connector) => connector.key === key);
}
