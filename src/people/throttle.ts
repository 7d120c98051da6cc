/** How long one waits after failed attempts: growing, and never for good. */

/** What attempts are counted for, and how many failures are nobody's concern. Many people may share an address. */
export const freeFailures = { account: 4, address: 20, factor: 4, mail: 3, 'mail address': 20 } as const;

export type Throttled = keyof typeof freeFailures;

export const LONGEST_WAIT_SECONDS = 15 * 60;
const FORGOTTEN_AFTER_SECONDS = 24 * 60 * 60;
/** Of an address: behind it, somebody mistypes every day, and what all of them did would add up for good. */
const ONE_FORGOTTEN_EACH_SECONDS = 60;

/** Whether attempts come from there, and are not aimed at somebody. */
export const isAddress = (what: Throttled): boolean => what === 'address' || what === 'mail address';

/** Failures, and for how many seconds none of them has been forgotten. */
export interface Remembered {
  readonly failures: number;
  readonly age: number;
}

function wornOff({ failures, age }: Remembered): Remembered {
  // A clock that was set back makes none of them count twice.
  const forgotten = Math.max(0, Math.floor(age / ONE_FORGOTTEN_EACH_SECONDS));
  const left = Math.max(0, failures - forgotten);
  return { failures: left, age: left === 0 ? 0 : age - forgotten * ONE_FORGOTTEN_EACH_SECONDS };
}

/** What still counts by now. From an address, failures are forgotten one by one; at an account all of them, a day after the last. */
export function remembered(what: Throttled, { failures, age }: Remembered): Remembered {
  if (isAddress(what)) return wornOff({ failures, age });
  return { failures: age > FORGOTTEN_AFTER_SECONDS ? 0 : failures, age: 0 };
}

/** How many seconds the next attempt has to wait: none at first, then 1, 2, 4, … up to a quarter of an hour. */
export function waitSeconds(what: Throttled, failures: number): number {
  const beyond = failures - freeFailures[what];
  return beyond <= 0 ? 0 : Math.min(2 ** (beyond - 1), LONGEST_WAIT_SECONDS);
}

const IPV6_NETWORK_GROUPS = 4;

/** The leading groups of an IPv6 address, with `::` filled in. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return groups.slice(0, IPV6_NETWORK_GROUPS).join(':');
}

/** What counts as one address: an IPv4 address, or a network of 64 bits, of which one subscriber has all (RFC 6177). */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? networkOf(address.toLowerCase()) : address;
}
