/** Settings as they come in: what XML cannot hold is refused, before a sign-in fails by it. */
import { pathText } from '../fields.ts';
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

/** Settings as they come in. What XML cannot hold would fail each sign-in; much of it cannot be stored either. */
export const givenSsoSchema = ssoSettingsSchema.superRefine((settings, context) => {
  for (const path of unwritablePaths(settings))
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: 'must not hold control characters, or what is no character at all: XML cannot hold them.',
    });
});
