/** What `serve` and `worker` have in common: a log, and an end in good order. */
import type { Logger } from 'pino';
import { configWarnings } from '../config-warnings.ts';
import { loadConfig, type Config } from '../config.ts';
import { makeLogger } from '../log.ts';
import type { Cli } from './cli.ts';
import { EXIT } from './exit.ts';
import { aborted, stopSignal } from './signals.ts';

interface Service {
  readonly close: () => Promise<void>;
}

/**
 * A promise that nobody waited for is a fault of ours, but no reason to stop everybody's provisioning. After an exception
 * that nobody caught, the process is in no known state: it ends in good order, to be started again.
 */
function survive(cli: Cli, log: Logger, stop: () => void): () => void {
  const onRejection = (error: unknown): void =>
    log.error({ err: error }, 'A failure was not handled; the server goes on.');
  const onException = (error: unknown): void => {
    log.fatal({ err: error }, 'A fault of Rollcall; the server stops, to be started again.');
    cli.setExitCode(EXIT.failed);
    stop();
  };
  process.on('unhandledRejection', onRejection).on('uncaughtException', onException);
  return () => {
    process.off('unhandledRejection', onRejection).off('uncaughtException', onException);
  };
}

/** Starts a service, and stops it at the first signal; another ends the process at once (`signals.ts`). */
export async function serveUntilStopped(
  cli: Cli,
  start: (config: Config, log: Logger) => Promise<Service>,
): Promise<void> {
  const config = loadConfig(cli.env);
  const log = makeLogger(config.logLevel, cli.watched);
  for (const warning of configWarnings(cli.env)) log.warn(warning);
  const stop = stopSignal();
  const fault = new AbortController();
  const release = survive(cli, log, () => fault.abort());
  try {
    const service = await start(config, log);
    await Promise.race([aborted(stop.signal), aborted(fault.signal)]);
    log.info('Stopping: what is under way ends first. Again to stop at once.');
    await service.close();
    log.info('Stopped.');
  } finally {
    release();
    stop.release();
  }
}
