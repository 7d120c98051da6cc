/** Spans to a collector, by OTLP over HTTP as JSON. The packages take some memory: `start.ts` loads this file where there is a collector. */
import { hostname } from 'node:os';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { ExportResultCode, parseKeyPairsIntoRecord, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { SpanStart, Tracing } from './tracing.ts';

interface Collector {
  /** Traces go to `/v1/traces` below it. */
  readonly endpoint: string;
  /** `name=value`, with commas between them. */
  readonly headers: string;
  /** The name under which the process is shown. */
  readonly service: string;
}

/** For one hand-over with all its retries, so that a stop is not held up for longer by a collector that is away. */
const TIMEOUT_MS = 5000;

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/** An exporter that says once that the collector cannot be reached, and once that it can be again. */
function exporterTo({ endpoint, headers }: Collector, log: Logger): SpanExporter {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: parseKeyPairsIntoRecord(headers),
    timeoutMillis: TIMEOUT_MS,
  });
  let failing = false;
  const tell = (reason: string | undefined): void => {
    if (reason !== undefined && !failing)
      log.warn({ reason }, 'Traces could not be handed over, and are lost until the collector takes them.');
    if (reason === undefined && failing) log.info('The collector takes traces again.');
    failing = reason !== undefined;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code === ExportResultCode.FAILED;
        tell(failed ? (result.error?.message ?? 'unknown') : undefined);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function contextOf(traceparent: string | null): Context {
  const parent = traceparent === null ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function linksTo(traceparent: string | undefined): { context: SpanContext }[] {
  const context = traceparent === undefined ? null : parseTraceParent(traceparent);
  return context === null ? [] : [{ context }];
}

/** W3C Trace Context, version 00. */
const traceparentOf = ({ spanId, traceFlags, traceId }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** Begins to hand over spans, every few seconds. */
export function exportTraces(collector: Collector, log: Logger): Tracing {
  const resource = defaultResource().merge(
    resourceFromAttributes({
      'service.name': collector.service,
      'host.name': hostname(),
      'process.pid': process.pid,
    }),
  );
  const processor = new BatchSpanProcessor({ exporter: exporterTo(collector, log) });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer('rollcall');
  return {
    begin: ({ attributes, kind, link, name, parent }: SpanStart) => {
      const options = { kind: KINDS[kind], attributes, links: linksTo(link) };
      const span = tracer.startSpan(name, options, contextOf(parent));
      return {
        traceparent: traceparentOf(span.spanContext()),
        end: (learnt = {}, failed = false) => {
          span.setAttributes(learnt);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    // Whether the collector took the rest has been told; the server stops all the same.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}
