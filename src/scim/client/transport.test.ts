import { describe, expect, it } from 'vitest';
import { transportProblem } from './transport.ts';

describe('a request without a reply', () => {
  it.each<[string | undefined, string, RegExp]>([
    ['ENOTFOUND', 'unreachable', /No host has the name/],
    ['EAI_AGAIN', 'unreachable', /name service/],
    ['ECONNREFUSED', 'unreachable', /refuses connections/],
    ['EHOSTUNREACH', 'unreachable', /no way/],
    ['ECONNRESET', 'connection-lost', /broke off/],
    ['UND_ERR_SOCKET', 'connection-lost', /broke off/],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /connection in time/],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', /answer in time/],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', /answer in time/],
    ['CERT_HAS_EXPIRED', 'certificate', /expired/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', /signed by itself/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', /signed by itself/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', /issuer/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', /another name/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', /does not speak TLS/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'certificate', /ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION/],
    ['ROLLCALL_PRIVATE_TARGET', 'private-target', /ROLLCALL_ALLOW_PRIVATE_TARGETS/],
    ['ROLLCALL_ANSWER_TOO_LARGE', 'too-large', /page size/],
    ['HPE_INVALID_CONSTANT', 'connection-lost', /HTTP/],
    ['ESOMETHING', 'connection-lost', /ESOMETHING/],
    [undefined, 'connection-lost', /broke off/],
  ])('%s is %s', (code, expected, words) => {
    const problem = transportProblem({
      ...(code === undefined ? {} : { code }),
      message: 'connect 10.0.0.1:443',
    });
    expect(problem.code).toBe(expected);
    expect(problem.message).toMatch(words);
    expect(problem.message).not.toContain('10.0.0.1');
  });
});
