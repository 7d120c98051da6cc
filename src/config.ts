/**
 * Every setting of the server. Settings come from the environment only, and are parsed once, here; the rest of the
 * server gets a `Config`. An empty variable counts as one that is not set.
 */
import { z } from 'zod';
import { BEARER_FORM, BEARER_KEY } from './bearer.ts';
import { badInput, type FieldError } from './errors.ts';

interface SettingInfo {
  readonly variable: string;
  readonly description: string;
  /** Never printed: the value is a secret or holds one. */
  readonly secret?: true;
}

const info = z.registry<SettingInfo>();

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** The address of a server, also where somebody gives that of its API. */
export const serverOf = (address: string): string =>
  withoutSlash(withoutSlash(address).replace(/\/api\/v1$/, ''));

const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must be an address such as ${example}`, abort: true });

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^-?\d+$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(min, error).max(max, error));
}

const whole = (min: number, max: number, fallback: number) => wholeNumber(min, max).default(fallback);

const ONE_KEY = '([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=?)';
const KEY = new RegExp(`^${ONE_KEY}$`);
const KEYS = new RegExp(`^${ONE_KEY}(\\s*,\\s*${ONE_KEY})*$`);
const KEY_FORM = '32 bytes, as 44 characters of base64 or 64 of hex';

const PROXY = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

const ONE_HEADER = '\\s*[^=,\\s]+\\s*=[^,]+';
const HEADERS = new RegExp(`^${ONE_HEADER}(,${ONE_HEADER})*$`);

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const schema = z.object({
  databaseUrl: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/rollcall')
    .optional()
    .register(info, {
      variable: 'DATABASE_URL',
      description:
        'PostgreSQL 15 or newer, in UTF8 and with a locale other than C. Without it, the embedded database in the data directory is used.',
      secret: true,
    }),
  databasePool: whole(2, 1000, 10).register(info, {
    variable: 'ROLLCALL_DATABASE_POOL',
    description: 'How many connections one process opens to PostgreSQL at most, beside one more to listen.',
  }),
  dataDir: z.string().default('./data').register(info, {
    variable: 'ROLLCALL_DATA_DIR',
    description: 'The directory of the embedded database and of the secret key file.',
  }),
  secretKey: z.string().regex(KEY, `must be ${KEY_FORM}`).optional().register(info, {
    variable: 'ROLLCALL_SECRET_KEY',
    description:
      'The key that encrypts what is secret at rest (tokens of applications, keys that sign, secrets of authenticator apps): 32 bytes, base64 or hex (`openssl rand -base64 32`). Without it, one is made in the data directory at the first start.',
    secret: true,
  }),
  otherSecretKeys: z
    .string()
    .regex(KEYS, `must be keys of ${KEY_FORM}, with commas between them`)
    .optional()
    .register(info, {
      variable: 'ROLLCALL_OTHER_SECRET_KEYS',
      description:
        'Further keys, with commas between them: what was encrypted with one of them is read, and nothing new is encrypted with it. For changing the key while servers run; `rollcall secrets reseal` encrypts everything with the present one.',
      secret: true,
    }),
  publicUrl: url(/^https?$/, 'https://rollcall.example.com')
    .regex(
      /^\w+:\/\/[^/?#]*\/*$/,
      'must be an address such as https://rollcall.example.com, without a path, ? and #',
    )
    .transform(withoutSlash)
    .optional()
    .register(info, {
      variable: 'ROLLCALL_PUBLIC_URL',
      description: 'The address at which people and other programs reach this server, without a path.',
    }),
  host: z.string().default('127.0.0.1').register(info, {
    variable: 'HOST',
    description: 'The address to listen on. 0.0.0.0 (or ::) listens on all of them, as a container needs.',
  }),
  port: whole(0, 65535, 8080).register(info, {
    variable: 'PORT',
    description: 'The port to listen on. 0 takes any free one.',
  }),
  workerPort: wholeNumber(1, 65535).optional().register(info, {
    variable: 'ROLLCALL_WORKER_PORT',
    description:
      'The port at which `rollcall worker` answers /healthz, /readyz and /metrics, and nothing else. Without it, a worker listens nowhere.',
  }),
  apiKey: z.string().regex(BEARER_KEY, BEARER_FORM).optional().register(info, {
    variable: 'ROLLCALL_API_KEY',
    description:
      'At the start, the server makes sure that an administrator API key of this value exists (for automation and tests). The command line sends it to the server.',
    secret: true,
  }),
  server: url(/^https?$/, 'http://127.0.0.1:8080')
    .transform(serverOf)
    .optional()
    .register(info, {
      variable: 'ROLLCALL_SERVER',
      description:
        'For the command line: the server that `plan`, `apply`, `users import`, `api-keys` and `doctor` ask, with ROLLCALL_API_KEY. Without it, they open the database themselves, and ask the server on this machine where that one holds the embedded database.',
    }),
  smtpUrl: url(/^smtps?$/, 'smtp://user:password@mail.example.com:587')
    .optional()
    .register(info, {
      variable: 'SMTP_URL',
      description:
        'The mail server that sends links to people who forgot their password, and tells that an import is complete; administrators, that a connection was paused or that leavers are held. Without it, the help desk makes such links, and nobody is told. Servers and workers need the same.',
      secret: true,
    }),
  mailFrom: z
    .string()
    .regex(
      /^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      'must be an address such as Rollcall <rollcall@example.com>',
    )
    .default('Rollcall <rollcall@localhost>')
    .register(info, {
      variable: 'ROLLCALL_MAIL_FROM',
      description: 'From whom mail comes.',
    }),
  trustedProxies: z
    .string()
    .refine(
      (list) => list.split(',').every((proxy) => PROXY.safeParse(proxy.trim()).success),
      'must be IP addresses or ranges, with commas between them',
    )
    .optional()
    .register(info, {
      variable: 'ROLLCALL_TRUSTED_PROXIES',
      description:
        'The reverse proxies before this server, as addresses or ranges such as 127.0.0.1,10.0.0.0/8: from these, X-Forwarded-For says whose request it is. Without it, everybody behind a proxy counts as one address when failed sign-ins are slowed down.',
    }),
  sessionIdleHours: whole(1, 720, 12).register(info, {
    variable: 'ROLLCALL_SESSION_IDLE_HOURS',
    description: 'How long somebody who does nothing stays signed in.',
  }),
  sessionMaxHours: whole(1, 8760, 168).register(info, {
    variable: 'ROLLCALL_SESSION_MAX_HOURS',
    description: 'How long anybody stays signed in at most.',
  }),
  administratorsNeedSecondFactor: z
    .stringbool({ error: 'must be true or false' })
    .default(false)
    .register(info, {
      variable: 'ROLLCALL_ADMINISTRATORS_NEED_SECOND_FACTOR',
      description:
        'Whether a role counts only for somebody who signed in with a second factor. Who has none is asked to set one up right after signing in.',
    }),
  allowPrivateTargets: z.stringbool({ error: 'must be true or false' }).default(false).register(info, {
    variable: 'ROLLCALL_ALLOW_PRIVATE_TARGETS',
    description:
      'Allows applications on plain http and on loopback or private addresses. For trying out and tests.',
  }),
  logLevel: z
    .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
    .default('info')
    .register(info, {
      variable: 'ROLLCALL_LOG_LEVEL',
      description: `How much is logged: ${logLevels.join(', ')}.`,
    }),
  otlpEndpoint: url(/^https?$/, 'http://127.0.0.1:4318')
    .optional()
    .register(info, {
      variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      description:
        'Where an OpenTelemetry collector takes OTLP over HTTP, as JSON: traces are sent to /v1/traces below it. Without it, there are none.',
    }),
  otlpHeaders: z
    .string()
    .regex(HEADERS, 'must be like name=value, with commas between them')
    .optional()
    .register(info, {
      variable: 'OTEL_EXPORTER_OTLP_HEADERS',
      description:
        'Headers that the collector asks for, with commas between them: `authorization=Bearer%20…`, percent-encoded.',
      secret: true,
    }),
  otelServiceName: z.string().default('rollcall').register(info, {
    variable: 'OTEL_SERVICE_NAME',
    description: 'The name under which traces show this process.',
  }),
  lanes: whole(1, 1000, 8).register(info, {
    variable: 'ROLLCALL_LANES',
    description:
      'How many applications one process works on at once. One that only waits for its target does not count.',
  }),
  leaseSeconds: whole(2, 3600, 30).register(info, {
    variable: 'ROLLCALL_LEASE_SECONDS',
    description: 'How long an application stays with a process that died before another one takes it over.',
  }),
  sliceSeconds: whole(1, 600, 5).register(info, {
    variable: 'ROLLCALL_SLICE_SECONDS',
    description:
      'How long a process works on one application before others get their turn, where any may be waiting; longer with one that answers slowly, or whose list is being read.',
  }),
  requestTimeoutSeconds: whole(1, 600, 30).register(info, {
    variable: 'ROLLCALL_REQUEST_TIMEOUT_SECONDS',
    description: 'How long an application may take to answer one request.',
  }),
  eventRetentionDays: whole(1, 36500, 90).register(info, {
    variable: 'ROLLCALL_EVENT_RETENTION_DAYS',
    description:
      'How long the log of operations is kept, and finished imports with their reports. The log goes a month at a time: nothing sooner than this, and each month once all of it is older.',
  }),
  auditRetentionDays: wholeNumber(1, 36500).optional().register(info, {
    variable: 'ROLLCALL_AUDIT_RETENTION_DAYS',
    description:
      'How long the audit trail is kept, a month at a time as the log of operations. Without it, it is kept for good.',
  }),
});

/** What the server was told, with defaults filled in. Times are in the unit that the name ends in. */
export type Config = Readonly<z.output<typeof schema>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting, as `rollcall config` and the reference page show it. `default` is empty where there is none. */
export interface Setting extends SettingInfo {
  readonly key: keyof Config;
  readonly default: string;
}

function describe(key: keyof Config): Setting {
  const known = info.get(schema.shape[key]);
  if (known === undefined) throw new Error(`The setting ${key} has no description.`);
  const fallback = schema.parse({})[key];
  return { ...known, key, default: fallback === undefined ? '' : String(fallback) };
}

/** Every setting, in the order in which people look for them. */
export const settingsReference: readonly Setting[] = schema.keyof().options.map(describe);

const given = (env: Environment, setting: Setting): string | undefined =>
  env[setting.variable]?.trim() || undefined;

const settingOf = (issue: z.core.$ZodIssue): Setting | undefined =>
  settingsReference.find((candidate) => candidate.key === issue.path[0]);

function fieldError(env: Environment, issue: z.core.$ZodIssue): FieldError {
  const setting = settingOf(issue);
  if (setting === undefined) return { path: issue.path.join('.'), message: issue.message };
  const value = setting.secret ? '' : ` (it is "${given(env, setting) ?? ''}")`;
  return { path: setting.variable, message: `${issue.message}${value}` };
}

const parse = (env: Environment) =>
  schema.safeParse(
    Object.fromEntries(settingsReference.map((setting) => [setting.key, given(env, setting)])),
  );

/**
 * Reads the settings from environment variables.
 * Throws a `Problem` that names each variable whose value can't be used; values of secrets are not repeated.
 */
export function loadConfig(env: Environment): Config {
  const parsed = parse(env);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => fieldError(env, issue));
  throw badInput(`${errors.map((error) => `${error.path} ${error.message}`).join('; ')}.`, errors);
}

/** The settings, for showing them: a value that cannot be used is left out, and what is wrong with it is in `faults`, by its variable. */
export function usableConfig(env: Environment): { config: Config; faults: ReadonlyMap<string, string> } {
  const issues = parse(env).error?.issues ?? [];
  const faults = new Map(issues.map((issue) => [settingOf(issue)?.variable ?? '', issue.message]));
  const usable = Object.entries(env).filter(([variable]) => !faults.has(variable));
  return { config: loadConfig(Object.fromEntries(usable)), faults };
}

/** Where a server with these settings is reached, as far as they tell. */
export const addressOf = ({ host, port, publicUrl }: Pick<Config, 'host' | 'port' | 'publicUrl'>): string =>
  publicUrl ?? `http://${host}:${port}`;
