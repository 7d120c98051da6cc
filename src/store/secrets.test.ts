import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../errors.ts';
import { loadSecretBox, secretBox } from './secrets.ts';

const KEY = Buffer.alloc(32, 7);

describe('secretBox', () => {
  const box = secretBox(KEY);

  it.each(['', 'sgp_token', 'päßwörd 🔑', 'x'.repeat(100_000)])('opens what it sealed', (plain) => {
    const sealed = box.seal('application/1/token', plain);
    expect(sealed.keyId).toBe(box.keyId);
    expect(box.open('application/1/token', sealed)).toBe(plain);
  });

  it('seals the same secret differently each time', () => {
    const [first, second] = [box.seal('a', 'token'), box.seal('a', 'token')];
    expect(first.nonce.equals(second.nonce)).toBe(false);
    expect(first.ciphertext.equals(second.ciphertext)).toBe(false);
  });

  it('does not open a secret of another record', () => {
    expect(() => box.open('b', box.seal('a', 'token'))).toThrow('The stored secret b is damaged');
  });

  it.each([
    ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)))],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 3)],
    ['lost', () => Buffer.alloc(0)],
  ])('does not open a ciphertext that was %s', (_, damage) => {
    const sealed = box.seal('a', 'token');
    const damaged = { ...sealed, ciphertext: damage(sealed.ciphertext) };
    expect(() => box.open('a', damaged)).toThrow('The stored secret a is damaged');
  });

  it('says so when a secret was sealed with another key', () => {
    const other = secretBox(Buffer.alloc(32, 8));
    expect(() => box.open('a', other.seal('a', 'token'))).toThrow(
      `The secret a was encrypted with the key ${other.keyId}, but this server has the key ${box.keyId}.`,
    );
  });
});

describe('a box that knows another key', () => {
  const [old, next] = [Buffer.alloc(32, 8), KEY];
  const box = secretBox(next, [old]);

  it('opens what either has sealed', () => {
    expect(box.open('a', secretBox(old).seal('a', 'before'))).toBe('before');
    expect(box.open('a', secretBox(next).seal('a', 'since'))).toBe('since');
  });

  it('seals with its own', () => {
    expect(secretBox(next).open('a', box.seal('a', 'token'))).toBe('token');
  });

  it('says which keys it knows', () => {
    const keys = [secretBox(old), secretBox(next), secretBox(Buffer.alloc(32, 9))];
    expect(keys.map(({ keyId }) => box.knows(keyId))).toEqual([true, true, false]);
  });
});

describe('loadSecretBox', () => {
  let dataDir: string;
  const keyFile = (): string => join(dataDir, 'secret.key');
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it.each([
    KEY.toString('hex'),
    KEY.toString('hex').toUpperCase(),
    KEY.toString('base64'),
    KEY.toString('base64').slice(0, 43),
  ])('takes the configured key %s', (secretKey) =>
    expect(loadSecretBox({ dataDir, secretKey }).keyId).toBe(secretBox(KEY).keyId),
  );

  it('takes further keys, each in either form', () => {
    const keys = [1, 2].map((byte) => Buffer.alloc(32, byte));
    const otherSecretKeys = `${keys[0]?.toString('hex') ?? ''}, ${keys[1]?.toString('base64') ?? ''}`;
    const box = loadSecretBox({ dataDir, secretKey: KEY.toString('hex'), otherSecretKeys });
    expect([...keys, KEY].every((key) => box.knows(secretBox(key).keyId))).toBe(true);
  });

  it('makes a key at the first start, for the owner only, and keeps it', () => {
    const first = loadSecretBox({ dataDir });
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(loadSecretBox({ dataDir }).keyId).toBe(first.keyId);
  });

  it('makes the data directory, for the owner only', () => {
    const inner = join(dataDir, 'made/here');
    loadSecretBox({ dataDir: inner });
    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it.each([0o644, 0o640, 0o604])('refuses a key file of mode %o, and says what to do', (mode) => {
    loadSecretBox({ dataDir });
    chmodSync(keyFile(), mode);
    expect(() => loadSecretBox({ dataDir })).toThrow(`Run \`chmod 600 ${keyFile()}\``);
  });

  it('refuses a file that holds no key, and leaves it as it is', () => {
    writeFileSync(keyFile(), 'not a key', { mode: 0o600 });
    expect(() => loadSecretBox({ dataDir })).toThrow('does not hold a key');
    expect(readFileSync(keyFile(), 'utf8')).toBe('not a key');
  });

  it('says of a key file that cannot be read what to do, as of every other refusal', () => {
    mkdirSync(keyFile(), { mode: 0o700 });
    expect(() => loadSecretBox({ dataDir })).toThrow(Problem);
    expect(() => loadSecretBox({ dataDir })).toThrow(`The key file ${keyFile()} can't be read or made`);
  });

  it('makes a key where a process of the same id died while it made one, as in a container', () => {
    writeFileSync(`${keyFile()}.${process.pid}`, 'half a k', { mode: 0o600 });
    expect(loadSecretBox({ dataDir }).keyId).toBe(loadSecretBox({ dataDir }).keyId);
  });
});
