/**
 * Hosts of their own for processes: network namespaces of this machine, each with two cables, one to the database's network
 * and one to the applications'. Pulling a cable loses packets without a word, as a switch does that fails.
 *
 * Needs root, and iproute2 (`ip-netns(8)`, `veth(4)`).
 */
import { execFileSync } from 'node:child_process';
import { Undo } from '../../src/undo.ts';
import { Line } from '../support/line.ts';

export type Cable = 'database' | 'target';

/** A host's names have to be unique on the machine, and an interface's has room for 15 characters. */
const PREFIX = `rc${process.pid % 100_000}`;

/** A run that was killed may have left its networks behind. */
const NET = `10.${20 + (process.pid % 200)}`;

const CABLES: Readonly<Record<Cable, { readonly letter: string; readonly net: string }>> = {
  database: { letter: 'd', net: `${NET}.1` },
  target: { letter: 't', net: `${NET}.2` },
};

const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'pipe' });

export interface Host {
  /** What a command is put behind to run there: `ip netns exec NAME`. */
  readonly inside: readonly string[];
  readonly pull: (cable: Cable) => void;
  readonly plugIn: (cable: Cable) => void;
}

export interface Network {
  /** One more host, with both cables plugged in. */
  readonly host: () => Host;
  /** Where the hosts reach what listens at that port of this machine's loopback address. */
  readonly reach: (
    cable: Cable,
    port: number,
  ) => Promise<{ readonly hostname: string; readonly port: number }>;
  readonly close: () => Promise<void>;
}

function layCable(cable: Cable, namespace: string, number: number): string {
  const { letter, net } = CABLES[cable];
  const near = `${PREFIX}${letter}${number}`;
  const far = `${near}h`;
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far);
  ip('link', 'set', far, 'netns', namespace);
  ip('link', 'set', near, 'master', `${PREFIX}${letter}`, 'up');
  ip('-n', namespace, 'addr', 'add', `${net}.${10 + number}/24`, 'dev', far);
  ip('-n', namespace, 'link', 'set', far, 'up');
  return near;
}

function makeHost(number: number, undo: Undo): Host {
  const namespace = `${PREFIX}n${number}`;
  ip('netns', 'add', namespace);
  undo.add(() => Promise.resolve(ip('netns', 'del', namespace)));
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const near = {
    database: layCable('database', namespace, number),
    target: layCable('target', namespace, number),
  };
  return {
    inside: ['ip', 'netns', 'exec', namespace],
    pull: (cable) => void ip('link', 'set', near[cable], 'down'),
    plugIn: (cable) => void ip('link', 'set', near[cable], 'up'),
  };
}

function makeBridge(cable: Cable, undo: Undo): void {
  const { letter, net } = CABLES[cable];
  const name = `${PREFIX}${letter}`;
  ip('link', 'add', name, 'type', 'bridge');
  undo.add(() => Promise.resolve(ip('link', 'del', name)));
  ip('addr', 'add', `${net}.1/24`, 'dev', name);
  ip('link', 'set', name, 'up');
}

/** Two networks without hosts yet. Whatever was made is undone by `close`, also where a step fails. */
export function startNetwork(): Network {
  const undo = new Undo();
  makeBridge('database', undo);
  makeBridge('target', undo);
  let hosts = 0;
  return {
    host: () => makeHost((hosts += 1), undo),
    reach: async (cable, port) => {
      const hostname = `${CABLES[cable].net}.1`;
      const line = await Line.to(port, hostname);
      undo.add(() => line.close());
      return { hostname, port: line.port };
    },
    close: () => undo.run(),
  };
}
