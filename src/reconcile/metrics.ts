/** What lanes count of their work in this process: requests to targets, what became of records, slices of work. */
import { Gauge, Histogram, type Registry } from 'prom-client';
import { tallying } from '../metrics/tally.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { Observer } from './transport.ts';

/** Seconds; the last ones are those of targets about to run into the timeout. */
const REQUEST_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SLICE_BUCKETS = [0.05, 0.25, 1, 2.5, 5, 10, 30, 60];

export interface LaneMetrics {
  /** Counts the requests to an application. */
  readonly counting: (applicationId: string) => Observer;
  /** What became of records, once it is written down. */
  readonly settled: (batch: readonly Settlement[], applicationId: string) => void;
  /** A slice of work begins; the answer is called at its end. */
  readonly sliceBegins: () => () => void;
}

/** The figures of the lanes, in the registry of the process. */
export function laneMetrics(registry: Registry): LaneMetrics {
  const registers = [registry];
  const requestsOf = tallying({
    name: 'rollcall_target_requests_total',
    help: 'Requests of provisioning to applications by the status of the answer; "lost" where there was none.',
    labelNames: ['application', 'method', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'rollcall_target_request_duration_seconds',
    help: 'Time that applications took to answer.',
    labelNames: ['application'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const operationsOf = tallying({
    name: 'rollcall_operations_total',
    help: 'What was done for records, by its outcome: done, later (tried again), again (looked at anew), refused, stopped.',
    labelNames: ['application', 'operation', 'outcome'],
    registers,
  });
  const working = new Gauge({
    name: 'rollcall_lanes_working',
    help: 'Applications that this process works on at this moment.',
    registers,
  });
  const slices = new Histogram({
    name: 'rollcall_slice_duration_seconds',
    help: 'How long this process worked on an application before others got their turn.',
    buckets: SLICE_BUCKETS,
    registers,
  });
  return {
    counting: (application) => {
      const count = requestsOf(application);
      const took = duration.labels(application);
      return (request, asked) => {
        count(request.method, 'lost' in asked ? 'lost' : String(asked.reply.status));
        took.observe(asked.durationMs / 1000);
      };
    },
    settled: (batch, application) => {
      const count = operationsOf(application);
      for (const { event } of batch) if (event !== undefined) count(event.operation, event.outcome);
    },
    sliceBegins: () => {
      working.inc();
      const ended = slices.startTimer();
      return () => {
        working.dec();
        ended();
      };
    },
  };
}
