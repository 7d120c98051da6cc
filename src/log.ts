/** The log: JSON lines on standard error, or readable lines where a person watches. No secret gets in. */
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';

const STDERR = 2;

const SECRETS = [
  'authorization',
  'cookie',
  'token',
  'password',
  'apiKey',
  'secretKey',
  'databaseUrl',
  'smtpUrl',
];

/** Each secret by name, wherever an object that is logged holds it: itself, in a part, or in the headers of a part. */
const redact = SECRETS.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** A logger of that level; `readable` for a person at a terminal. */
export function makeLogger(level: Config['logLevel'], readable: boolean): Logger {
  const options = { level, redact };
  if (!readable) return pino(options, pino.destination(STDERR));
  return pino(
    options,
    pretty({ destination: STDERR, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}

export const silentLogger: Logger = pino({ level: 'silent' });
