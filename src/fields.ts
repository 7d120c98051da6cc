/** What zod found wrong, as fields and sentences for people. */
import type { z } from 'zod';
import type { FieldError } from './errors.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const MAX_ERRORS = 1000;

/** `['users', 3, 'email']` as `users[3].email`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an email address such as ada@example.com.',
  guid: 'must be an id: a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057.',
  url: 'must be an address such as https://example.com/scim/v2.',
  datetime: 'must be a time such as 2030-01-31T12:00:00Z.',
};

function wrongType(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  if (issue.input === undefined) return 'is missing.';
  if (typeof issue.input === 'number')
    return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${issue.expected === 'int' ? issue.input : 'a number'}.`;
  return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}.`;
}

function bound(word: string, limit: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  if (unit === undefined) return `must be ${word} ${limit}.`;
  return `must have ${word} ${limit} ${unit[Number(limit) === 1 ? 0 : 1]}.`;
}

/** A sentence for an issue whose schema has none of its own; hand it to zod as `error`. */
export function sentence(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_type') return wrongType(issue);
  if (issue.code === 'too_small') {
    const empty = issue.minimum === 1 && issue.origin === 'string';
    return empty ? 'must not be empty.' : bound('at least', issue.minimum, issue.origin);
  }
  if (issue.code === 'too_big') return bound('at most', issue.maximum, issue.origin);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return issue.values.length === 1 ? `must be ${values}.` : `must be one of ${values}.`;
  }
  return issue.code === 'invalid_format' ? FORMATS[issue.format] : undefined;
}

const LONGEST_SHOWN = 100;

/** The same for a query, whose numbers come as text: `whole` is all of it, as it was given. */
export function sentenceAbout(whole: unknown): (issue: RawIssue) => string | undefined {
  return (issue) => {
    const [name, ...deeper] = issue.path ?? [];
    if (issue.code !== 'invalid_type' || !Number.isNaN(issue.input) || deeper.length > 0)
      return sentence(issue);
    const given = Object.entries(whole ?? {}).find(([key]) => key === name)?.[1] as unknown;
    if (typeof given !== 'string') return `must be a number, not ${kindOf(given)}.`;
    return `must be a number, not "${given.slice(0, LONGEST_SHOWN)}".`;
  };
}

function fieldErrors(issue: Issue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: 'is not a field that can be given here.',
    }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path: pathText(issue.path), message: issue.issues[0]?.message ?? issue.message }];
  }
  return [{ path: pathText(issue.path), message: issue.message }];
}

/** Each bad field once for each thing that is wrong with it, a thousand at most; `at` is where the value stands. */
export function fieldErrorsOf(error: z.ZodError, at: readonly PropertyKey[] = []): FieldError[] {
  return error.issues
    .slice(0, MAX_ERRORS)
    .flatMap((issue) => fieldErrors({ ...issue, path: [...at, ...issue.path] }));
}

/** One sentence for all of them: the field itself where it is one, how many and the first where it is more. */
export function summary(errors: readonly FieldError[]): string {
  const [first] = errors;
  if (first === undefined) return 'The request cannot be used.';
  const said = `${first.path === '' ? 'The body' : first.path} ${first.message}`;
  return errors.length === 1 ? said : `${errors.length} fields cannot be used; the first: ${said}`;
}
