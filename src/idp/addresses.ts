/** Where service providers find an application's identity provider. */
import type { FastifyRequest } from 'fastify';
import type { ApiConfig } from '../http/deps.ts';
import { linkBase } from '../http/visit.ts';

export interface Addresses {
  /** The identity provider's name in every message: the address of its metadata. */
  readonly entityId: string;
  readonly ssoUrl: string;
  /** For people who start here (IdP-initiated). */
  readonly startUrl: string;
  readonly sloUrl: string;
}

const pathOf = (applicationId: string): string => `/saml/${applicationId}`;

/** Where a person goes to open an application, signed in. */
export const startUrl = (applicationId: string): string => `${pathOf(applicationId)}/start`;

/** The addresses of one application's identity provider, under the public URL, or where the server listens. */
export function addressesOf(config: ApiConfig, request: FastifyRequest, applicationId: string): Addresses {
  const base = `${linkBase(config, request)}${pathOf(applicationId)}`;
  return {
    entityId: `${base}/metadata`,
    ssoUrl: `${base}/sso`,
    startUrl: `${base}/start`,
    sloUrl: `${base}/slo`,
  };
}
