/** What cannot be read as HTTP at all: there is no request of it, and so no route, no log and no hook. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { problemBody } from './problem.ts';

interface Told {
  readonly status: number;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

const UNREADABLE: Told = {
  status: 400,
  kind: 'bad-input',
  title: 'The request cannot be used',
  detail: 'What was sent cannot be read as HTTP. Check the client, and any proxy before this server.',
};

/** By the codes of Node.js. */
const BY_CODE: Readonly<Record<string, Told>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    kind: 'headers-too-large',
    title: 'The headers are too large',
    detail:
      'The address and the headers together are larger than this server takes. Send fewer, or shorter ones.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    kind: 'too-slow',
    title: 'The request took too long',
    detail: 'The request did not arrive in time. Send it again.',
  },
};

/** Answers as every error is answered, and ends the connection: what else comes on it cannot be told from the rest. */
export function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const told = BY_CODE[error.code ?? ''] ?? UNREADABLE;
  const requestId = uuidv7();
  const body = JSON.stringify(problemBody(told, requestId));
  const head = [
    `HTTP/1.1 ${told.status} ${STATUS_CODES[told.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
