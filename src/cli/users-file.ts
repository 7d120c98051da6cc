/** A CSV of users on this machine, which is read whole and may be sent in parts. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { readCsv, type CsvRows } from '../directory/csv.ts';
import { badInput } from '../errors.ts';
import { Csv } from './body.ts';

export interface UsersFile extends CsvRows {
  /** As bytes of UTF-8, of which a part can be sent. */
  readonly bytes: Buffer;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not read it',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && REASONS[String(error.code)]) || error.message;
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    // As a stream, which waits: a file descriptor that Node took for one has EAGAIN where the other program is slower.
    bytes = await (file === '-' ? buffer(process.stdin) : readFile(file));
  } catch (error) {
    throw badInput(`${file} can't be read: ${reasonOf(error)}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput(`${file} is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".`);
  }
}

/** The file of that name, or standard input for `-`. Throws a `Problem` where it cannot be read as a CSV of users. */
export async function readUsersFile(name: string): Promise<UsersFile> {
  const text = await readText(name);
  return { ...readCsv(text), bytes: Buffer.from(text) };
}

/** The header and the rows of these indices, in the order of the file. */
export function partOf({ bytes, ends }: UsersFile, indices: readonly number[]): Csv {
  const rows = indices.map((index) => bytes.subarray(ends[index], ends[index + 1]));
  return new Csv(Buffer.concat([bytes.subarray(0, ends[0]), ...rows]).toString());
}
