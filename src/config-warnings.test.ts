import { describe, expect, it } from 'vitest';
import { configWarnings } from './config-warnings.ts';

describe('configWarnings', () => {
  it('names variables that nobody reads', () => {
    const warnings = configWarnings({
      ROLLCALL_LANE: '3',
      ROLLCALL_LANES: '3',
      ROLLCALL_TEST_DATABASES: 'postgres',
      HOME: '/',
    });
    expect(warnings).toEqual([
      'ROLLCALL_LANE is not a setting of Rollcall, and is ignored. `rollcall config` lists the settings.',
    ]);
  });

  it.each([
    [{}, 0],
    [{ HOST: '127.0.0.2' }, 0],
    [{ HOST: ' ::1 ' }, 0],
    [{ HOST: 'localhost' }, 0],
    [{ HOST: '0.0.0.0' }, 1],
    [{ HOST: '::' }, 1],
    [{ HOST: '127.example.com' }, 1],
    [{ ROLLCALL_TRUSTED_PROXIES: '127.0.0.1' }, 1],
    [{ HOST: '0.0.0.0', ROLLCALL_PUBLIC_URL: ' ' }, 1],
    [{ HOST: '0.0.0.0', ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com' }, 0],
  ])('warns where others reach the server, and it does not know by what address: %j', (env, count) => {
    const warnings = configWarnings(env);
    expect(warnings).toHaveLength(count);
    for (const warning of warnings) expect(warning).toContain('ROLLCALL_PUBLIC_URL is not set');
  });

  it('warns of an API key that can be guessed', () => {
    expect(configWarnings({ ROLLCALL_API_KEY: 'short' })).toHaveLength(1);
    expect(configWarnings({ ROLLCALL_API_KEY: 'long enough to be safe' })).toEqual([]);
  });
});
