/** The fields of single sign-on that are a choice, each with its choices in words. */
import type { Sso } from './queries';

export type NameFormat = Sso['attributes'][number]['nameFormat'];

export const NAME_ID_FORMATS: Readonly<Record<Sso['nameId']['format'], string>> = {
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress': 'Email address',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent': 'Persistent',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:transient': 'Transient: a new name each time',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified': 'Unspecified',
};

export const NAME_FORMATS: Readonly<Record<NameFormat, string>> = {
  'urn:oasis:names:tc:SAML:2.0:attrname-format:basic': 'Basic',
  'urn:oasis:names:tc:SAML:2.0:attrname-format:uri': 'URI',
  'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified': 'Unspecified',
};

export const KINDS: Readonly<Record<'expression' | 'constant', string>> = {
  expression: 'Expression',
  constant: 'Same for everybody',
};

export const SIGNS: Readonly<Record<Sso['sign'], string>> = {
  both: 'Response and assertion',
  response: 'Response',
  assertion: 'Assertion',
};

export const ENCRYPTIONS: Readonly<Record<Sso['encrypt'], string>> = {
  none: 'None',
  'aes256-gcm': 'AES-256, GCM',
  'aes256-cbc': 'AES-256, CBC',
};

export const BINDINGS: Readonly<Record<Sso['sloBinding'], string>> = { redirect: 'Redirect', post: 'POST' };

export const GROUPS: Readonly<Record<NonNullable<Sso['groupAttribute']>['groups'], string>> = {
  bound: 'Bound to this application',
  all: 'All of the person',
};
