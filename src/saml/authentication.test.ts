/** SAML Core 2.0 §3.4, row by row. */
import { expect, test } from 'vitest';
import type { AuthnRequest, Comparison } from './authn-request.ts';
import {
  CONTEXT_CLASSES,
  contextClassFor,
  nextStep,
  type Situation,
  type Strength,
} from './authentication.ts';
import { NAME_ID_FORMAT } from './names.ts';

const RECEIVED = new Date('2026-11-26T12:00:00Z');
const BEFORE = new Date('2026-11-26T11:00:00Z');
const AFTER = new Date('2026-11-26T12:00:30Z');
const [UNSPECIFIED = '', PASSWORD = '', TRANSPORT = '', MFA = ''] = CONTEXT_CLASSES;

const request = (more: Partial<AuthnRequest> = {}): AuthnRequest => ({
  id: '_1',
  version: '2.0',
  issueInstant: RECEIVED,
  issuer: 'sp',
  destination: null,
  acsUrl: null,
  acsIndex: null,
  protocolBinding: null,
  forceAuthn: false,
  isPassive: false,
  nameIdPolicy: null,
  requestedAuthnContext: null,
  subject: null,
  ...more,
});

const situation = (more: Partial<Situation> = {}): Situation => ({
  session: { at: BEFORE, strength: 'password' },
  receivedAt: RECEIVED,
  reachable: 'second-factor',
  nameIdFormat: NAME_ID_FORMAT.emailAddress,
  spEntityId: 'sp',
  ...more,
});

const wants = (comparison: Comparison, ...classes: string[]) => ({
  requestedAuthnContext: { comparison, classes },
});
const policy = (format: string | null, spNameQualifier: string | null = null) => ({
  nameIdPolicy: { format, spNameQualifier, allowCreate: false },
});
const signedInAfter = { session: { at: AFTER, strength: 'password' } } as const;
const nobody = { session: null } as const;

test.each<[string, Partial<AuthnRequest>, Partial<Situation>, string]>([
  ['a session will do', {}, {}, `assert ${TRANSPORT}`],
  ['a strong session says so', {}, { session: { at: BEFORE, strength: 'second-factor' } }, `assert ${MFA}`],
  ['nobody is signed in', {}, nobody, 'sign-in password'],
  ['ForceAuthn with a session from before', { forceAuthn: true }, {}, 'sign-in password again'],
  ['ForceAuthn with what was proved since', { forceAuthn: true }, signedInAfter, `assert ${TRANSPORT}`],
  ['ForceAuthn with nobody', { forceAuthn: true }, nobody, 'sign-in password'],
  ['IsPassive with a session', { isPassive: true }, {}, `assert ${TRANSPORT}`],
  ['IsPassive with nobody', { isPassive: true }, nobody, 'Responder NoPassive'],
  ['IsPassive and ForceAuthn', { isPassive: true, forceAuthn: true }, {}, 'Responder NoPassive'],
  [
    'IsPassive where a second factor is missing',
    { isPassive: true, ...wants('exact', MFA) },
    {},
    'Responder NoPassive',
  ],
  ['a second factor is asked for', wants('exact', MFA), {}, 'sign-in second-factor'],
  [
    'a second factor that this person has not',
    wants('exact', MFA),
    { reachable: 'password' },
    'Responder NoAuthnContext',
  ],
  [
    'IsPassive, and a second factor that this person has not',
    { isPassive: true, ...wants('exact', MFA) },
    { reachable: 'password' },
    'Responder NoAuthnContext',
  ],
  ['a class that nobody knows', wants('exact', 'urn:x'), {}, 'Responder NoAuthnContext'],
  ['an unknown class beside a known one', wants('exact', 'urn:x', TRANSPORT), {}, `assert ${TRANSPORT}`],
  ['the class that the session has more than', wants('exact', PASSWORD), {}, `assert ${PASSWORD}`],
  ['any format', policy(NAME_ID_FORMAT.unspecified), {}, `assert ${TRANSPORT}`],
  ['no format', policy(null), {}, `assert ${TRANSPORT}`],
  ['an empty format, for nobody', policy('', ''), {}, `assert ${TRANSPORT}`],
  ['the format that is set', policy(NAME_ID_FORMAT.emailAddress, 'sp'), {}, `assert ${TRANSPORT}`],
  ['another format', policy(NAME_ID_FORMAT.persistent), nobody, 'Requester InvalidNameIDPolicy'],
  ['a name for somebody else', policy(null, 'other'), {}, 'Requester InvalidNameIDPolicy'],
])('%s', (_what, asked, is, expected) => {
  const step = nextStep(request(asked), situation(is));
  expect(said(step)).toBe(expected);
});

function said(step: ReturnType<typeof nextStep>): string {
  switch (step.kind) {
    case 'assert':
      return `assert ${step.contextClass}`;
    case 'sign-in':
      return `sign-in ${step.strength}${step.again ? ' again' : ''}`;
    case 'status':
      return `${step.status.code} ${step.status.detail ?? ''}`;
  }
}

test('who starts here is asked for nothing but to be signed in', () => {
  expect(said(nextStep(null, situation()))).toBe(`assert ${TRANSPORT}`);
  expect(said(nextStep(null, situation(nobody)))).toBe('sign-in password');
});

test.each<[Comparison, string[], Strength, string | null]>([
  ['exact', [TRANSPORT], 'password', TRANSPORT],
  ['exact', [MFA, TRANSPORT], 'password', TRANSPORT],
  ['exact', [MFA], 'password', null],
  ['exact', [TRANSPORT], 'second-factor', TRANSPORT],
  ['minimum', [PASSWORD], 'password', TRANSPORT],
  ['minimum', [MFA], 'password', null],
  ['minimum', [MFA, TRANSPORT], 'password', TRANSPORT],
  ['maximum', [PASSWORD], 'second-factor', PASSWORD],
  ['maximum', [MFA], 'password', TRANSPORT],
  ['maximum', [UNSPECIFIED, TRANSPORT], 'second-factor', TRANSPORT],
  ['better', [PASSWORD], 'password', TRANSPORT],
  ['better', [TRANSPORT], 'password', null],
  ['better', [TRANSPORT], 'second-factor', MFA],
  ['better', [MFA], 'second-factor', null],
  ['better', ['urn:x', PASSWORD], 'second-factor', null],
  ['minimum', [], 'password', null],
])('%s %j with a %s: %s', (comparison, classes, strength, expected) => {
  expect(contextClassFor({ comparison, classes }, strength)).toBe(expected);
});
