/** Errors as a SCIM service provider answers them (RFC 7644 §3.12). */
import { urn } from './resources.ts';
import type { JsonObject } from './json.ts';

/** RFC 7644 §3.12, table 9, and RFC 9865 §2 for the cursor ones. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** What a SCIM service provider answers when it refuses (RFC 7644 §3.12). `detail` is a sentence for people. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly detail: string;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
  }
}

/** A 400 of that kind: the request itself is at fault. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, detail, scimType);
}

/** The body that goes with the error's status. `status` is a string, as RFC 7644 §3.12 wants it. */
export function scimErrorBody(error: ScimError): JsonObject {
  return {
    schemas: [urn.error],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.detail,
  };
}
