/** The connector for Twilio Segment. */
import type { Connector } from './connector.ts';

/** Twilio Segment. Facts and their sources: docs/connectors.md; the vendor's pages are Segment's "SCIM" and "SSO" documentation. */
export const segment: Connector = {
  key: 'segment',
  name: 'Segment',
  description: 'Customer data platform. Users and groups over SCIM 2.0, sign-in over SAML 2.0.',
  logo: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#2f6f5e"/><path d="M12 16h15M34 16h2M12 24h2M21 24h15M12 32h15M34 32h2" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>`,
  baseUrl: 'https://scim.segmentapis.com/scim/v2',
  token: {
    label: 'Token Key',
    help: 'In Segment: Settings › Advanced Settings › SSO Sync › Generate SSO Token. It needs a workspace owner.',
  },
  requiresSso: true,
  sso: {
    spEntityId: 'urn:auth0:segment-prod:samlp-{customerId}',
    acsUrls: ['https://segment-prod.auth0.com/login/callback?connection={customerId}'],
    signOnUrl: 'https://app.segment.com',
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    attributes: [{ name: 'email', expression: 'userName' }],
    sign: 'both',
    asks: [
      {
        name: 'customerId',
        label: 'Customer ID',
        help: 'The end of the Audience URI that Segment shows in Settings › Authentication › Connections.',
      },
    ],
  },
  behaviour: {
    mapping: [
      {
        target: 'userName',
        label: 'Email address',
        expression: 'isEmail(user.username) ? user.username : user.email',
        required: true,
        format: 'email',
      },
      {
        target: 'emails[type eq "work"].value',
        label: 'Work email',
        expression: 'user.email',
        required: false,
        format: 'any',
      },
      {
        target: 'displayName',
        label: 'Display name',
        expression: 'trim(user.firstname + " " + user.lastname)',
        required: false,
        format: 'any',
      },
    ],
    users: {
      match: 'create',
      update: 'put',
      deprovision: 'deactivate',
      deprovisionDropsMemberships: true,
    },
    groups: {
      createWithMembers: false,
      update: 'patch',
      memberRemoval: 'filter',
      membersPerRequest: 100,
      membersReadable: true,
      unknownMembers: 'remove',
    },
    filter: true,
    pageSize: 100,
    rate: { requestsPerSecond: 100, concurrency: 16 },
    probe: { serviceProviderConfig: 'tolerate' },
    drift: 'correct',
    inventoryHours: 24,
  },
  deprovisions: ['deactivate', 'leave'],
  import: {
    username: ['userName'],
    email: ['userName'],
    displayname: ['displayName'],
    firstname: [],
    lastname: [],
  },
  notes: [
    {
      text: 'A user is userName and displayName, nothing else.',
      certainty: 'documented',
      checked: '2026-11-23',
    },
    {
      text: 'Other attributes, such as emails, are accepted and ignored.',
      certainty: 'inferred',
      checked: '2026-11-23',
    },
    {
      text: 'An account lives outside workspaces: a create with a known email adds that account and ignores the displayName sent.',
      certainty: 'documented',
      checked: '2026-11-23',
    },
    {
      text: 'userName and displayName do not change over SCIM after creation; one support article says that a changed userName is pushed.',
      certainty: 'documented',
      checked: '2026-11-23',
    },
    {
      text: 'active: false and DELETE both take the user out of the workspace; coming back does not bring the groups back.',
      certainty: 'documented',
      checked: '2026-11-23',
    },
    {
      text: 'A member is removed with members[value eq "ID"]; the array form is what the guide tells other vendors to switch off.',
      certainty: 'documented',
      checked: '2026-11-23',
    },
    {
      text: 'Rate limits, page size and members per request are not published; the figures here are our own caution.',
      certainty: 'unknown',
      checked: '2026-11-23',
    },
  ],
};
