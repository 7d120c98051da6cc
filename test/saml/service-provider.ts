/**
 * A SAML service provider that nobody here wrote, running on this machine. Each is started with the identity provider's
 * metadata, protects one page, and shows there who signed in; how it is installed says scripts/lib/service-providers.mjs.
 */
import type { Page } from '../../src/cli/demo-browser.ts';

/** The attributes that every service provider here is set up to take. */
export const ATTRIBUTES = ['email', 'name', 'groups'] as const;

export type Attributes = Readonly<Record<(typeof ATTRIBUTES)[number], readonly string[]>>;

export interface SignedIn {
  readonly nameId: string;
  readonly attributes: Attributes;
}

export interface ServiceProvider {
  readonly name: string;
  readonly entityId: string;
  /** As it publishes it itself. */
  readonly metadataXml: string;
  readonly acsUrl: string;
  /** Opened by somebody unknown, it leads to the identity provider; after sign-in it shows who it is. */
  readonly protectedUrl: string;
  /** Who the protected page says it is; undefined for every other page. */
  readonly whoIsSignedIn: (page: Page) => SignedIn | undefined;
  readonly close: () => Promise<void>;
}

export type StartServiceProvider = (idpMetadataXml: string) => Promise<ServiceProvider>;
