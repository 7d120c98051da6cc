/**
 * Every way in which the sandbox can behave. What Segment's papers say is the default; what they leave open is a toggle
 * whose default is our guess, and says so.
 */
import { z } from 'zod';

/** How sure we are that Segment does what the default does. Everything but `documented` is shown as a guess. */
export type Certainty = 'documented' | 'observed' | 'inferred' | 'unknown';

export type Subject = 'Users' | 'Groups' | 'Sign-in' | 'Protocol' | 'Refusals' | 'Faults';

export interface Note {
  readonly subject: Subject;
  /** `null` for what is no claim about Segment: faults and refusals that a test asks for. */
  readonly certainty: Certainty | null;
  readonly description: string;
}

export const notes = z.registry<Note>();

/** A note of a toggle: what it is about, how sure the fact is, and what it says. */
const about = (subject: Subject, certainty: Certainty | null, description: string): Note => ({
  subject,
  certainty,
  description,
});

/** Made anew for each toggle: the registry knows a schema by its identity. */
const listed = () => z.array(z.string().min(1)).max(10_000).default([]);
const share = () => z.number().min(0).max(1).default(0);

export const behaviourSchema = z.strictObject({
  userUpdates: z
    .enum(['ignore', 'reject', 'apply'])
    .default('ignore')
    .register(
      notes,
      about(
        'Users',
        'inferred',
        'A changed userName or displayName after creation: answered with success and not taken over (ignore), refused with 400 mutability (reject), or taken over (apply). That only the user can change them is documented, how the request is answered is not; one support article says that a changed userName is pushed.',
      ),
    ),
  knownAccount: z
    .literal([201, 200])
    .default(201)
    .register(
      notes,
      about(
        'Users',
        'unknown',
        'Status when a create meets an account outside the workspace. That it joins under its own displayName is documented; the status is not.',
      ),
    ),
  activeMember: z
    .enum(['conflict', 'ok'])
    .default('conflict')
    .register(
      notes,
      about(
        'Users',
        'unknown',
        'A create for somebody who is a member already: 409 uniqueness (conflict), or 200 with the member (ok).',
      ),
    ),
  memberless: z
    .enum(['by-id', 'gone'])
    .default('by-id')
    .register(
      notes,
      about(
        'Users',
        'unknown',
        'After active: false the person is absent from lists; GET, PUT and PATCH by id still work (by-id), or answer 404 (gone).',
      ),
    ),
  rejoinedId: z
    .enum(['same', 'new'])
    .default('same')
    .register(
      notes,
      about(
        'Users',
        'unknown',
        'The id of an account that is added again by a create: the one it had (same), or another (new).',
      ),
    ),
  unknownAttributes: z
    .enum(['ignore', 'reject'])
    .default('ignore')
    .register(
      notes,
      about(
        'Users',
        'inferred',
        'Attributes beyond userName, displayName and active, such as emails: accepted and dropped (ignore), or refused with 400 (reject). Other identity providers send them.',
      ),
    ),
  groupNamesUnique: z
    .boolean()
    .default(true)
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'A second group of the same name is refused with 409. Off: there may be two.',
      ),
    ),
  createGroupWithMembers: z
    .enum(['accepted', 'ignored'])
    .default('accepted')
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'Members sent with the creation of a group: taken (accepted), or dropped (ignored).',
      ),
    ),
  putWithoutMembers: z
    .enum(['keep', 'clear'])
    .default('keep')
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'A PUT of a group that names no members: they stay (keep), or all go (clear).',
      ),
    ),
  arrayRemoval: z
    .enum(['reject', 'ignore', 'clear', 'remove'])
    .default('reject')
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'A remove of members by array instead of by filter: 400 (reject), success and nothing happens (ignore), every member goes (clear), as RFC 7644 §3.5.2.2 can be read, or those who are named go (remove). That this form must not be sent is documented; what it does is not.',
      ),
    ),
  unknownMember: z
    .enum(['reject', 'not-found', 'ignore'])
    .default('reject')
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'Somebody is added to a group who is no member of the workspace: the whole request is refused with 400 (reject) or 404 (not-found), or that one is left out (ignore).',
      ),
    ),
  membersPerRequest: z
    .int()
    .min(0)
    .default(0)
    .register(
      notes,
      about(
        'Groups',
        'unknown',
        'More member changes than this in one request are refused with 400. 0: no limit.',
      ),
    ),
  emptyMembers: z
    .enum(['array', 'null', 'absent'])
    .default('array')
    .register(
      notes,
      about('Groups', 'unknown', 'How a group without members shows them: [], null, or not at all.'),
    ),
  removedMemberSignIn: z
    .enum(['rejoin', 'refuse'])
    .default('rejoin')
    .register(
      notes,
      about(
        'Sign-in',
        'unknown',
        'Somebody who was taken out of the workspace over SCIM signs in by SAML: a member again, just in time and without groups (rejoin), or refused (refuse). That the account survives and that an existing account is linked is documented; whether a removal stands in the way is not.',
      ),
    ),
  nameIdAndEmail: z
    .enum(['email', 'name-id', 'refuse'])
    .default('email')
    .register(
      notes,
      about(
        'Sign-in',
        'unknown',
        'NameID and the attribute email differ: the attribute counts (email), the NameID counts (name-id), or the sign-in is refused (refuse). That email is the one required attribute is documented.',
      ),
    ),
  ids: z
    .enum(['string', 'number'])
    .default('string')
    .register(notes, about('Protocol', 'unknown', 'New ids are opaque strings, or JSON numbers.')),
  booleans: z
    .enum(['boolean', 'string'])
    .default('boolean')
    .register(
      notes,
      about('Protocol', 'unknown', 'active is answered as true and false, or as "True" and "False".'),
    ),
  patchAnswer: z
    .literal([200, 204])
    .default(200)
    .register(notes, about('Protocol', 'unknown', 'Answer to PATCH of a user: 200 with the user, or 204.')),
  groupPatchAnswer: z
    .literal([204, 200])
    .default(204)
    .register(notes, about('Protocol', 'unknown', 'Answer to PATCH of a group: 204, or 200 with the group.')),
  pageSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .register(notes, about('Protocol', 'unknown', 'The longest page of a list, whatever count asks for.')),
  totalResults: z
    .enum(['present', 'absent'])
    .default('present')
    .register(notes, about('Protocol', 'unknown', 'Whether lists carry totalResults and startIndex.')),
  filter: z
    .enum(['honoured', 'ignored', 'empty'])
    .default('honoured')
    .register(
      notes,
      about(
        'Protocol',
        'unknown',
        'A filter on a list is honoured, ignored, or always answered with nothing.',
      ),
    ),
  serviceProviderConfig: z
    .enum(['present', 'absent'])
    .default('present')
    .register(
      notes,
      about('Protocol', 'unknown', 'ServiceProviderConfig, Schemas and ResourceTypes exist, or are 404.'),
    ),
  refuseUsers: listed().register(
    notes,
    about(
      'Refusals',
      null,
      'Emails of which every write is answered 400: one record that can never succeed.',
    ),
  ),
  refuseMembers: listed().register(
    notes,
    about('Refusals', null, 'Emails or ids that no group takes: a request that adds one is answered 400.'),
  ),
  unauthorized: z
    .boolean()
    .default(false)
    .register(
      notes,
      about('Refusals', null, 'Every SCIM request is answered 401, as if the token had been revoked.'),
    ),
  latencyMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .register(notes, about('Faults', null, 'Milliseconds between the work and its answer.')),
  errorRate: share().register(
    notes,
    about('Faults', null, 'Share of requests (0 to 1) answered with errorStatus.'),
  ),
  errorStatus: z
    .literal([503, 500, 502, 504, 404])
    .default(503)
    .register(
      notes,
      about('Faults', null, 'The status of those errors. A gateway that has lost its route says 404.'),
    ),
  errorAfterWork: z
    .boolean()
    .default(false)
    .register(notes, about('Faults', null, 'Those errors are answered although the work was done.')),
  dropRate: share().register(
    notes,
    about(
      'Faults',
      null,
      'Share of requests (0 to 1) whose work is done and whose connection then dies unanswered.',
    ),
  ),
  rateLimitPerSecond: z
    .number()
    .min(0)
    .default(0)
    .register(
      notes,
      about(
        'Faults',
        null,
        'Requests a second before 429 with Retry-After. 0: no limit. Segment publishes no figure.',
      ),
    ),
  journal: z
    .boolean()
    .default(true)
    .register(
      notes,
      about('Faults', null, 'Keep the requests with their bodies. Off for benchmarks; counts go on.'),
    ),
});

export type Behaviour = z.output<typeof behaviourSchema>;

export const defaultBehaviour: Behaviour = behaviourSchema.parse({});
