/** What the sandbox always does, and how sure we are that Segment does so too. */
import type { Certainty } from './toggles.ts';

/** Something that no toggle changes. */
export interface Fact {
  readonly certainty: Certainty;
  readonly text: string;
}

const documented = (text: string): Fact => ({ certainty: 'documented', text });

const inferred = (text: string): Fact => ({ certainty: 'inferred', text });

export const facts: readonly Fact[] = [
  documented('A bearer token is needed.'),
  documented('A user is userName, an email address, and displayName; passwords and the rest are never kept.'),
  documented(
    'A create with an unknown email makes an account; with a known one, that account joins under its own name.',
  ),
  documented('active: false and DELETE both take the user out of the workspace; the account survives.'),
  documented('active: true, or a create with that email, brings the user back without their groups.'),
  documented(
    'New members and groups start with Minimal Workspace Access. Deleting a group leaves its members.',
  ),
  documented('A member is removed with members[value eq "ID"].'),
  documented(
    'SAML: Response and Assertion are signed with RSA-SHA256, the attribute email is required, both sides may begin.',
  ),
  documented(
    'SAML: an unknown email becomes a member with Minimal Workspace Access; an existing account is linked.',
  ),
  documented(
    'SAML: the email and the userName are compared as exact strings; what differs in case alone is refused.',
  ),
  inferred('Generating another token revokes the one before.'),
  inferred('Emails and group names are compared without case.'),
  inferred('After DELETE the id answers 404; a refused request changes nothing.'),
  inferred('A create without a displayName takes the email for it.'),
];
