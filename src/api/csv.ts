/** Lists as CSV (RFC 4180), for spreadsheets. */

type Cell = string | number | null;

/** A column's name, and what stands in it. */
export type Column<T> = readonly [name: string, valueOf: (item: T) => Cell];

/** A spreadsheet takes what begins like this for a formula, and runs it; names come from anywhere. */
const FORMULA = /^[=+\-@\t\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const row = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

/** The first line, and then the items, a text for each batch. */
export async function* csv<T>(
  columns: readonly Column<T>[],
  batches: AsyncIterable<readonly T[]>,
): AsyncGenerator<string> {
  yield row(columns.map(([name]) => name));
  for await (const batch of batches)
    yield batch.map((item) => row(columns.map(([, valueOf]) => valueOf(item)))).join('');
}
