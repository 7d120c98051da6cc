/** What the server says of each field of a form, at that field; what belongs to none, for the top of the form. */
import { asProblem } from '../api/problem';
import { capital } from './words';

interface FormFault {
  /** For the top of the form; null where each field says its own. */
  readonly message: string | null;
  /** By the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a form holds, nested fields too, the outer before the inner: `mapping`, `mapping.0`, `mapping.0.target`. */
function fieldsIn(values: object, prefix = ''): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const path = prefix + name;
    return typeof value === 'object' && value !== null ? [path, ...fieldsIn(value, `${path}.`)] : [path];
  });
}

/** The innermost field that an error is about. The server writes `mapping[0].target`, a form `mapping.0.target`. */
function fieldOf(path: string, names: readonly string[]): string | undefined {
  const wanted = `${path.replace(/\[(\d+)\]/g, '.$1')}.`;
  return names.findLast((name) => wanted.startsWith(`${name}.`));
}

/** Sorts an error of a save to the fields that the form has. */
export function formFault(error: unknown, values: object): FormFault {
  const names = fieldsIn(values);
  const problem = asProblem(error);
  const placed = problem.errors.map(({ message, path }) => ({ name: fieldOf(path, names), message }));
  // The last of a name counts, and the first thing that is wrong with a field is the one to say.
  const fields = Object.fromEntries(
    placed
      .flatMap(({ name, message }) => (name === undefined ? [] : [[name, capital(message)] as const]))
      .reverse(),
  );
  const all = placed.length > 0 && placed.every(({ name }) => name !== undefined);
  return { message: all ? null : problem.message, fields };
}
