/** Tracing, for a process that begins. */
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Tracing } from './tracing.ts';

/** Traces where a collector is set. Where none is, nothing of them is loaded. */
export async function startTracing(
  { otlpEndpoint: endpoint, otlpHeaders: headers, otelServiceName: service }: Config,
  log: Logger,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { exportTraces } = await import('./otlp.ts');
  return exportTraces({ endpoint, headers: headers ?? '', service }, log);
}
