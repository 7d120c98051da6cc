/** The way from a command to an API: over HTTP (http.ts), or in this process (direct.ts). */
import type { Finding } from './finding.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** The way to an API. */
export interface Route {
  /** For people: `the server at http://127.0.0.1:8080`. */
  readonly where: string;
  readonly send: (method: Method, path: string, body?: unknown) => Promise<RawAnswer>;
  /** Sees to it that what is marked gets done, until `close`; a server does so by itself. */
  readonly work: () => Promise<void>;
  /** What the doctor wants to know of the database, or of the server that holds it. */
  readonly examine: () => Promise<Finding[]>;
  readonly close: () => Promise<void>;
}
