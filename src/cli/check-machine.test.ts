import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, type Environment } from '../config.ts';
import { checkDataDirectory } from './check-machine.ts';

const open = mkdtempSync(join(tmpdir(), 'rollcall-machine-'));
chmodSync(open, 0o755);
afterAll(() => rmSync(open, { recursive: true }));

const postgres = { DATABASE_URL: 'postgres://rollcall@db.example.com/rollcall' };
const key = { ROLLCALL_SECRET_KEY: '0'.repeat(64) };

describe('the data directory, as the doctor sees it', () => {
  it.each<[what: string, env: Environment, level: string, said: string]>([
    ['with the database and the key elsewhere', { ...postgres, ...key }, 'ok', 'None is needed'],
    ['with the key in it', postgres, 'problem', 'is open to others (mode 755)'],
    ['with the database in it', key, 'problem', 'is open to others (mode 755)'],
  ])('%s', (_what, env, level, said) => {
    const found = checkDataDirectory(loadConfig({ ...env, ROLLCALL_DATA_DIR: open }));
    expect(found).toEqual([
      { check: 'Data directory', level, message: expect.stringContaining(said) as string },
    ]);
  });
});
