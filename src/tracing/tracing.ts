/**
 * Traces for OpenTelemetry: which request to the API led to which requests to applications, through whichever processes. This
 * folder owns spans and how they reach a collector. What is worth a span is known where the work is done:
 * `http/request-span.ts`, `reconcile/outgoing.ts` and the slices of `reconcile/worker.ts`.
 */

/** Ids, names of routes and numbers; never what a record holds. */
export type Attributes = Readonly<Record<string, string | number>>;

export interface SpanStart {
  readonly name: string;
  /** `server`: we are asked; `client`: we ask. */
  readonly kind: 'server' | 'client' | 'internal';
  /** The `traceparent` of what it follows from; a trace begins where there is none, or none that is well-formed. */
  readonly parent: string | null;
  /** The `traceparent` of something else that it is a part of. */
  readonly link?: string;
  readonly attributes: Attributes;
}

/** A piece of work that has begun. */
export interface Span {
  /** Its place in its trace (W3C Trace Context), for what follows from it, here or in another process. */
  readonly traceparent: string;
  readonly end: (attributes?: Attributes, failed?: boolean) => void;
}

export interface Tracing {
  readonly begin: (start: SpanStart) => Span;
  /** Hands over what is left; it waits some seconds at most for a collector that does not answer. */
  readonly stop: () => Promise<void>;
}
