import { beforeAll, describe, expect, test } from 'vitest';
import { keyPair } from '../../test/support/saml.ts';
import { segment } from '../connectors/segment.ts';
import type { SsoPreset } from '../connectors/connector.ts';
import { Problem, type FieldError } from '../errors.ts';
import { pathText } from '../fields.ts';
import type { DirectoryUser } from '../provisioning/facts.ts';
import { attributesOf, nameIdOf, type Person } from './attributes.ts';
import type { KeyPair } from './certificate.ts';
import { ssoFromMetadata } from './from-metadata.ts';
import { ATTRIBUTE_NAME_FORMAT, BINDING, NAME_ID_FORMAT } from './names.ts';
import {
  indexesOf,
  serviceProviderOf,
  ssoFromPreset,
  ssoSettingsSchema,
  type SsoSettingsInput,
} from './settings.ts';
import type { SpMetadata } from './sp-metadata.ts';

let sp: KeyPair;

beforeAll(async () => {
  sp = await keyPair('sp');
});

const ada: DirectoryUser = {
  id: '1',
  username: 'ada',
  email: 'ada@example.com',
  firstname: 'Ada',
  lastname: null,
  displayname: null,
  state: 'active',
  attributes: { level: 3 },
};

const person: Person = {
  user: ada,
  userName: 'Ada@Example.com',
  groups: ['Engineering', 'All'],
  transientId: '_t',
};

const preset = (): SsoPreset => {
  if (segment.sso === null) throw new Error('The preset is gone.');
  return segment.sso;
};

function refusalOf(answers: Readonly<Record<string, string>>): readonly FieldError[] {
  try {
    ssoFromPreset(preset(), answers);
  } catch (error) {
    if (error instanceof Problem) return error.errors;
  }
  return [];
}

describe('a preset', () => {
  test('becomes settings with the answers in their places', () => {
    const settings = ssoFromPreset(preset(), { customerId: 'AbC123', other: 'x' });
    expect(settings).toMatchObject({
      enabled: false,
      answers: { customerId: 'AbC123' },
      spEntityId: 'urn:auth0:segment-prod:samlp-AbC123',
      acsUrls: ['https://segment-prod.auth0.com/login/callback?connection=AbC123'],
      nameId: { format: NAME_ID_FORMAT.emailAddress, source: 'userName' },
      sign: 'both',
      encrypt: 'none',
      signOnUrl: 'https://app.segment.com',
    });
    expect(settings.answers).not.toHaveProperty('other');
    expect(nameIdOf(settings, person)).toEqual({
      value: 'Ada@Example.com',
      format: NAME_ID_FORMAT.emailAddress,
    });
    expect(attributesOf(settings, person)).toEqual([
      { name: 'email', nameFormat: ATTRIBUTE_NAME_FORMAT.basic, values: ['Ada@Example.com'] },
    ]);
    expect(ssoSettingsSchema.parse({ ...settings, enabled: true })).toEqual({ ...settings, enabled: true });
  });

  test.each<[string | undefined, string]>([
    [undefined, 'is needed: the Customer ID.'],
    ['', 'is needed: the Customer ID.'],
    ['a&connection=b', 'must be of at most 200'],
    ['a/b', 'must be of at most 200'],
    ['#', 'must be of at most 200'],
    [' a', 'must be of at most 200'],
    ['a'.repeat(201), 'must be of at most 200'],
  ])('asks again for %j, and says why', (customerId, message) => {
    const answers: Record<string, string> = customerId === undefined ? {} : { customerId };
    const errors = refusalOf(answers);
    expect(errors.map(({ path }) => path)).toEqual(['answers.customerId']);
    expect(errors[0]?.message).toContain(message);
    // What it is stands beside its field already.
    expect(errors[0]?.message).not.toContain('Audience URI');
  });

  test('says in its sentence what is wrong with an answer, and where to find the right one', () => {
    expect(() => ssoFromPreset(preset(), { customerId: 'urn:auth0:segment-prod:samlp-AbC123' })).toThrow(
      /^answers\.customerId must be of at most 200 .*\. The end of the Audience URI/,
    );
  });
});

describe('settings', () => {
  const sane = { spEntityId: 'sp', acsUrls: ['https://sp.test/acs'], enabled: true };

  test('have a value for everything', () => {
    expect(ssoSettingsSchema.parse({})).toMatchObject({
      enabled: false,
      nameId: { format: NAME_ID_FORMAT.emailAddress, source: 'userName' },
      sign: 'both',
      spCertificates: { signing: [], encryption: null },
    });
  });

  test.each<[string, () => SsoSettingsInput & Record<string, unknown>, string[]]>([
    ['what is fine', () => sane, []],
    [
      'a certificate where signatures are demanded',
      () => ({ ...sane, wantRequestsSigned: true, spCertificates: { signing: [sp.certificate] } }),
      [],
    ],
    ['no certificate where they are', () => ({ ...sane, wantRequestsSigned: true }), ['spCertificates']],
    ['encryption without a certificate', () => ({ ...sane, encrypt: 'aes256-gcm' }), ['spCertificates']],
    [
      'a key in the place of a certificate',
      () => ({ spCertificates: { signing: [sp.privateKey] } }),
      ['spCertificates.signing[0]'],
    ],
    ['enabled without anything', () => ({ enabled: true }), ['spEntityId', 'acsUrls']],
    ['an ACS URL that runs a script', () => ({ acsUrls: ['javascript:alert(1)'] }), ['acsUrls[0]']],
    ['an ACS URL twice', () => ({ acsUrls: ['https://a.test/', 'https://a.test/'] }), ['acsUrls']],
    ['numbers for some only', () => ({ ...sane, acsIndexes: [1, 2] }), ['acsIndexes']],
    [
      'one number for two',
      () => ({ ...sane, acsUrls: ['https://a.test/', 'https://b.test/'], acsIndexes: [1, 1] }),
      ['acsIndexes'],
    ],
    [
      'an address for answers to logouts that runs a script',
      () => ({ sloUrl: 'https://a.test/', sloResponseUrl: 'javascript:alert(1)' }),
      ['sloResponseUrl'],
    ],
    [
      'an address for answers to logouts without one for requests',
      () => ({ sloResponseUrl: 'https://a.test/' }),
      ['sloResponseUrl'],
    ],
    ['an expression that is none', () => ({ nameId: { source: 'user.' } }), ['nameId.source']],
    [
      'an expression and a constant',
      () => ({ attributes: [{ name: 'a', expression: 'user.id', constant: 'b' }] }),
      ['attributes[0]'],
    ],
    ['neither', () => ({ attributes: [{ name: 'a' }] }), ['attributes[0]']],
    ['a RelayState of 81 bytes', () => ({ defaultRelayState: 'a'.repeat(81) }), ['defaultRelayState']],
    ['an unknown field', () => ({ sigh: true }), ['']],
  ])('with %s', (_what, input, paths) => {
    const result = ssoSettingsSchema.safeParse(input());
    expect(result.error?.issues.map(({ path }) => pathText(path)) ?? []).toEqual(paths);
  });

  test('number the ACS URLs, as given or in order', () => {
    expect(indexesOf({ acsUrls: ['a', 'b'], acsIndexes: [] })).toEqual([0, 1]);
    expect(indexesOf({ acsUrls: ['a', 'b'], acsIndexes: [5, 3] })).toEqual([5, 3]);
  });
});

describe("a service provider's metadata", () => {
  const metadata = (): SpMetadata => ({
    entityId: 'https://sp.test',
    acs: [
      { url: 'https://sp.test/b', binding: BINDING.post, index: 4 },
      { url: 'https://sp.test/a', binding: BINDING.post, index: 1 },
    ],
    slo: { url: 'https://sp.test/slo', responseUrl: 'https://sp.test/slo-return', binding: 'post' },
    certificates: { signing: [sp.certificate], encryption: null },
    authnRequestsSigned: true,
    wantAssertionsSigned: true,
    nameIdFormats: ['urn:x', NAME_ID_FORMAT.persistent],
  });
  const before = () =>
    ssoSettingsSchema.parse({ sign: 'response', attributes: [{ name: 'a', constant: 'b' }] });

  test('becomes settings, and leaves alone what it does not speak of', () => {
    const settings = ssoSettingsSchema.parse(ssoFromMetadata(before(), metadata()));
    expect(settings).toEqual({
      ...before(),
      spEntityId: 'https://sp.test',
      acsUrls: ['https://sp.test/b', 'https://sp.test/a'],
      acsIndexes: [4, 1],
      nameId: { format: NAME_ID_FORMAT.persistent, source: 'userName' },
      sign: 'both',
      wantRequestsSigned: true,
      spCertificates: { signing: [sp.certificate], encryption: null },
      sloUrl: 'https://sp.test/slo',
      sloResponseUrl: 'https://sp.test/slo-return',
      sloBinding: 'post',
    });
    expect(serviceProviderOf(settings)).toMatchObject({ acsIndexes: [4, 1], wantAuthnRequestsSigned: true });
  });

  const pathsOf = (input: SsoSettingsInput) =>
    ssoSettingsSchema.safeParse(input).error?.issues.map(({ path, message }) => [pathText(path), message]);

  test('R49: is refused where it names no certificate for signatures that it promises, or for what is encrypted', () => {
    const bare = { ...metadata(), certificates: { signing: [], encryption: null } };
    expect(pathsOf(ssoFromMetadata(before(), bare))).toEqual([
      ['spCertificates', expect.stringContaining('signing certificate')],
    ]);
    const encrypted = ssoSettingsSchema.parse({
      encrypt: 'aes256-gcm',
      spCertificates: { encryption: sp.certificate },
    });
    expect(pathsOf(ssoFromMetadata(encrypted, metadata()))).toEqual([
      ['spCertificates', expect.stringMatching(/encryption certificate, with an RSA key/)],
    ]);
  });

  test.each<[string, boolean | null, boolean]>([
    ['stays demanded where it says nothing of them', null, true],
    ['is not demanded where it says that there are none', false, false],
  ])('that requests are signed %s', (_what, authnRequestsSigned, expected) => {
    const signing = { signing: [sp.certificate], encryption: null };
    const strict = ssoSettingsSchema.parse({ wantRequestsSigned: true, spCertificates: signing });
    expect(ssoFromMetadata(strict, { ...metadata(), authnRequestsSigned }).wantRequestsSigned).toBe(expected);
  });

  test('that says nothing of logout takes both addresses of logouts away', () => {
    const logout = ssoSettingsSchema.parse({ sloUrl: 'https://a.test/', sloResponseUrl: 'https://b.test/' });
    const after = ssoSettingsSchema.parse(ssoFromMetadata(logout, { ...metadata(), slo: null }));
    expect(after).toMatchObject({ sloUrl: null, sloResponseUrl: null });
  });

  test('is usable where it numbers two addresses alike, or names one twice', () => {
    const [first] = metadata().acs;
    const acs = [first, { ...first, url: 'https://sp.test/c' }, first].filter(
      (one) => one !== undefined,
    ) as SpMetadata['acs'];
    const settings = ssoSettingsSchema.parse(ssoFromMetadata(before(), { ...metadata(), acs }));
    expect(settings).toMatchObject({ acsUrls: ['https://sp.test/b', 'https://sp.test/c'], acsIndexes: [] });
  });
});

describe('a person', () => {
  const nameId =
    (source: string, format: string = NAME_ID_FORMAT.unspecified, more: Partial<Person> = {}) =>
    () =>
      nameIdOf(ssoSettingsSchema.parse({ nameId: { source, format } }), { ...person, ...more });

  test.each([
    ['R15: exactly what the target holds', nameId('userName'), 'Ada@Example.com'],
    ['an expression', nameId('user.id + "@x"'), '1@x'],
    ['a transient name', nameId('userName', NAME_ID_FORMAT.transient, { userName: null }), '_t'],
  ])('has a NameID: %s', (_what, made, value) => {
    expect(made().value).toBe(value);
  });

  test.each([
    [
      'an account that is not there',
      nameId('userName', undefined, { userName: null }),
      /^ada cannot be signed in: the application holds no account/,
    ],
    ['an expression that gives nothing', nameId('user.lastname'), /expression gives nothing/],
    [
      'an expression that fails',
      nameId('user.attributes.none'),
      /The expression of the NameID fails for ada: .*Correct it/,
    ],
  ])('has none by %s', (_what, made, sentence) => {
    expect(made).toThrow(sentence);
  });

  test('has attributes: expressions, constants and groups; empty ones are left out', () => {
    const basic = ATTRIBUTE_NAME_FORMAT.basic;
    const settings = ssoSettingsSchema.parse({
      attributes: [
        { name: 'level', nameFormat: ATTRIBUTE_NAME_FORMAT.uri, expression: 'user.attributes.level' },
        { name: 'nothing', expression: 'user.lastname' },
        { name: 'lacking', expression: 'user.attributes.nobodyHasIt' },
        { name: 'company', constant: 'Analytical & Co' },
      ],
      groupAttribute: { name: 'groups' },
    });
    const expected = [
      { name: 'level', nameFormat: ATTRIBUTE_NAME_FORMAT.uri, values: ['3'] },
      { name: 'company', nameFormat: basic, values: ['Analytical & Co'] },
    ];
    const groups = { name: 'groups', nameFormat: basic, values: person.groups };
    expect(attributesOf(settings, person)).toEqual([...expected, groups]);
    expect(attributesOf(settings, { ...person, groups: [] })).toEqual(expected);
  });
});
