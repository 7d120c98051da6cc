/** The bare HTTP that every part of the sandbox shares: reading a body, sending an answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer whose body is made already. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by `readBody`. The rest of the body is left unread, so the connection cannot be used again. */
export class BodyTooLarge extends Error {}

const NO_BODY = Promise.resolve('');

/** The body as text. Throws {@link BodyTooLarge} as soon as more than `limit` bytes are announced or have come. */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const announced = request.headers['content-length'];
  if (announced === '0' || (announced === undefined && !request.headers['transfer-encoding'])) return NO_BODY;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(new BodyTooLarge(`The body is longer than ${limit} bytes.`));
    });
    request.on('end', () => resolve(textOf(chunks)));
    request.on('error', reject);
    if (Number(announced) > limit) reject(new BodyTooLarge(`The body is longer than ${limit} bytes.`));
  });
}

const textOf = (chunks: readonly Buffer[]): string => {
  const [only] = chunks;
  return (chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString();
};

/** Sends an answer. */
export function send(response: ServerResponse, answer: Answer): void {
  const headers: Record<string, string | number> = { ...answer.headers };
  if (answer.status !== 204) {
    headers['content-type'] = answer.type ?? 'application/json; charset=utf-8';
    headers['content-length'] = Buffer.byteLength(answer.body);
  }
  response.writeHead(answer.status, headers);
  response.end(answer.status === 204 ? undefined : answer.body);
}

/** A request's path and query, taken apart without a URL object: this runs on each request. */
export function splitTarget(target: string): { path: string; query: URLSearchParams | undefined } {
  const mark = target.indexOf('?');
  if (mark === -1) return { path: target, query: undefined };
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

/** A part of a path without its percent signs; as it came where they make no text. */
export function decoded(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

/** Whether a browser sends this for a page of another site; such a page must not change anything here. */
export function isForeign(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}
