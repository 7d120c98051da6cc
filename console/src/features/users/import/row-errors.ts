/** What is wrong with a row of a CSV, as sentences. */
import type { FieldError } from '../../../api/problem';
import { capital } from '../../../ui/words';
import { LABELS } from '../user-form';

/** The path has the name of the column, and may go on with the place in a list; empty where it is about the whole row. */
const columnOf = (path: string): string => path.replace(/^users\[\d+\]\.?/, '').replace(/\[\d+\]$/, '');

const labels = new Map(Object.entries(LABELS));

const subjectOf = (column: string): string =>
  column === '' ? 'This row' : (labels.get(column) ?? capital(column));

/** `User name must not be empty.`; a message that begins with what was given needs no column before it. */
export const rowErrorInWords = ({ path, message }: FieldError): string =>
  message.startsWith('"') ? message : `${subjectOf(columnOf(path))} ${message}`;
