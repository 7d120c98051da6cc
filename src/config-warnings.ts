/** What an administrator should know of the settings although the server can start with them. */
import { settingsReference, type Environment } from './config.ts';

/** ROLLCALL_TEST_* belongs to the test suites. */
const isUnknown = (name: string): boolean =>
  name.startsWith('ROLLCALL_') &&
  !name.startsWith('ROLLCALL_TEST_') &&
  !settingsReference.some((setting) => setting.variable === name);

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/i;

/**
 * Whether others reach the server, by an address that it was not told: it listens beyond this machine, or is behind a
 * proxy. Who tries it out on their own machine needs no such address.
 */
function lacksPublicUrl(env: Environment): boolean {
  const value = (variable: string): string => env[variable]?.trim() ?? '';
  if (value('ROLLCALL_PUBLIC_URL') !== '') return false;
  const listensHere = value('HOST') === '' || LOOPBACK.test(value('HOST'));
  return !listensHere || value('ROLLCALL_TRUSTED_PROXIES') !== '';
}

/** A sentence for each thing. */
export function configWarnings(env: Environment): string[] {
  const warnings = Object.keys(env)
    .filter(isUnknown)
    .map(
      (name) =>
        `${name} is not a setting of Rollcall, and is ignored. \`rollcall config\` lists the settings.`,
    );
  const apiKey = env.ROLLCALL_API_KEY?.trim() ?? '';
  if (apiKey !== '' && apiKey.length < 20) {
    warnings.push('ROLLCALL_API_KEY is short enough to be guessed: use 20 characters or more.');
  }
  if (lacksPublicUrl(env)) {
    warnings.push(
      'ROLLCALL_PUBLIC_URL is not set: cookies go without Secure, and SAML names and links carry the address that the server listens on. Set it to the https address at which people reach Rollcall.',
    );
  }
  return warnings;
}
