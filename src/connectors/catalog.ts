/** The list of connectors. A new one is added here (CONTRIBUTING.md, "Add a connector"). */
import { Problem } from '../errors.ts';
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

/** The connector of an application. Throws a `Problem` of kind `unavailable` where this version has none of that key. */
export function requireConnector(application: {
  readonly connector: string;
  readonly label: string;
}): Connector {
  const connector = findConnector(application.connector);
  if (connector !== undefined) return connector;
  throw new Problem(
    'unavailable',
    `The application "${application.label}" was made with the connector "${application.connector}", which this version of Rollcall does not have. Run the version that made it.`,
  );
}
