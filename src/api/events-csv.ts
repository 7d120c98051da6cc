/** The log as CSV (RFC 4180), for spreadsheets. */
import type { LoggedEvent } from '../store/event-log.ts';

type Cell = string | number | null;

const COLUMNS: readonly (readonly [string, (event: LoggedEvent) => Cell])[] = [
  ['at', ({ at }) => at],
  ['application', ({ application }) => application],
  ['kind', ({ kind }) => kind],
  ['subject', ({ subjectName }) => subjectName],
  ['operation', ({ operation }) => operation],
  ['outcome', ({ outcome }) => outcome],
  ['sentence', ({ sentence }) => sentence],
  ['attempt', ({ attempt }) => attempt],
  ['durationMs', ({ durationMs }) => durationMs],
  ['cause', ({ cause }) => cause?.action ?? null],
  ['actor', ({ cause }) => cause?.actor ?? null],
  ['requestId', ({ cause }) => cause?.requestId ?? null],
  ['applicationId', ({ applicationId }) => applicationId],
  ['subjectId', ({ subjectId }) => subjectId],
  ['id', ({ id }) => id],
];

/** A spreadsheet takes what begins like this for a formula, and runs it; names come from anywhere. */
const FORMULA = /^[=+\-@\t\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const row = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

/** The first line, and then the events, a text for each batch. */
export async function* eventsCsv(batches: AsyncIterable<readonly LoggedEvent[]>): AsyncGenerator<string> {
  yield row(COLUMNS.map(([name]) => name));
  for await (const batch of batches)
    yield batch.map((event) => row(COLUMNS.map(([, valueOf]) => valueOf(event)))).join('');
}
