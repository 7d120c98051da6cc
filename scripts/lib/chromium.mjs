/** The browser of test/browser: Debian's Chromium. */
import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian } from './debian.mjs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const advice =
  'On Debian: apt-get install --no-install-recommends chromium. Elsewhere, ROLLCALL_TEST_CHROMIUM names the program.';

/**
 * @returns {string | undefined} the program: the one in ROLLCALL_TEST_CHROMIUM, or where Debian puts it
 */
export function findChromium() {
  return [process.env.ROLLCALL_TEST_CHROMIUM ?? '', ...PATHS].find((path) => path !== '' && existsSync(path));
}

/**
 * Installs it where that is possible.
 * @returns {Promise<string | undefined>} what to do where it is not there
 */
export async function installChromium() {
  if (findChromium() !== undefined) return undefined;
  if (!canInstallDebian()) return `Chromium is not installed. ${advice}`;
  const done = await installDebian('Chromium', ['chromium']);
  return done && findChromium() !== undefined ? undefined : `Chromium could not be installed. ${advice}`;
}
