/** Status codes (SAML Core 2.0 §3.2.2.2): one of three that count, and below it what happened. */
import { tag, type Xml } from './xml-text.ts';

type TopStatus = 'Success' | 'Requester' | 'Responder';

export type SubStatus =
  | 'InvalidNameIDPolicy'
  | 'NoAuthnContext'
  | 'NoPassive'
  | 'PartialLogout'
  | 'RequestDenied'
  | 'UnknownPrincipal';

export interface Status {
  readonly code: TopStatus;
  readonly detail: SubStatus | null;
  /** A sentence for the service provider's administrator and log. */
  readonly message: string | null;
}

export const SUCCESS: Status = { code: 'Success', detail: null, message: null };

const uri = (name: string): string => `urn:oasis:names:tc:SAML:2.0:status:${name}`;

/** The status of a response (SAML Core 2.0 §3.2.2.1). */
export function statusXml({ code, detail, message }: Status): Xml {
  const inner = detail === null ? null : tag('samlp:StatusCode', { Value: uri(detail) });
  return tag('samlp:Status', {}, [
    tag('samlp:StatusCode', { Value: uri(code) }, [inner]),
    message === null ? null : tag('samlp:StatusMessage', {}, message),
  ]);
}

/** Whether a top-level status code, as it came in, says success. */
export const isSuccess = (value: string | null): boolean => value === uri('Success');
