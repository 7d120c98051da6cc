/** What protects this server, in sentences, each with the setting that changes it. Pure. */
import { settingsReference, type Config } from '../config.ts';
import type { ApiConfig } from '../http/deps.ts';
import { MIN_PASSWORD_LENGTH } from '../people/password-rule.ts';
import { freeFailures, LONGEST_WAIT_SECONDS } from '../people/throttle.ts';

interface Safeguard {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly sentence: string;
  /** The variable that changes it; null where nothing does. */
  readonly setting: string | null;
}

const hours = (count: number): string => (count === 1 ? 'an hour' : `${count} hours`);

const variableOf = (key: keyof Config): string | null =>
  settingsReference.find((setting) => setting.key === key)?.variable ?? null;

type Told = keyof Pick<
  ApiConfig,
  'administratorsNeedSecondFactor' | 'allowPrivateTargets' | 'sessionIdleHours' | 'sessionMaxHours'
>;

/** Those that are settings. */
const told: Readonly<Record<Told, (config: ApiConfig) => string>> = {
  sessionIdleHours: ({ sessionIdleHours }) =>
    `Somebody who does nothing for ${hours(sessionIdleHours)} is signed out.`,
  sessionMaxHours: ({ sessionMaxHours }) =>
    `Nobody stays signed in for longer than ${hours(sessionMaxHours)}.`,
  administratorsNeedSecondFactor: ({ administratorsNeedSecondFactor }) =>
    administratorsNeedSecondFactor
      ? 'A role counts only for somebody who signed in with a second factor.'
      : 'A role counts also for somebody who signed in with a password alone.',
  allowPrivateTargets: ({ allowPrivateTargets }) =>
    allowPrivateTargets
      ? 'Applications on plain http and on private addresses are allowed. That is for trying out and tests.'
      : 'Applications on plain http and on private addresses are refused.',
};

const TOLD: readonly Told[] = [
  'sessionIdleHours',
  'sessionMaxHours',
  'administratorsNeedSecondFactor',
  'allowPrivateTargets',
];

/** What is in force. */
export function safeguards(config: ApiConfig, secretKeyId: string): Safeguard[] {
  return [
    ...TOLD.map((name) => ({
      name,
      value: config[name],
      sentence: told[name](config),
      setting: variableOf(name),
    })),
    {
      name: 'passwordMinLength',
      value: MIN_PASSWORD_LENGTH,
      sentence: `A password has at least ${MIN_PASSWORD_LENGTH} characters, and is none of those that are guessed first.`,
      setting: null,
    },
    {
      name: 'lockOutMinutes',
      value: LONGEST_WAIT_SECONDS / 60,
      sentence: `After ${freeFailures.account + 1} wrong passwords each attempt waits longer, up to ${LONGEST_WAIT_SECONDS / 60} minutes.`,
      setting: null,
    },
    {
      name: 'secretKeyId',
      value: secretKeyId,
      sentence: `Tokens and keys are encrypted with the secret key ${secretKeyId}.`,
      setting: variableOf('secretKey'),
    },
  ];
}
