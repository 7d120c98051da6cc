/** Settings as they come in: what XML cannot hold is refused, before a sign-in fails by it, and keys that protect nothing. */
import { pathText } from '../fields.ts';
import { isCertificate, readCertificate } from './certificate.ts';
import { ssoSettingsSchema, type SsoSettings } from './settings.ts';
import { isWritable } from './xml-text.ts';

type Path = readonly (string | number)[];

/** Each text in a value, and each name of a field, with where it stands. */
function textsIn(value: unknown, path: Path = []): (readonly [Path, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => textsIn(each, [...path, at]));
  return Object.entries(value ?? {}).flatMap(([name, each]) => {
    const at = [...path, name];
    return [[at, name] as const, ...textsIn(each, at)];
  });
}

const unwritablePaths = (value: unknown): Path[] =>
  textsIn(value)
    .filter(([, text]) => !isWritable(text))
    .map(([path]) => path);

/** The settings that XML cannot hold, by name: an older version stored such. */
export const unwritableSettings = (settings: SsoSettings): string[] =>
  unwritablePaths(settings).map(pathText);

/**
 * Below that, NIST SP 800-131A takes a key for nothing any more. Old service providers have keys from there up to 2048 bits, which
 * whoever sets them up here cannot change: of those the doctor warns (`cli/check-certificates.ts`).
 */
const FEWEST_BITS = 1024;

function brokenKeys({ spCertificates: { encryption, signing } }: SsoSettings): [path: Path, bits: number][] {
  const known = [
    ...signing.map((pem, at) => [['signing', at], pem] as const),
    ...(encryption === null ? [] : [[['encryption'], encryption] as const]),
  ];
  return known
    .filter(([, pem]) => isCertificate(pem))
    .map(([path, pem]): [Path, number] => [['spCertificates', ...path], readCertificate(pem).modulusLength])
    .filter(([, bits]) => bits < FEWEST_BITS);
}

/** Settings as they come in. What XML cannot hold would fail each sign-in; much of it cannot be stored either. */
export const givenSsoSchema = ssoSettingsSchema.superRefine((settings, context) => {
  for (const path of unwritablePaths(settings))
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: 'must not hold control characters, or what is no character at all: XML cannot hold them.',
    });
  for (const [path, bits] of brokenKeys(settings))
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: `has a key of ${bits} bits, which anybody can break. It must have ${FEWEST_BITS} at least, and should have 2048.`,
    });
});
