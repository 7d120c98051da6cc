/** The form of single sign-on: what the server says as it is typed, in words, and what of it to send back. */
import { isSame } from '../../../ui/same';
import type { Sso, SsoInput } from './queries';
import type { KINDS, NameFormat } from './sso-choices';

export interface AttributeRow {
  readonly name: string;
  readonly nameFormat: NameFormat;
  readonly kind: keyof typeof KINDS;
  /** The expression, or what is the same for everybody. */
  readonly text: string;
}

export interface SsoValues {
  readonly enabled: boolean;
  readonly answers: Readonly<Record<string, string>>;
  readonly spEntityId: string;
  readonly acsUrls: readonly string[];
  readonly nameId: Sso['nameId'];
  readonly attributes: readonly AttributeRow[];
  /** Without a name, none is sent. */
  readonly groupAttribute: NonNullable<Sso['groupAttribute']>;
  readonly sign: Sso['sign'];
  readonly encrypt: Sso['encrypt'];
  readonly wantRequestsSigned: boolean;
  readonly spCertificates: { readonly signing: readonly string[]; readonly encryption: string };
  readonly defaultRelayState: string;
  readonly sloUrl: string;
  readonly sloResponseUrl: string;
  readonly sloBinding: Sso['sloBinding'];
  readonly signOnUrl: string;
}

export const LABELS: Readonly<Record<keyof SsoValues, string>> = {
  enabled: 'Single sign-on',
  answers: 'Answers',
  spEntityId: 'SP entity ID',
  acsUrls: 'ACS URLs',
  nameId: 'NameID',
  attributes: 'Attributes',
  groupAttribute: 'Groups',
  sign: 'Signed',
  encrypt: 'Encryption of assertions',
  wantRequestsSigned: 'Refuse sign-in requests that are not signed',
  spCertificates: 'Certificates of the service provider',
  defaultRelayState: 'Default RelayState',
  sloUrl: 'Logout URL',
  sloResponseUrl: 'Logout response URL',
  sloBinding: 'Binding of logout',
  signOnUrl: 'Sign-on URL',
};

/** With what the connector asks for. */
export const labelsOf = ({ asks }: Sso): Readonly<Record<string, string>> => ({
  ...LABELS,
  ...Object.fromEntries(asks.map(({ label, name }) => [`answers.${name}`, label])),
});

const BASIC: NameFormat = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';

export const NEW_ATTRIBUTE: AttributeRow = { name: '', nameFormat: BASIC, kind: 'expression', text: '' };

const NO_GROUPS: SsoValues['groupAttribute'] = { name: '', nameFormat: BASIC, groups: 'bound' };

const rowOf = ({ constant, expression, name, nameFormat }: Sso['attributes'][number]): AttributeRow => ({
  name,
  nameFormat,
  kind: constant === undefined ? 'expression' : 'constant',
  text: constant ?? expression ?? '',
});

/** Settings as the form holds them; a field for each thing that the connector asks for. */
export const valuesOf = (sso: Sso): SsoValues => ({
  enabled: sso.enabled,
  answers: Object.fromEntries(sso.asks.map(({ name }) => [name, sso.answers[name] ?? ''])),
  spEntityId: sso.spEntityId,
  acsUrls: sso.acsUrls,
  nameId: sso.nameId,
  attributes: sso.attributes.map(rowOf),
  groupAttribute: sso.groupAttribute ?? NO_GROUPS,
  sign: sso.sign,
  encrypt: sso.encrypt,
  wantRequestsSigned: sso.wantRequestsSigned,
  spCertificates: { ...sso.spCertificates, encryption: sso.spCertificates.encryption ?? '' },
  defaultRelayState: sso.defaultRelayState ?? '',
  sloUrl: sso.sloUrl ?? '',
  sloResponseUrl: sso.sloResponseUrl ?? '',
  sloBinding: sso.sloBinding,
  signOnUrl: sso.signOnUrl ?? '',
});

const orNull = (text: string): string | null => (text === '' ? null : text);

const isFilled = (text: string): boolean => text.trim() !== '';

/** Whether the connector derives the addresses anew: where its answers changed, and they were left as they were. */
export function derivesAnew(before: SsoValues, after: SsoValues): boolean {
  const kept = before.spEntityId === after.spEntityId && isSame(before.acsUrls, after.acsUrls);
  return after.enabled && kept && !isSame(before.answers, after.answers);
}

function addressesOf(before: SsoValues, after: SsoValues, indexes: readonly number[]): SsoInput {
  if (derivesAnew(before, after)) return {};
  return {
    spEntityId: after.spEntityId,
    acsUrls: after.acsUrls.filter(isFilled),
    // The numbers are those of the addresses that were there, one each.
    acsIndexes: isSame(before.acsUrls, after.acsUrls) ? [...indexes] : [],
  };
}

/** What a save sends. */
export function inputOf(begun: Sso, values: SsoValues): SsoInput {
  const { attributes, groupAttribute, spCertificates } = values;
  return {
    ...addressesOf(valuesOf(begun), values, begun.acsIndexes),
    enabled: values.enabled,
    answers: { ...values.answers },
    nameId: values.nameId,
    attributes: attributes.map(({ kind, name, nameFormat, text }) => ({ name, nameFormat, [kind]: text })),
    groupAttribute: groupAttribute.name === '' ? null : groupAttribute,
    sign: values.sign,
    encrypt: values.encrypt,
    wantRequestsSigned: values.wantRequestsSigned,
    spCertificates: {
      signing: spCertificates.signing.filter(isFilled),
      encryption: orNull(spCertificates.encryption.trim()),
    },
    defaultRelayState: orNull(values.defaultRelayState),
    sloUrl: orNull(values.sloUrl),
    sloResponseUrl: orNull(values.sloResponseUrl),
    sloBinding: values.sloBinding,
    signOnUrl: orNull(values.signOnUrl),
  };
}
