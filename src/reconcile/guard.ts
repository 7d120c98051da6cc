/** Which addresses may be called: not this machine's, nor its neighbours', unless the administrator of the server allows it. */
import { lookup as lookupAddress, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { PRIVATE_TARGET } from '../scim/client/transport.ts';

/** IANA special-purpose registries (RFC 6890): everything that is not on the public internet. */
const PRIVATE_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

const PRIVATE_IPV6: readonly (readonly [string, number])[] = [
  // With `::1`, and IPv4 addresses in the older ones of their IPv6 clothes (`::10.0.0.1`, `::ffff:0:10.0.0.1`).
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const blocked = new BlockList();
for (const [net, prefix] of PRIVATE_IPV4) blocked.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of PRIVATE_IPV6) blocked.addSubnet(net, prefix, 'ipv6');

/** Whether an address literal is private; IPv4 addresses in IPv6 clothes (`::ffff:10.0.0.1`) are judged as what they are. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether a host is refused before it is resolved: a private literal, or a name that means this machine. */
export function isPrivateHost(hostname: string): boolean {
  return isPrivateAddress(hostname) || /(^|\.)localhost\.?$/i.test(hostname);
}

/** An error that the request pair turns into words. */
export function privateTargetError(host: string): Error {
  return Object.assign(new Error(`${host} is a private address`), { code: PRIVATE_TARGET });
}

/** Resolves as Node does, and refuses a name that leads to a private address: what is checked is what is connected to. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  lookupAddress(hostname, all, (error, addresses) => {
    if (error) callback(error, []);
    else if (addresses.some(({ address }) => isPrivateAddress(address)))
      callback(privateTargetError(hostname), []);
    else answer(addresses, options.all === true, callback);
  });
};

function answer(addresses: LookupAddress[], all: boolean, callback: Parameters<LookupFunction>[2]): void {
  const first = addresses[0];
  if (all) callback(null, addresses);
  else if (first === undefined) callback(new Error('No address'), '');
  else callback(null, first.address, first.family);
}
