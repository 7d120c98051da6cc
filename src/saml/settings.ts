/** The SAML settings of one application: what an administrator sets, or a connector's preset gives. */
import { z } from 'zod';
import type { SsoPreset } from '../connectors/connector.ts';
import { badInput, type FieldError } from '../errors.ts';
import { summary } from '../fields.ts';
import { checkExpression } from '../provisioning/expression.ts';
import { MAX_RELAY_STATE_BYTES } from './bindings.ts';
import { isCertificate } from './certificate.ts';
import type { ServiceProvider } from './decide.ts';
import type { EncryptTo } from './encryption.ts';
import { ATTRIBUTE_NAME_FORMAT, NAME_ID_FORMAT } from './names.ts';

const address = z.url({ protocol: /^https?$/ }).max(2000);
const uri = z.string().trim().min(1).max(1024);
const certificate = z
  .string()
  .max(20_000)
  .refine(isCertificate, 'must be an X.509 certificate with an RSA key, as PEM.');

const expression = z
  .string()
  .min(1)
  .max(500)
  .superRefine((text, context) => {
    const problem = checkExpression(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: `cannot be used: ${problem}` });
  });

/** `userName`: exactly what the target last accepted as that (R15). Otherwise a CEL expression over `user`. */
const source = z.union([z.literal('userName'), expression]);

const nameFormat = z.enum(Object.values(ATTRIBUTE_NAME_FORMAT)).default(ATTRIBUTE_NAME_FORMAT.basic);

const attributeSchema = z
  .strictObject({
    name: uri,
    nameFormat,
    /** As in a mapping; an empty result leaves the attribute out. Or `userName`, as for the NameID. */
    expression: source.optional(),
    /** The same value for everybody. */
    constant: z.string().min(1).max(2000).optional(),
  })
  .refine(
    (row) => (row.expression === undefined) !== (row.constant === undefined),
    'must have either an expression or a constant.',
  );

const nameIdSchema = z.strictObject({
  format: z.enum(Object.values(NAME_ID_FORMAT)).default(NAME_ID_FORMAT.emailAddress),
  source: source.default('userName'),
});

/** Settings as they are stored. What comes in is judged by `given-settings.ts`. */
export const ssoSettingsSchema = z
  .strictObject({
    enabled: z.boolean().default(false),
    /** What a connector asked for, such as an id of the customer; the rest was derived from it. */
    answers: z.record(z.string().max(100), z.string().max(200)).default({}),
    spEntityId: z.string().trim().max(1024).default(''),
    /** Where answers may go. The first one is the default. */
    acsUrls: z.array(address).max(50).default([]),
    /** The number of each in the service provider's metadata; 0, 1, 2 and so on where they are left out. */
    acsIndexes: z.array(z.int().min(0).max(65_535)).max(50).default([]),
    nameId: nameIdSchema.prefault({}),
    attributes: z.array(attributeSchema).max(50).default([]),
    /** One attribute with the names of the person's groups: those bound to the application, or all. */
    groupAttribute: z
      .strictObject({ name: uri, nameFormat, groups: z.enum(['bound', 'all']).default('bound') })
      .nullable()
      .default(null),
    sign: z.enum(['response', 'assertion', 'both']).default('both'),
    encrypt: z.enum(['none', 'aes256-gcm', 'aes256-cbc']).default('none'),
    wantRequestsSigned: z.boolean().default(false),
    spCertificates: z
      .strictObject({ signing: z.array(certificate).max(10), encryption: certificate.nullable() })
      .partial()
      .prefault({})
      .transform(({ signing = [], encryption = null }) => ({ signing, encryption })),
    /** Sent when a person starts here, not at the service provider. */
    defaultRelayState: z
      .string()
      .refine(
        (text) => Buffer.byteLength(text) <= MAX_RELAY_STATE_BYTES,
        `must take at most ${MAX_RELAY_STATE_BYTES} bytes.`,
      )
      .nullable()
      .default(null),
    /** Where the service provider wants to hear that somebody signed out. */
    sloUrl: address.nullable().default(null),
    /** Where answers to its logout requests go, where that is another address (SAML Metadata 2.0 §2.2.2). */
    sloResponseUrl: address.nullable().default(null),
    sloBinding: z.enum(['redirect', 'post']).default('redirect'),
    /** The service provider's own page, for administrators to look up; the portal's tiles start here. */
    signOnUrl: address.nullable().default(null),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of contradictions(settings))
      context.addIssue({ code: 'custom', path: [path], message });
  });

export type SsoSettings = z.infer<typeof ssoSettingsSchema>;
export type SsoSettingsInput = z.input<typeof ssoSettingsSchema>;

function contradictions(settings: SsoSettings): FieldError[] {
  const { enabled, acsUrls, acsIndexes, spCertificates } = settings;
  const rules: readonly (readonly [boolean, string, string])[] = [
    [enabled && settings.spEntityId === '', 'spEntityId', 'is needed to enable single sign-on.'],
    [enabled && acsUrls.length === 0, 'acsUrls', 'needs at least one address to enable single sign-on.'],
    [new Set(acsUrls).size < acsUrls.length, 'acsUrls', 'has an address twice.'],
    [
      acsIndexes.length > 0 &&
        (acsIndexes.length !== acsUrls.length || new Set(acsIndexes).size < acsIndexes.length),
      'acsIndexes',
      'must have one number for each ACS URL, each another one.',
    ],
    [
      settings.sloResponseUrl !== null && settings.sloUrl === null,
      'sloResponseUrl',
      'is of no use without sloUrl, the address for logout requests.',
    ],
    [
      settings.wantRequestsSigned && spCertificates.signing.length === 0,
      'spCertificates',
      "needs the service provider's signing certificate, with an RSA key, because signed requests are demanded.",
    ],
    [
      settings.encrypt !== 'none' && spCertificates.encryption === null,
      'spCertificates',
      "needs the service provider's encryption certificate, with an RSA key, because assertions are to be encrypted.",
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, path, message]) => ({ path, message }));
}

/** The index of each ACS URL (SAML Metadata 2.0 §2.4.4). */
export function indexesOf({
  acsUrls,
  acsIndexes,
}: Pick<SsoSettings, 'acsUrls' | 'acsIndexes'>): readonly number[] {
  return acsIndexes.length > 0 ? acsIndexes : acsUrls.map((_, position) => position);
}

/** What a request is held against. */
export function serviceProviderOf(settings: SsoSettings): ServiceProvider {
  return {
    entityId: settings.spEntityId,
    acsUrls: settings.acsUrls,
    acsIndexes: indexesOf(settings),
    wantAuthnRequestsSigned: settings.wantRequestsSigned,
    certificates: settings.spCertificates.signing,
  };
}

/** To whom assertions are encrypted, or null where they are not. */
export function encryptToOf({ encrypt, spCertificates }: SsoSettings): EncryptTo | null {
  if (encrypt === 'none' || spCertificates.encryption === null) return null;
  return { algorithm: encrypt, certificate: spCertificates.encryption };
}

/** No address and no name may change its meaning by what is put into it. */
const ANSWER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** What is wrong with an answer, to whoever gave it or left it out. What it is stands beside its field. */
const answerFault = ({ label }: SsoPreset['asks'][number], given: string): string =>
  given === ''
    ? `is needed: the ${label}.`
    : 'must be of at most 200 letters, digits, . _ -, beginning with a letter or digit.';

/** Settings made from a connector's preset and the answers to what it asks. Throws a Problem that names a missing answer. */
export function ssoFromPreset(preset: SsoPreset, answers: Readonly<Record<string, string>>): SsoSettings {
  const asked = preset.asks.filter(({ name }) => !ANSWER.test(answers[name] ?? ''));
  const errors = asked.map((ask) => ({
    path: `answers.${ask.name}`,
    message: answerFault(ask, answers[ask.name] ?? ''),
  }));
  const help = asked.map((ask) => ask.help).join(' ');
  if (errors.length > 0) throw badInput(`${summary(errors)} ${help}`, errors);
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => answers[name] ?? whole);
  return ssoSettingsSchema.parse({
    answers: Object.fromEntries(preset.asks.map(({ name }) => [name, answers[name]])),
    spEntityId: fill(preset.spEntityId),
    acsUrls: preset.acsUrls.map(fill),
    nameId: { format: preset.nameIdFormat, source: 'userName' },
    attributes: preset.attributes,
    sign: preset.sign,
    signOnUrl: preset.signOnUrl ?? null,
  });
}
