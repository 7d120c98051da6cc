/** What the demo plays on: a Rollcall and a sandbox of its own, on free ports, over a fresh directory of data. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config } from '../config.ts';
import { makeLogger } from '../log.ts';
import { undoable, type Undo } from '../undo.ts';
import type { Cli } from './cli.ts';

export interface Stage {
  /** Where Rollcall answers. */
  readonly url: string;
  readonly apiKey: string;
  /** Where the sandbox answers. */
  readonly segmentUrl: string;
  readonly dataDir: string;
  /** Ends both, and removes the data. */
  readonly close: () => Promise<void>;
}

/** Nothing else of the environment counts: the demo never touches a database that somebody uses. */
const configOf = ({ env }: Cli, dataDir: string): Config =>
  loadConfig({
    PORT: env.PORT ?? '0',
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true',
    ROLLCALL_LOG_LEVEL: env.ROLLCALL_LOG_LEVEL ?? 'error',
  });

async function start(cli: Cli, undo: Undo): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-demo-'));
  undo.add(() => rm(dataDir, { recursive: true, force: true }));
  const { startSandbox } = await import('../sandbox/server.ts');
  const sandbox = await startSandbox({ port: 0 });
  undo.add(() => sandbox.close());
  const config = configOf(cli, dataDir);
  const { startRollcall } = await import('../rollcall.ts');
  const rollcall = await startRollcall(config, {
    clock: cli.clock,
    log: makeLogger(config.logLevel, cli.watched),
  });
  undo.add(() => rollcall.close());
  if (rollcall.firstApiKey === null) throw new Error('A fresh Rollcall made no API key.');
  const { url, firstApiKey: apiKey } = rollcall;
  return { url, apiKey, segmentUrl: sandbox.url, dataDir, close: () => undo.run() };
}

/** Starts both. Whatever was started is ended again where the rest does not start. */
export function setStage(cli: Cli): Promise<Stage> {
  return undoable((undo) => start(cli, undo));
}
