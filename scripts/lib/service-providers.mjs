/** Other people's SAML service providers, and xmlsec1, as Debian packages: what test/saml signs people in at. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { canInstallDebian, installDebian } from './debian.mjs';

/** A file that each package brings. */
const FILES = /** @type {Record<string, string>} */ ({
  apache2: '/usr/sbin/apache2',
  'libapache2-mod-auth-mellon': '/usr/lib/apache2/modules/mod_auth_mellon.so',
  'libapache2-mod-shib': '/usr/lib/apache2/modules/mod_shib.so',
  simplesamlphp: '/usr/share/simplesamlphp/lib/_autoload.php',
  'php-cli': '/usr/bin/php',
  xmlsec1: '/usr/bin/xmlsec1',
});

/** The packages that bring PHP's modules, by module. */
const PHP_MODULES = /** @type {Record<string, string>} */ ({ dom: 'php-xml', mbstring: 'php-mbstring' });

function phpModules() {
  const said = spawnSync('php', ['-m'], { encoding: 'utf8' }).stdout;
  return new Set(said ? said.split('\n') : []);
}

/** The packages that are not there. */
function missingServiceProviders() {
  const modules = phpModules();
  return [
    ...Object.keys(FILES).filter((name) => !existsSync(FILES[name] ?? '')),
    ...Object.keys(PHP_MODULES)
      .filter((module) => !modules.has(module))
      .map((module) => PHP_MODULES[module] ?? ''),
  ];
}

/** @param {readonly string[]} packages */
const advice = (packages) =>
  `It needs other people's service providers. On Debian: apt-get install --no-install-recommends ${packages.join(' ')}; elsewhere it can't run.`;

/** Fails with what to do where something is missing. */
export function checkServiceProviders() {
  const missing = missingServiceProviders();
  if (missing.length > 0) throw new Error(advice(missing));
}

/**
 * Installs what is missing, where that is possible. In a container Debian starts none of it; elsewhere Apache would listen
 * on port 80, so nothing is installed where an init system runs.
 * @returns {Promise<string | undefined>} what to do where it is not there
 */
export async function installServiceProviders() {
  const missing = missingServiceProviders();
  if (missing.length === 0) return undefined;
  if (!canInstallDebian() || existsSync('/run/systemd/system')) return advice(missing);
  const done = await installDebian('SAML service providers', missing);
  const still = missingServiceProviders();
  return done && still.length === 0 ? undefined : advice(still);
}
