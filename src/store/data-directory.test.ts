import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isKept, makeDataDirectory } from './data-directory.ts';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the data directory', () => {
  it('is made with those above it, for its owner only, and may be there already', () => {
    const wanted = join(directory, 'a', 'b');
    makeDataDirectory(wanted);
    makeDataDirectory(wanted);
    expect(statSync(wanted).mode & 0o777).toBe(0o700);
  });

  it('says which directory is wrong where one above it is a file', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => makeDataDirectory(join(file, 'data'))).toThrow(
      `The data directory ${join(file, 'data')} can't be made (ENOTDIR`,
    );
  });

  it.runIf(process.platform === 'linux')('gives up where a directory takes no other', () => {
    expect(() => makeDataDirectory('/proc/nope/data')).toThrow(
      /^The data directory \/proc\/nope\/data can't be made \(ENOENT.*Set ROLLCALL_DATA_DIR/,
    );
  });

  it('keeps what is in it, and nothing where it is not there', () => {
    writeFileSync(join(directory, 'secret.key'), '');
    expect(isKept(directory, 'secret.key')).toBe(true);
    expect(isKept(directory, 'database')).toBe(false);
    expect(isKept(join(directory, 'nowhere'), 'database')).toBe(false);
  });

  it('says of one that cannot be looked into what to do, and not that nothing is there', () => {
    const file = join(directory, 'no-directory');
    writeFileSync(file, '');
    expect(() => isKept(file, 'database')).toThrow(
      /^The data directory .*no-directory can't be read \(ENOTDIR.*as the user that runs Rollcall.*--server/,
    );
  });
});
