/** Reading what comes in: JSON text against a zod schema, with errors that name the field. */
import type { z } from 'zod';
import type { FieldError } from '../errors.ts';

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

/** A zod error as a list of fields; unknown names are each named as their own field. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: `${key} is unknown here.`,
      }));
    }
    return [{ path: pathText(issue.path), message: issue.message }];
  });
}

/** The same as one sentence: `userName: Invalid input; members[2].value: …`. */
export const fieldErrorText = (error: z.ZodError): string =>
  fieldErrors(error)
    .slice(0, 5)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
