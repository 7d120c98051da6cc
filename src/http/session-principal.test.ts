import { describe, expect, it } from 'vitest';
import { localPath, signInAddress } from './session-principal.ts';

describe('where a person goes on to', () => {
  it.each([
    ['/', '/'],
    ['/saml/1/sso?request=abc%2F&x=1', '/saml/1/sso?request=abc%2F&x=1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['/\n/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['saml/1', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/a'], '/'],
  ])('%j leads to %s', (next, path) => {
    expect(localPath(next)).toBe(path);
  });

  it('is kept while they sign in, and whether they are asked anew', () => {
    expect(signInAddress('/saml/1/sso?a=b')).toBe('/sign-in?next=%2Fsaml%2F1%2Fsso%3Fa%3Db');
    expect(signInAddress('/', true)).toBe('/sign-in?next=%2F&again=1');
  });
});
