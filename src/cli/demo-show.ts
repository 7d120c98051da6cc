/** The words of the demo on a terminal: headings, notes with a label, a table. Colours only where `colours` says so. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Lines are folded here, so that they can be read on a narrow terminal. */
const WIDTH = 96;
const LABEL = 15;

/** A space at which no line is folded. */
export const STUCK = '\u00a0';

/** One row of a table; the mark is coloured by `good`. */
export interface Row {
  readonly cells: readonly string[];
  readonly good: boolean;
  readonly remark: string;
}

/** Folds a text at spaces; a word that is too long stays whole. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line.trimEnd());
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((folded) => folded.replaceAll(STUCK, ' '));
}

/** Where the tour writes. */
export class Screen {
  readonly #print: (line: string) => void;
  readonly #colours: boolean;

  constructor(print: (line: string) => void, colours: boolean) {
    this.#print = print;
    this.#colours = colours;
  }

  /** A line as it is. */
  line(text = ''): void {
    this.#print(text);
  }

  title(text: string): void {
    this.#print(this.#style(['bold'], text));
  }

  /** A heading with an empty line before it. */
  heading(text: string): void {
    this.#print('');
    this.#print(this.#style(['bold', 'cyan'], text));
  }

  /** A paragraph. */
  prose(text: string): void {
    for (const line of fold(text, WIDTH - 2)) this.#print(`  ${line}`);
  }

  /** Facts beside their label: `  sent to Segment  PUT /Users/…`. Each is folded by itself. */
  notes(label: string, facts: readonly string[]): void {
    const lines = facts.flatMap((fact) => {
      const [first = '', ...more] = fold(fact, WIDTH - LABEL - 4);
      return [first, ...more.map((line) => `  ${line}`)];
    });
    lines.forEach((line, at) => {
      const shown = (at === 0 ? label : '').padEnd(LABEL);
      this.#print(`  ${this.#style(['dim'], shown)}  ${line}`);
    });
  }

  /** A line that says whether something is as it should be. */
  verdict(good: boolean, text: string): void {
    const [first = '', ...more] = fold(text, WIDTH - 4);
    this.#print(`  ${this.#mark(good)} ${first}`);
    for (const line of more) this.#print(`    ${line}`);
  }

  /** The first column is flush left, the others flush right; the mark and the remark come last. */
  table(head: readonly string[], rows: readonly Row[]): void {
    const lines = [head, ...rows.map(({ cells }) => cells)];
    const widths = head.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
    const laidOut = (cells: readonly string[]): string =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   ');
    this.#print(`  ${this.#style(['dim'], laidOut(head))}`);
    for (const { cells, good, remark } of rows) {
      this.#print(`  ${laidOut(cells)}   ${this.#mark(good)} ${this.#style(['dim'], remark)}`.trimEnd());
    }
  }

  #mark(good: boolean): string {
    return good ? this.#style(['green'], '✓') : this.#style(['red', 'bold'], '✗');
  }

  #style(style: Style, text: string): string {
    return this.#colours && text.trim() !== '' ? styleText(style, text) : text;
  }
}

/** A time in seconds, as `1.2 s`. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
