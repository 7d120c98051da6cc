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

const lost = [
  'connection-lost',
  'The connection to the application broke off before the answer was complete.',
] as const;
const noRoute = ['unreachable', 'There is no way from this machine to the application’s host.'] as const;
const slowConnect = ['timeout', 'The application’s host did not accept a connection in time.'] as const;
const slowAnswer = ['timeout', 'The application did not answer in time.'] as const;
const selfSigned = ['certificate', 'The certificate of the application’s host is signed by itself.'] as const;
const unknownIssuer = [
  'certificate',
  'The issuer of the application’s certificate is not known here.',
] as const;
const tooLarge = ['too-large', 'The application’s answer is larger than Rollcall accepts.'] as const;

/** What happened, by the codes of Node.js, OpenSSL and undici, and the two that our own sender makes. */
const byCode: ReadonlyMap<string, readonly [Kind, string]> = new Map<string, readonly [Kind, string]>([
  ['ENOTFOUND', ['unreachable', 'No host has the name in the base URL.']],
  ['EAI_AGAIN', ['unreachable', 'The name service did not answer for the host in the base URL.']],
  ['ECONNREFUSED', ['unreachable', 'The application’s host refuses connections on this port.']],
  ['EHOSTUNREACH', noRoute],
  ['ENETUNREACH', noRoute],
  ['EADDRNOTAVAIL', noRoute],
  ['ETIMEDOUT', slowConnect],
  ['UND_ERR_CONNECT_TIMEOUT', slowConnect],
  ['UND_ERR_HEADERS_TIMEOUT', slowAnswer],
  ['UND_ERR_BODY_TIMEOUT', slowAnswer],
  ['UND_ERR_ABORTED', slowAnswer],
  ['ABORT_ERR', slowAnswer],
  ['ECONNRESET', lost],
  ['EPIPE', lost],
  ['UND_ERR_SOCKET', lost],
  ['UND_ERR_CLOSED', lost],
  ['UND_ERR_DESTROYED', lost],
  ['CERT_HAS_EXPIRED', ['certificate', 'The certificate of the application’s host has expired.']],
  ['CERT_NOT_YET_VALID', ['certificate', 'The certificate of the application’s host is not valid yet.']],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', selfSigned],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownIssuer],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    ['certificate', 'The certificate of the application’s host is for another name.'],
  ],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    ['certificate', 'The application’s host does not speak TLS (https) on this port.'],
  ],
  [
    'ROLLCALL_PRIVATE_TARGET',
    ['private-target', 'The base URL leads to a private or local address, which is not allowed.'],
  ],
  ['ROLLCALL_ANSWER_TOO_LARGE', tooLarge],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', tooLarge],
  ['UND_ERR_HEADERS_OVERFLOW', tooLarge],
]);

/** Why a request got no reply. The system's own message may name addresses of the network and is left out. */
export function transportProblem(error: { readonly code?: string; readonly message: string }): TargetProblem {
  const [kind, happened] = byCode.get(error.code ?? '') ?? unlisted(error.code ?? '');
  return { code: kind, message: `${happened} ${advice[kind]}` };
}

function unlisted(code: string): readonly [Kind, string] {
  if (/^(?:ERR_SSL_|ERR_TLS_|CERT_|EPROTO$)/.test(code)) {
    return ['certificate', `The application’s host could not be trusted (${code}).`];
  }
  if (code.startsWith('HPE_')) return ['connection-lost', 'The application’s host did not answer in HTTP.'];
  return code === '' ? lost : ['connection-lost', `The connection to the application failed (${code}).`];
}
