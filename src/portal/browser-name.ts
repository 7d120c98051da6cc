/** What people call their browser and machine, of what the browser says of itself. Only for recognising it. */

type Row = readonly [pattern: RegExp, name: string];

/** The first that fits: many browsers claim to be others as well. */
const BROWSERS: readonly Row[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly Row[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|CrOS/, 'Linux'],
];

const named = (rows: readonly Row[], text: string): string | undefined =>
  rows.find(([pattern]) => pattern.test(text))?.[1];

/** `Firefox on Linux`, or `Another program`. */
export function browserName(userAgent: string): string {
  const browser = named(BROWSERS, userAgent);
  if (browser === undefined) return 'Another program';
  const system = named(SYSTEMS, userAgent);
  return system === undefined ? browser : `${browser} on ${system}`;
}
