import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeLogger } from './log.ts';

describe('R48: secrets are left out of the log', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-log-'));
  const file = join(directory, 'log');
  beforeAll(() => {
    const { destination } = pino;
    vi.spyOn(pino, 'destination').mockImplementation(() => destination({ dest: file, sync: true }));
  });
  afterAll(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });

  it.each(['authorization', 'cookie', 'token', 'password', 'apiKey', 'secretKey', 'databaseUrl', 'smtpUrl'])(
    '%s',
    (name) => {
      const secret = { [name]: 's3cret' };
      makeLogger('info', false).info({ ...secret, config: secret, request: { headers: secret } }, name);
      const written = readFileSync(file, 'utf8');
      expect(written).toContain(`"msg":"${name}"`);
      expect(written).not.toContain('s3cret');
    },
  );
});
