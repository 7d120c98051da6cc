import { describe, expect, it } from 'vitest';
import { noReplyOf } from './transport.ts';

describe('a request without a reply', () => {
  it.each<[string | undefined, string, RegExp]>([
    ['ENOTFOUND', 'unreachable', /No host has the name/],
    ['EAI_AGAIN', 'unreachable', /name service/],
    ['ECONNREFUSED', 'unreachable', /refuses connections/],
    ['EHOSTUNREACH', 'unreachable', /no way/],
    ['ENETUNREACH', 'unreachable', /no way/],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /connection in time/],
    ['CERT_HAS_EXPIRED', 'certificate', /expired/],
    ['CERT_NOT_YET_VALID', 'certificate', /not valid yet/],
    ['CERT_REVOKED', 'certificate', /CERT_REVOKED/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', /signed by itself/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', /signed by itself/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', /issuer/],
    ['UNABLE_TO_GET_ISSUER_CERT', 'certificate', /issuer/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate', /issuer/],
    ['UNABLE_TO_GET_CRL', 'certificate', /UNABLE_TO_GET_CRL/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', /another name/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', /does not speak TLS/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'certificate', /ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION/],
    ['ROLLCALL_PRIVATE_TARGET', 'private-target', /ROLLCALL_ALLOW_PRIVATE_TARGETS/],
  ])('%s is %s, and it cannot have arrived', (code, expected, words) => {
    expect(noReplyOf(code)).toMatchObject({
      lost: { code: expected, message: expect.stringMatching(words) as string },
      mayHaveArrived: false,
    });
  });

  it.each<[string | undefined, string, RegExp]>([
    ['ECONNRESET', 'connection-lost', /broke off/],
    ['UND_ERR_SOCKET', 'connection-lost', /broke off/],
    ['EADDRNOTAVAIL', 'unreachable', /no way/],
    ['ETIMEDOUT', 'timeout', /connection in time/],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', /answer in time/],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', /answer in time/],
    ['EPROTO', 'certificate', /EPROTO/],
    ['ROLLCALL_ANSWER_TOO_LARGE', 'too-large', /page size/],
    ['HPE_INVALID_CONSTANT', 'connection-lost', /HTTP/],
    ['ESOMETHING', 'connection-lost', /ESOMETHING/],
    [undefined, 'connection-lost', /broke off/],
  ])('R42: %s is %s, and it may have arrived', (code, expected, words) => {
    expect(noReplyOf(code)).toMatchObject({
      lost: { code: expected, message: expect.stringMatching(words) as string },
      mayHaveArrived: true,
    });
  });

  it.each([
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'ECONNRESET',
    'HPE_INVALID_CONSTANT',
    'CERT_HAS_EXPIRED',
    'EHOSTUNREACH',
  ])('R3: %s promises nothing to whoever asks once, and says what they do', (code) => {
    const { message, once = message } = noReplyOf(code).lost;
    expect(once).toMatch(/[Cc]heck the/);
    expect(once).not.toMatch(/sent again/);
  });
});
