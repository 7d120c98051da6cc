/**
 * Connectors: what Rollcall knows of one kind of application, as data.
 *
 * This folder owns the type of that data, one file for each application, the catalog that lists them, and the rule by
 * which an administrator's settings lie over a connector's own. A vendor's name appears in its connector file and
 * nowhere else in the server: the engine reads behaviours ("memberRemoval: filter"), never names.
 */
import { z } from 'zod';
import { verbatim } from '../directory/text.ts';

const path = verbatim(200).min(1);

/** One row of the attribute mapping: a SCIM attribute path (RFC 7644 §3.5.2) and the CEL expression that gives its value. */
const attributeMappingSchema = z.strictObject({
  /** Where the value goes, for example `userName` or `emails[type eq "work"].value`. */
  target: path,
  /** CEL over `user` (id, username, email, firstname, lastname, displayname, attributes). An empty result is left out. */
  expression: verbatim(500).min(1),
  /** A user without a value for it is refused before anything is sent. */
  required: z.boolean().default(false),
  /** What must be true of the value, checked before anything is sent. */
  format: z.enum(['any', 'email']).default('any'),
  /** What an administrator calls it: beside the mapping, and where a value is missing or wrong. */
  label: verbatim(100).min(1),
});

/** Everything about a target's behaviour that an administrator may set over the connector's own value. */
export const behaviourSchema = z.strictObject({
  mapping: z.array(attributeMappingSchema).min(1).max(50),
  users: z.strictObject({
    /** `create`: the target refuses or joins a known `userName`, so a create is its own question. `lookup`: ask first (R10). */
    match: z.enum(['create', 'lookup']),
    update: z.enum(['put', 'patch']),
    /** What a user who stops being assigned becomes (R12). `leave` sends nothing. */
    deprovision: z.enum(['deactivate', 'delete', 'leave']),
    /** Deactivating or deleting takes the account out of its groups in the target. */
    deprovisionDropsMemberships: z.boolean(),
  }),
  groups: z.strictObject({
    /** Whether POST /Groups takes `members`. */
    createWithMembers: z.boolean(),
    update: z.enum(['put', 'patch']),
    /** RFC 7644 §3.5.2.2: `filter` is `members[value eq "ID"]`; `array` names the members in `value`. */
    memberRemoval: z.enum(['filter', 'array']),
    membersPerRequest: z.int().min(1).max(100_000),
    /** Whether GET /Groups/{id} shows the members; where it does not, a takeover only adds. */
    membersReadable: z.boolean(),
    /** Members of a taken-over group that Rollcall does not know (R21); with `keep`, or does not manage (R34). */
    unknownMembers: z.enum(['remove', 'keep']),
  }),
  /** Whether `filter=userName eq "…"` can be trusted; where not, the list is read for all who are to be matched together. */
  filter: z.boolean(),
  pageSize: z.int().min(1).max(10_000),
  rate: z.strictObject({
    requestsPerSecond: z.number().min(0.1).max(100_000),
    concurrency: z.int().min(1).max(256),
  }),
  /** What activation may ask (R3). Absent endpoints are tolerated where the value is `tolerate`. */
  probe: z.strictObject({ serviceProviderConfig: z.enum(['require', 'tolerate', 'skip']) }),
  /** What an inventory does with a value that somebody changed in the target. */
  drift: z.enum(['correct', 'report']),
  /** Hours between inventories; 0 is never. */
  inventoryHours: z
    .number()
    .min(0)
    .max(24 * 365),
});

export type AttributeMapping = z.infer<typeof attributeMappingSchema>;
export type Behaviour = z.infer<typeof behaviourSchema>;
export type Deprovision = Behaviour['users']['deprovision'];

/** How sure a fact is: `documented` by the vendor or a standard, `observed` by third parties, `inferred`, or `unknown`. */
export const certainties = ['documented', 'observed', 'inferred', 'unknown'] as const;
export type Certainty = (typeof certainties)[number];

/** A fact about the target, with how sure it is and the day it was last checked. */
export interface Note {
  readonly text: string;
  readonly certainty: Certainty;
  /** ISO date. */
  readonly checked: string;
}

/** SAML defaults of an application; the values in braces are asked of the administrator. */
export interface SsoPreset {
  readonly spEntityId: string;
  readonly acsUrls: readonly string[];
  readonly signOnUrl?: string;
  readonly nameIdFormat: string;
  /** Each expression is CEL over `user`, or `userName`: exactly what the target last accepted as that. */
  readonly attributes: readonly { readonly name: string; readonly expression: string }[];
  readonly sign: 'response' | 'assertion' | 'both';
  readonly asks: readonly { readonly name: string; readonly label: string; readonly help: string }[];
}

/** From which SCIM attributes of an account a directory user is made: of each list, the first path that has a value counts. */
export interface ImportRule {
  readonly username: readonly string[];
  readonly email: readonly string[];
  readonly displayname: readonly string[];
  /** Where neither name has a value, both are proposed from the displayname. */
  readonly firstname: readonly string[];
  readonly lastname: readonly string[];
}

/** One application of the catalog. */
export interface Connector {
  /** Stable and used in URLs: lower case, dashes. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** A drawing of our own that stands for it, as SVG of 48 by 48; not the vendor's mark. */
  readonly logo: string;
  /** The SCIM base URL; null asks the administrator for it. */
  readonly baseUrl: string | null;
  /** What the vendor calls the bearer token, and where an administrator finds it. */
  readonly token: { readonly label: string; readonly help: string };
  /** R2: the connection can be activated only while SSO is enabled. */
  readonly requiresSso: boolean;
  readonly sso: SsoPreset | null;
  readonly behaviour: Behaviour;
  /** What `behaviour.users.deprovision` may be set to; its own value is among them (R12). */
  readonly deprovisions: readonly Deprovision[];
  readonly import: ImportRule;
  readonly notes: readonly Note[];
}
