import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderOf, lockDirectory, lockDirectoryInTime } from './lock.ts';

describe('lockDirectory', () => {
  let directory: string;
  const file = (): string => join(directory, 'rollcall.lock');
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const holder = (changes: object): string =>
    JSON.stringify({ ...(JSON.parse(ownLock()) as object), ...changes });

  function ownLock(): string {
    const lock = lockDirectory(directory);
    const content = readFileSync(file(), 'utf8');
    lock.release();
    return content;
  }

  function deadProcess(): number {
    return spawnSync(process.execPath, ['-e', '']).pid;
  }

  it('is taken once, and again after its release', () => {
    const lock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      `The data directory ${directory} is in use by process ${process.pid}.`,
    );
    lock.release();
    expect(existsSync(file())).toBe(false);
    lockDirectory(directory).release();
  });

  it.each([
    ['a dead process', () => holder({ pid: deadProcess() })],
    ['a process whose id is used again', () => holder({ started: 'long ago' })],
    ['nobody, cut short by a crash', () => '{"pid":'],
    ['nobody at all', () => ''],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(file(), content());
    const lock = lockDirectory(directory);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    lock.release();
  });

  it('is kept by another machine for as long as that one renews it', () => {
    writeFileSync(file(), holder({ host: 'elsewhere', pid: 1 }));
    expect(() => lockDirectory(directory)).toThrow('is in use by process 1 on elsewhere');
    const minuteAgo = new Date(Date.now() - 60_000);
    utimesSync(file(), minuteAgo, minuteAgo);
    lockDirectory(directory).release();
  });

  it('is kept by another container of the same name, in which the process has the same number', () => {
    writeFileSync(file(), holder({ space: 'another', started: 'there' }));
    expect(() => lockDirectory(directory)).toThrow(
      `is in use by process ${process.pid} in another container`,
    );
    expect(holderOf(directory)).toMatchObject({ isHere: false });
  });

  it('is taken in time where a process elsewhere died, and is not where it lives', async () => {
    writeFileSync(file(), holder({ space: 'another' }));
    const dyingAt = new Date(Date.now() - 15_000);
    utimesSync(file(), dyingAt, dyingAt);
    (await lockDirectoryInTime(directory)).release();
    writeFileSync(file(), holder({ space: 'another' }));
    setTimeout(() => utimesSync(file(), new Date(), new Date()), 1000);
    await expect(lockDirectoryInTime(directory)).rejects.toThrow('in another container');
  });

  it('leaves the lock of its successor alone', () => {
    const successor = holder({ pid: 1 });
    const lock = lockDirectory(directory);
    writeFileSync(file(), successor);
    lock.release();
    expect(existsSync(file())).toBe(true);
  });

  it('says who holds it, and where that process answers once it does', () => {
    expect(holderOf(directory)).toBeNull();
    const lock = lockDirectory(directory);
    const here = { pid: process.pid, isHere: true, id: lock.id };
    expect(holderOf(directory)).toEqual({ ...here, address: undefined });
    lock.tellAddress('http://127.0.0.1:41234');
    expect(holderOf(directory)).toEqual({ ...here, address: 'http://127.0.0.1:41234' });
    expect(() => lockDirectory(directory)).toThrow(
      `process ${process.pid}, which answers at http://127.0.0.1:41234. The embedded`,
    );
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    lock.release();
    expect(existsSync(file())).toBe(false);
    lock.tellAddress('http://127.0.0.1:41234');
    expect(existsSync(file())).toBe(false);
  });

  it.each([
    ['an older version', { id: undefined }],
    ['one whose address is none', { id: 1, address: 'file:///etc/passwd' }],
  ])('is held by %s, of which nobody knows where it answers', (_, changes) => {
    const content = holder(changes);
    writeFileSync(file(), content);
    expect(holderOf(directory)).toEqual({
      pid: process.pid,
      isHere: true,
      id: undefined,
      address: undefined,
    });
    expect(() => lockDirectory(directory)).toThrow(`is in use by process ${process.pid}. The embedded`);
  });
});
