/** Debian's packages, which bring what is not Node's: PostgreSQL, Chromium, other people's service providers. */
import { existsSync } from 'node:fs';
import { phase, run } from './run.mjs';

/** Whether packages can be installed here at all. */
export const canInstallDebian = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @type {ReturnType<typeof run> | undefined} */
let listed;

/** @param {readonly string[]} args */
function apt(...args) {
  return run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true });
}

/**
 * Installs packages; the list of what there is is fetched once. Not two at a time, which dpkg refuses.
 * @param {string} what they are called together
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are there now; why not has been shown
 */
export function installDebian(what, packages) {
  return phase(`Installing ${what}`, async () => {
    const list = await (listed ??= apt('update'));
    return list.code === 0 ? apt('install', '-y', '--no-install-recommends', ...packages) : list;
  });
}
