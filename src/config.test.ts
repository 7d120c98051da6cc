import { describe, expect, it } from 'vitest';
import { loadConfig, settingsReference } from './config.ts';
import { Problem } from './errors.ts';

function refusal(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('loadConfig', () => {
  it('fills in the defaults', () => {
    expect(loadConfig({})).toMatchObject({
      dataDir: './data',
      host: '127.0.0.1',
      port: 8080,
      allowPrivateTargets: false,
      logLevel: 'info',
      lanes: 8,
    });
    expect(loadConfig({}).databaseUrl).toBeUndefined();
  });

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: ' 9000 ' }, { port: 9000 }],
    [{ PORT: '' }, { port: 8080 }],
    [{ ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true' }, { allowPrivateTargets: true }],
    [{ ROLLCALL_ALLOW_PRIVATE_TARGETS: '0' }, { allowPrivateTargets: false }],
    [{ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com/' }, { publicUrl: 'https://rollcall.example.com' }],
    [{ ROLLCALL_SERVER: 'http://127.0.0.1:8080//' }, { server: 'http://127.0.0.1:8080' }],
    [{ ROLLCALL_SERVER: 'https://example.com/rollcall/api/v1/' }, { server: 'https://example.com/rollcall' }],
    [
      { ROLLCALL_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1,fd00::/8' },
      { trustedProxies: '127.0.0.1, 10.0.0.0/8,::1,fd00::/8' },
    ],
    [{ DATABASE_URL: 'postgresql://localhost/x' }, { databaseUrl: 'postgresql://localhost/x' }],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=b==, x-c=d%20e' }, { otlpHeaders: 'a=b==, x-c=d%20e' }],
    [{ ROLLCALL_SECRET_KEY: 'A'.repeat(43) + '=' }, { secretKey: 'A'.repeat(43) + '=' }],
  ])('reads %j', (env, expected) => expect(loadConfig(env)).toMatchObject(expected));

  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535 (it is "http").'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535 (it is "70000").'],
    [{ PORT: '0x50' }, 'PORT must be a whole number from 0 to 65535 (it is "0x50").'],
    [{ ROLLCALL_LANES: '1e2' }, 'ROLLCALL_LANES must be a whole number from 1 to 1000 (it is "1e2").'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535 (it is "80.5").'],
    [
      { ROLLCALL_ALLOW_PRIVATE_TARGETS: 'maybe' },
      'ROLLCALL_ALLOW_PRIVATE_TARGETS must be true or false (it is "maybe").',
    ],
    [
      { ROLLCALL_PUBLIC_URL: 'rollcall' },
      'ROLLCALL_PUBLIC_URL must be an address such as https://rollcall.example.com (it is "rollcall").',
    ],
    ...['?from=mail', '#top', 'rollcall'].map((rest): [Record<string, string>, string] => [
      { ROLLCALL_PUBLIC_URL: `https://rollcall.example.com/${rest}` },
      `ROLLCALL_PUBLIC_URL must be an address such as https://rollcall.example.com, without a path, ? and # (it is "https://rollcall.example.com/${rest}").`,
    ]),
    ...['dead', '10.0.0', '10.0.0.0/99', '10.0.0.1 10.0.0.2', '10.0.0.1,,10.0.0.2'].map(
      (proxies): [Record<string, string>, string] => [
        { ROLLCALL_TRUSTED_PROXIES: proxies },
        `ROLLCALL_TRUSTED_PROXIES must be IP addresses or ranges, with commas between them (it is "${proxies}").`,
      ],
    ),
    ...['two words', 'schlüssel-schlüssel-schlüssel'].map((key): [Record<string, string>, string] => [
      { ROLLCALL_API_KEY: key },
      'ROLLCALL_API_KEY must be what a header can carry: at most 512 letters, digits and signs of ASCII, without spaces.',
    ]),
    [
      { ROLLCALL_SECRET_KEY: 'hunter2' },
      'ROLLCALL_SECRET_KEY must be 32 bytes, as 44 characters of base64 or 64 of hex.',
    ],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'Bearer hunter2' },
      'OTEL_EXPORTER_OTLP_HEADERS must be like name=value, with commas between them.',
    ],
    [
      { DATABASE_URL: 'mysql://u:hunter2@h/d', ROLLCALL_LANES: '0' },
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/rollcall; ROLLCALL_LANES must be a whole number from 1 to 1000 (it is "0").',
    ],
  ])('R49: refuses %j, naming the variable', (env, message) => expect(refusal(env)).toBe(message));
});

describe('settingsReference', () => {
  it('describes every setting', () => {
    for (const setting of settingsReference) expect(setting.description, setting.variable).toMatch(/\.$/);
    expect(settingsReference.find((setting) => setting.variable === 'PORT')?.default).toBe('8080');
  });
});
