import { describe, expect, test } from 'vitest';
import { PRIVATE_TARGET } from '../scim/client/transport.ts';
import { guardedLookup, isPrivateAddress, isPrivateHost } from './guard.ts';

describe('which addresses are private', () => {
  test.each<[string, boolean]>([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['0.0.0.0', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['169.254.169.254', true],
    ['192.0.2.1', true],
    ['198.18.0.1', true],
    ['224.0.0.1', true],
    ['255.255.255.255', true],
    ['8.8.8.8', false],
    ['172.15.255.255', false],
    ['::1', true],
    ['::', true],
    ['[::1]', true],
    ['fe80::1', true],
    ['fe80::1%eth0', true],
    ['fc00::1', true],
    ['fd12:3456::1', true],
    ['ff02::1', true],
    ['2001:db8::1', true],
    ['64:ff9b::a00:1', true],
    ['::127.0.0.1', true],
    ['::ffff:0:10.0.0.1', true],
    ['3fff::1', true],
    ['192.88.99.1', true],
    ['2002:a00:1::', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::ffff:169.254.169.254', true],
    ['::ffff:8.8.8.8', false],
    ['2606:4700::1111', false],
    ['[2606:4700::1111]', false],
    ['example.com', false],
    ['', false],
  ])('%s: %s', (address, expected) => expect(isPrivateAddress(address)).toBe(expected));
});

describe('which hosts are refused before they are resolved', () => {
  test.each<[string, boolean]>([
    ['localhost', true],
    ['LOCALHOST', true],
    ['localhost.', true],
    ['api.localhost', true],
    ['notlocalhost', false],
    ['localhost.example.com', false],
    ['10.0.0.1', true],
    ['[::1]', true],
    ['scim.example.com', false],
  ])('%s: %s', (host, expected) => expect(isPrivateHost(host)).toBe(expected));

  // However an address is spelled in a URL, the URL writes it in the form that is judged.
  test.each<[string, boolean]>([
    ['http://2130706433/', true],
    ['http://0x7f.1/', true],
    ['http://127.1/', true],
    ['http://0177.0.0.1/', true],
    ['http://[::ffff:127.0.0.1]/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['http://134744072/', false],
  ])('%s: %s', (url, expected) => expect(isPrivateHost(new URL(url).hostname)).toBe(expected));
});

describe('what a name leads to', () => {
  const lookUp = (hostname: string, all: boolean) =>
    new Promise<{ error: NodeJS.ErrnoException | null; address: unknown }>((resolve) =>
      guardedLookup(hostname, { all }, (error, address) => resolve({ error, address })),
    );

  test.each([true, false])('a name of this machine is refused (all: %s)', async (all) => {
    const { error } = await lookUp('localhost', all);
    expect(error?.code).toBe(PRIVATE_TARGET);
    expect(error?.message).toContain('localhost');
  });

  test('an address that is public is answered in the form that was asked for', async () => {
    expect(await lookUp('8.8.8.8', false)).toEqual({ error: null, address: '8.8.8.8' });
    expect(await lookUp('8.8.8.8', true)).toEqual({
      error: null,
      address: [{ address: '8.8.8.8', family: 4 }],
    });
  });
});
