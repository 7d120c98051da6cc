/** The generic connector. */
import type { Connector } from './connector.ts';

/** Any SCIM 2.0 service provider. Cautious everywhere: it asks before it creates and adds members after the group exists. */
export const scim2: Connector = {
  key: 'scim2',
  name: 'SCIM 2.0',
  description:
    'Any application with a SCIM 2.0 service provider (RFC 7643, RFC 7644). Every behaviour can be set.',
  logo: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#3b5b8c"/><path d="M16 24h16M24 16v16" stroke="#fff" stroke-width="3"/><g fill="#fff"><circle cx="24" cy="13" r="4"/><circle cx="35" cy="24" r="4"/><circle cx="24" cy="35" r="4"/><circle cx="13" cy="24" r="4"/></g></svg>`,
  baseUrl: null,
  token: { label: 'Bearer token', help: 'The application shows it where it explains its SCIM provisioning.' },
  requiresSso: false,
  sso: null,
  behaviour: {
    mapping: [
      { target: 'userName', label: 'User name', expression: 'user.username', required: true, format: 'any' },
      { target: 'externalId', label: 'External id', expression: 'user.id', required: false, format: 'any' },
      {
        target: 'name.givenName',
        label: 'First name',
        expression: 'user.firstname',
        required: false,
        format: 'any',
      },
      {
        target: 'name.familyName',
        label: 'Last name',
        expression: 'user.lastname',
        required: false,
        format: 'any',
      },
      {
        target: 'displayName',
        label: 'Display name',
        expression: 'user.displayname != "" ? user.displayname : trim(user.firstname + " " + user.lastname)',
        required: false,
        format: 'any',
      },
      {
        target: 'emails[type eq "work"].value',
        label: 'Work email',
        expression: 'user.email',
        required: false,
        format: 'any',
      },
    ],
    users: { match: 'lookup', update: 'put', deprovision: 'deactivate', deprovisionDropsMemberships: false },
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
    rate: { requestsPerSecond: 25, concurrency: 8 },
    probe: { serviceProviderConfig: 'tolerate' },
    drift: 'correct',
    inventoryHours: 24,
  },
  deprovisions: ['deactivate', 'delete', 'leave'],
  import: {
    username: ['userName'],
    email: ['emails[primary eq true].value', 'emails[type eq "work"].value', 'emails.value'],
    displayname: ['displayName', 'name.formatted'],
    firstname: ['name.givenName'],
    lastname: ['name.familyName'],
  },
  notes: [],
};
