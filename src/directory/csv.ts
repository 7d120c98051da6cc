/** CSV (RFC 4180) with a header line, as rows of user input. Made for what spreadsheets write. */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { unreadable } from '../errors.ts';
import { isForbiddenName } from '../scim/attributes.ts';
import type { Reading } from './bulk.ts';
import { FORBIDDEN_NAME } from './user.ts';

/** Rows as they would come in JSON, and where each is in the file. */
export interface CsvRows {
  readonly rows: readonly Record<string, unknown>[];
  /** The line on which each row ends. */
  readonly lines: readonly number[];
  /** Where each row ends, in bytes of UTF-8 without a byte order mark; the first number is the header's. */
  readonly ends: readonly number[];
  /** Rows with another number of cells than the header, by index, and what to say of each. */
  readonly ragged: ReadonlyMap<number, string>;
}

const csvColumns = ['username', 'email', 'firstname', 'lastname', 'displayname', 'state', 'groups'] as const;

const ATTRIBUTE = /^attributes\.(.+)$/i;
const MAX_COLUMNS = 150;
const MAX_COLUMN_NAME = 200;
/** Room for every name with its quotes and a separator. */
const MAX_HEADER = MAX_COLUMNS * (MAX_COLUMN_NAME + 3);
/** As much of a name that is too long as tells which it is. */
const QUOTED = 60;

const parsedSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number(), bytes: z.number() }) }),
);

/** The first line with something in it. Throws a `Problem` where it is too long for a header: to parse it would take seconds. */
function headerLine(text: string): string {
  const from = Math.max(text.search(/[^\ufeff\r\n]/), 0);
  const begin = text.slice(from, from + MAX_HEADER + 1);
  const header = begin.slice(0, begin.search(/\r|\n|$/));
  if (header.length <= MAX_HEADER) return header;
  throw unreadable(
    `The CSV's header is longer than ${MAX_HEADER} characters: "${header.slice(0, QUOTED)}…". The first line must name the columns.`,
  );
}

/** Spreadsheets in half of Europe separate with semicolons, and call that CSV too. */
function delimiterOf(text: string): string {
  const header = headerLine(text);
  return [',', ';', '\t'].find((candidate) => header.includes(candidate)) ?? ',';
}

const SENTENCES: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that is never closed.',
};
const WRONG_QUOTE = 'has a quote in the wrong place: quote the whole cell, and double the quotes in it.';

/** The lines that the parser has come to behind each CR LF within quotes: it counts that one as two. */
function countedTwice(text: string): number[] {
  const found: number[] = [];
  let line = 1;
  let isQuoted = false;
  for (const [sign] of text.matchAll(/"|\r\n|\r|\n/g)) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted && sign === '\r\n') found.push((line += 2));
    else line += 1;
  }
  return found;
}

/** The lines that an editor shows, of those that the parser tells in their order. */
function shownLines(text: string, told: readonly number[]): number[] {
  const twice = countedTwice(text);
  let before = 0;
  return told.map((line) => {
    while ((twice[before] ?? Infinity) <= line) before += 1;
    return line - before;
  });
}

/** The line of the quote that is never closed; the parser tells the last line of the file. */
function openLine(text: string): number {
  let open = -1;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (open < 0) open = at;
    else if (text[at + 1] === '"') at += 1;
    else open = -1;
  }
  return text.slice(0, Math.max(open, 0)).split(/\r\n|\r|\n/).length;
}

function sentenceOf(error: CsvError, text: string): string {
  const told = typeof error.lines === 'number' ? shownLines(text, [error.lines])[0] : undefined;
  const shown = error.code === 'CSV_QUOTE_NOT_CLOSED' ? openLine(text) : told;
  const line = shown === undefined ? 'The CSV' : `Line ${shown} of the CSV`;
  return `${line} ${SENTENCES[error.code] ?? WRONG_QUOTE}`;
}

function parseCells(text: string) {
  try {
    const found: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      // Each line may end in its own way: files are put together on several machines.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return parsedSchema.parse(found);
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(sentenceOf(error, text));
    throw error;
  }
}

/** The name of the attribute that a column holds. */
const attributeIn = (column: string): string | undefined => ATTRIBUTE.exec(column)?.[1];

function columnOf(header: string): string {
  const attribute = attributeIn(header);
  return attribute === undefined ? header.toLowerCase() : `attributes.${attribute}`;
}

function checkNames(names: readonly string[]): void {
  const long = names.find((name) => name.length > MAX_COLUMN_NAME);
  if (long === undefined) return;
  throw unreadable(
    `The CSV's header names a column "${long.slice(0, QUOTED)}…", which is ${long.length} characters long. A column's name has at most ${MAX_COLUMN_NAME}.`,
  );
}

function checkHeader(columns: readonly string[]): void {
  const known: readonly string[] = csvColumns;
  const strangers = columns.filter((column) => !known.includes(column) && !ATTRIBUTE.test(column));
  const allowed = `${csvColumns.join(', ')} and attributes.NAME`;
  if (columns.length > MAX_COLUMNS) throw unreadable(`The CSV has more than ${MAX_COLUMNS} columns.`);
  if (strangers.length > 0) {
    throw unreadable(
      `The CSV's header names ${strangers.length === 1 ? 'a column that is' : 'columns that are'} not known: ${strangers.map((name) => `"${name}"`).join(', ')}. It can name ${allowed}.`,
    );
  }
  const forbidden = columns.find((column) => isForbiddenName(attributeIn(column) ?? ''));
  if (forbidden !== undefined)
    throw unreadable(`The CSV's header names a column "${forbidden}", which ${FORBIDDEN_NAME}`);
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) throw unreadable(`The CSV's header names the column "${twice}" twice.`);
  if (!columns.includes('username')) {
    throw unreadable(`The CSV has no column "username". Its first line must name the columns: ${allowed}.`);
  }
}

const splitGroups = (cell: string): string[] =>
  cell
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** An empty cell is a field that was not given. */
function rowOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const given = columns.flatMap((column, at) => {
    const cell = cells[at] ?? '';
    return cell === '' && column !== 'username' ? [] : [{ column, cell }];
  });
  const attributes = given.flatMap(({ column, cell }) => {
    const name = attributeIn(column);
    return name === undefined ? [] : [[name, cell] as const];
  });
  const fields = given
    .filter(({ column }) => !ATTRIBUTE.test(column))
    .map(({ column, cell }) => [column, column === 'groups' ? splitGroups(cell) : cell] as const);
  return {
    ...Object.fromEntries(fields),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  };
}

/** A row whose cells are not under their columns; none of them can be trusted. */
function raggedSentence(cells: number, columns: number): string {
  return `has another number of cells than the header: ${cells}, not ${columns}. Quote cells that hold the separator.`;
}

/**
 * Reads a CSV text. The header names {@link csvColumns} and `attributes.NAME`, in any order; `groups` holds names
 * separated by semicolons. Throws a `Problem` where the file cannot be read as a whole: it names the line or the column.
 */
export function readCsv(text: string): CsvRows {
  const [header, ...records] = parseCells(text);
  if (header === undefined) throw unreadable('The CSV is empty: its first line must name the columns.');
  checkNames(header.record);
  const columns = header.record.map(columnOf);
  checkHeader(columns);
  if (records.length === 0) throw unreadable('The CSV has a header and no rows.');
  return {
    rows: records.map(({ record }) => rowOf(columns, record)),
    lines: shownLines(
      text,
      records.map(({ info }) => info.lines),
    ),
    ends: [header, ...records].map(({ info }) => info.bytes),
    ragged: new Map(
      records.flatMap(({ record }, at) =>
        record.length === columns.length
          ? []
          : [[at, raggedSentence(record.length, columns.length)] as const],
      ),
    ),
  };
}

/** How the rows of a CSV are told apart. */
export function readingOf({ lines, ragged }: CsvRows): Reading {
  return { nameOf: (index) => `line ${lines[index] ?? 0}`, unreadable: ragged };
}
