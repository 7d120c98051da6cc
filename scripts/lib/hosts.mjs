/** Network namespaces, with which test/hosts gives each process a host of its own. */
import { spawnSync } from 'node:child_process';
import { canInstallDebian, installDebian } from './debian.mjs';

const ADVICE =
  'It needs Linux, root, iproute2 and the right to make network namespaces (`ip netns add`); a container has that right with CAP_SYS_ADMIN and CAP_NET_ADMIN.';

const hasIp = () => spawnSync('ip', ['-V']).status === 0;

/** Whether a namespace can be made here, found out by making one. */
function canMakeNamespaces() {
  const name = `rctry${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return false;
  const bridge = spawnSync('ip', ['-n', name, 'link', 'add', 'br0', 'type', 'bridge']).status === 0;
  return spawnSync('ip', ['netns', 'del', name]).status === 0 && bridge;
}

/**
 * Installs iproute2 where that is possible.
 * @returns {Promise<string | undefined>} what to do where hosts can't be made
 */
export async function installHosts() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return ADVICE;
  if (!hasIp() && canInstallDebian()) await installDebian('iproute2', ['iproute2']);
  return hasIp() && canMakeNamespaces() ? undefined : ADVICE;
}
