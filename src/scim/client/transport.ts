/** What it means when no answer came: the failures of the connection itself. */
import type { TargetProblem } from './verdict.ts';

type Kind = 'unreachable' | 'certificate' | 'timeout' | 'connection-lost' | 'private-target' | 'too-large';

/** What to do about each kind. */
const advice: Readonly<Record<Kind, string>> = {
  unreachable: 'Check the host in the base URL, and that this machine may connect to it.',
  certificate: 'Have it corrected at the application’s host, or check the base URL.',
  timeout: 'The request is sent again later.',
  'connection-lost': 'The request is sent again later.',
  'private-target': 'Correct the base URL, or set ROLLCALL_ALLOW_PRIVATE_TARGETS=true for a test.',
  'too-large': 'Lower the page size in the connection’s settings.',
};

/** The same where a person has asked, and nothing is sent again by itself. */
const adviceOnce: Readonly<Partial<Record<Kind, string>>> = {
  timeout: 'Check the host and the port in the base URL, and try again.',
  'connection-lost': 'Check the base URL, and try again.',
};

/** The `code` of the error that an address raises which may not be called. */
export const PRIVATE_TARGET = 'ROLLCALL_PRIVATE_TARGET';
/** The `code` of the error that an answer raises which is too large to be read. */
export const ANSWER_TOO_LARGE = 'ROLLCALL_ANSWER_TOO_LARGE';
/** The `code` of the error that an answer raises which comes byte by byte and does not end in time. */
export const ANSWER_TOO_SLOW = 'ROLLCALL_ANSWER_TOO_SLOW';

/** What happened; `mayHaveArrived` where the target may have done the work all the same (R42). */
interface Breakdown {
  readonly kind: Kind;
  readonly happened: string;
  readonly mayHaveArrived: boolean;
}

/** Before anything was sent, and after something may have been. */
const before = (kind: Kind, happened: string): Breakdown => ({ kind, happened, mayHaveArrived: false });
const after = (kind: Kind, happened: string): Breakdown => ({ kind, happened, mayHaveArrived: true });

const NO_ROUTE = 'There is no way from this machine to the application’s host.';
const SLOW_CONNECT = 'The application’s host did not accept a connection in time.';
const slowAnswer = after('timeout', 'The application did not answer in time.');
const lost = after(
  'connection-lost',
  'The connection to the application broke off before the answer was complete.',
);
const selfSigned = before('certificate', 'The certificate of the application’s host is signed by itself.');
const unknownIssuer = before('certificate', 'The issuer of the application’s certificate is not known here.');
const tooLarge = after('too-large', 'The application’s answer is larger than Rollcall accepts.');

/** By the codes of Node.js, OpenSSL and undici, and our own. A connection that stands may end with ETIMEDOUT, too. */
const byCode: ReadonlyMap<string, Breakdown> = new Map([
  ['ENOTFOUND', before('unreachable', 'No host has the name in the base URL.')],
  ['EAI_AGAIN', before('unreachable', 'The name service did not answer for the host in the base URL.')],
  ['ECONNREFUSED', before('unreachable', 'The application’s host refuses connections on this port.')],
  ['EHOSTUNREACH', before('unreachable', NO_ROUTE)],
  ['ENETUNREACH', before('unreachable', NO_ROUTE)],
  ['EADDRNOTAVAIL', after('unreachable', NO_ROUTE)],
  ['ETIMEDOUT', after('timeout', SLOW_CONNECT)],
  ['UND_ERR_CONNECT_TIMEOUT', before('timeout', SLOW_CONNECT)],
  ['UND_ERR_HEADERS_TIMEOUT', slowAnswer],
  ['UND_ERR_BODY_TIMEOUT', slowAnswer],
  ['UND_ERR_ABORTED', slowAnswer],
  [ANSWER_TOO_SLOW, slowAnswer],
  ['ABORT_ERR', slowAnswer],
  ['ECONNRESET', lost],
  ['EPIPE', lost],
  ['UND_ERR_SOCKET', lost],
  ['UND_ERR_CLOSED', lost],
  ['UND_ERR_DESTROYED', lost],
  ['CERT_HAS_EXPIRED', before('certificate', 'The certificate of the application’s host has expired.')],
  [
    'CERT_NOT_YET_VALID',
    before('certificate', 'The certificate of the application’s host is not valid yet.'),
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', selfSigned],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownIssuer],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    before('certificate', 'The certificate of the application’s host is for another name.'),
  ],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    before('certificate', 'The application’s host does not speak TLS (https) on this port.'),
  ],
  [
    PRIVATE_TARGET,
    before('private-target', 'The base URL leads to a private or local address, which is not allowed.'),
  ],
  [ANSWER_TOO_LARGE, tooLarge],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', tooLarge],
  ['UND_ERR_HEADERS_OVERFLOW', tooLarge],
]);

/** Why a request got no reply, and whether it may have arrived at the target all the same (R42). */
export interface NoReply {
  readonly lost: TargetProblem;
  readonly mayHaveArrived: boolean;
}

/** By the code alone: the system's own message may name addresses of the network. */
export function noReplyOf(code: string | undefined): NoReply {
  const { kind, happened, mayHaveArrived } = byCode.get(code ?? '') ?? unlisted(code ?? '');
  const once = adviceOnce[kind];
  const message = `${happened} ${advice[kind]}`;
  return {
    lost: { code: kind, message, ...(once !== undefined && { once: `${happened} ${once}` }) },
    mayHaveArrived,
  };
}

function unlisted(code: string): Breakdown {
  const untrusted = `The application’s host could not be trusted (${code}).`;
  if (code === 'EPROTO') return after('certificate', untrusted);
  if (/^(?:ERR_SSL_|ERR_TLS_|UNABLE_TO_)|CERT/.test(code)) return before('certificate', untrusted);
  if (code.startsWith('HPE_'))
    return after('connection-lost', 'The application’s host did not answer in HTTP.');
  return code === '' ? lost : after('connection-lost', `The connection to the application failed (${code}).`);
}
