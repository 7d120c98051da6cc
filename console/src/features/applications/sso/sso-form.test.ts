import { describe, expect, it } from 'vitest';
import type { Sso } from './queries';
import { inputOf, valuesOf, type SsoValues } from './sso-form';
import { differencesOf } from './sso-words';

const sso: Sso = {
  enabled: true,
  answers: { tenant: 'acme' },
  spEntityId: 'urn:acme',
  acsUrls: ['https://acme.test/acs', 'https://acme.test/acs2'],
  acsIndexes: [3, 4],
  nameId: { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress', source: 'userName' },
  attributes: [
    {
      name: 'email',
      nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
      expression: 'user.email',
    },
    { name: 'plan', nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic', constant: 'gold' },
  ],
  groupAttribute: null,
  sign: 'both',
  encrypt: 'none',
  wantRequestsSigned: false,
  spCertificates: { signing: ['one'], encryption: null },
  defaultRelayState: null,
  sloUrl: null,
  sloResponseUrl: 'https://acme.test/logged-out',
  sloBinding: 'redirect',
  signOnUrl: null,
  identityProvider: {
    entityId: '',
    metadataUrl: '',
    ssoUrl: '',
    startUrl: '',
    sloUrl: '',
    certificates: [],
  },
  required: true,
  asks: [{ name: 'tenant', label: 'Tenant', help: '' }],
};

const { asks, identityProvider, required, ...settings } = sso;
const { acsIndexes, acsUrls, spEntityId, ...others } = settings;

describe('what a save of single sign-on sends', () => {
  it.each<[string, Partial<SsoValues>, object]>([
    ['what was read, where nothing differs', {}, settings],
    [
      'no address that the connector derives, where its answer differs',
      { answers: { tenant: 'other' } },
      { ...others, answers: { tenant: 'other' } },
    ],
    [
      'the addresses that were typed, also where the answer differs',
      { answers: { tenant: 'other' }, spEntityId: 'urn:mine' },
      { ...settings, answers: { tenant: 'other' }, spEntityId: 'urn:mine' },
    ],
    [
      'the addresses where it is turned off, since nothing is derived then',
      { answers: { tenant: 'other' }, enabled: false },
      { ...settings, answers: { tenant: 'other' }, enabled: false },
    ],
    [
      'no numbers for addresses that are others, and none that is empty',
      { acsUrls: ['https://acme.test/acs', ' '] },
      { ...settings, acsUrls: ['https://acme.test/acs'], acsIndexes: [] },
    ],
    [
      'an attribute for groups, once it has a name',
      { groupAttribute: { ...valuesOf(sso).groupAttribute, name: 'groups' } },
      { ...settings, groupAttribute: { ...valuesOf(sso).groupAttribute, name: 'groups' } },
    ],
  ])('%s', (_what, change, expected) => {
    expect(inputOf(sso, { ...valuesOf(sso), ...change })).toEqual(expected);
  });
});

describe('what metadata changed', () => {
  it.each<[string, Partial<Sso>, object[]]>([
    ['nothing', {}, []],
    [
      'a setting',
      { sign: 'response' },
      [{ label: 'Signed', before: 'Response and assertion', after: 'Response' }],
    ],
    [
      'one certificate for another',
      { spCertificates: { signing: ['two'], encryption: null } },
      [
        {
          label: 'Certificates of the service provider',
          before: '1 certificate to sign',
          after: '1 certificate to sign, replaced',
        },
      ],
    ],
  ])('%s', (_what, change, expected) => {
    expect(differencesOf(sso, { ...sso, ...change })).toEqual(expected);
  });
});
