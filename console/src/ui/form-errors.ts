/** What the server says of each field of a form, at that field; what belongs to none, for the top of the form. */
import { asProblem } from '../api/problem';

export interface FormFault {
  /** For the top of the form; null where each field says its own. */
  readonly message: string | null;
  /** By the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `rows[2].name`, as the server names a field, as forms do: `rows.2.name`. */
const inForm = (path: string): string => path.replace(/\[(\d+)\]/g, '.$1');

/** The field that an error is about: the whole path, or the longest part of it that the form has. */
const fieldOf = (path: string, names: readonly string[]): string | undefined =>
  names
    .filter((name) => path === name || path.startsWith(`${name}.`))
    .reduce<string | undefined>((best, name) => (name.length > (best?.length ?? 0) ? name : best), undefined);

/** The names of a form's fields, those inside of others too: `attributes`, `attributes.0`, `attributes.0.name`. */
export function pathsOf(values: object, prefix = ''): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const path = `${prefix}${name}`;
    return typeof value === 'object' && value !== null ? [path, ...pathsOf(value, `${path}.`)] : [path];
  });
}

/** Sorts an error of a save to the fields that the form has. */
export function formFault(error: unknown, names: readonly string[]): FormFault {
  const problem = asProblem(error);
  const placed = problem.errors.map(({ message, path }) => ({ name: fieldOf(inForm(path), names), message }));
  // The last of a name counts, and the first thing that is wrong with a field is the one to say.
  const fields = Object.fromEntries(
    placed
      .flatMap(({ name, message }) => (name === undefined ? [] : [[name, capital(message)] as const]))
      .reverse(),
  );
  const all = placed.length > 0 && placed.every(({ name }) => name !== undefined);
  return { message: all ? null : problem.message, fields };
}
