import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scenes } from '../../src/cli/demo-scenes.ts';
import { ended, said, startCli } from '../support/cli.ts';

const PATIENCE_MS = 120_000;
/** Half of what a server gives requests that are under way. */
const SOON_MS = 5000;

/** Where the demo puts its data. */
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** What demos have left behind. */
const remains = async (): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.startsWith('rollcall-demo-'));

const startDemo = (...args: string[]) => startCli(['demo', ...args], { TMPDIR: directory });

describe('rollcall demo, as a process', () => {
  it(
    'plays the life of a company over HTTP, and ends with 0 as Segment holds exactly what the directory asks for',
    { timeout: PATIENCE_MS },
    async () => {
      const { code, out, err } = await ended(startDemo('--exit'));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const { title } of scenes) expect(out).toContain(title);
      for (const line of [
        /people +57 +57 +✓/,
        /left out +deniz\.yildiz has no email address/,
        /single sign-on +SAML 2\.0, which Segment needs first\. Customer ID [0-9a-f]{16}/,
        /✓ She is in Segment, as lucia\.romero@marigold\.example\./,
        /sent to Segment +POST \/Users .*amara\.nwosu@marigold\.example/,
        /PUT \/Users\/\{priya\.raman\} +active: false +→ 200/,
        /sent to Segment +PATCH \/Groups\/\{Data\} +replace displayName "Data & Insights"/,
        /remove members\[value eq "\{mateo\.fernandez\}"\]/,
        /Held: \d+ of \d+ users .* would be deactivated/,
        /27 × PUT \/Users\/\{…\} +active: true/,
        /✓ Segment holds exactly what the directory asks for: 55 people, 66 memberships, nobody twice\./,
        /✓ A second plan is empty/,
        /14 events, \d+ requests to Segment/,
      ])
        expect(out).toMatch(line);
      expect(out).not.toContain('✗');
      expect(out, 'colours only on a terminal').not.toContain('\u001b');
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      expect(await remains(), 'its data is removed').toEqual([]);
    },
  );

  it(
    'stays up with somebody to sign in as and a command to paste, which work, and ends in good order on Ctrl-C, which npm sends twice',
    { timeout: PATIENCE_MS },
    async () => {
      const child = startDemo();
      const end = ended(child);
      const [, password = '', url = '', key = '', body = ''] = await said(
        child,
        /user name admin, password (\S+)\n[^]*curl -X PATCH (\S+) \\\n  -H 'Authorization: (Bearer \S+)' \\\n[^]* -d '([^']+)'\n[^]*Ctrl-C/,
      );
      const headers = { authorization: key, 'content-type': 'application/json' };
      const answer = await request(url, { method: 'PATCH', headers, body });
      const user = z.looseObject({ state: z.string() }).parse(await answer.body.json());
      expect(user.state).toBe('suspended');
      const signedIn = await request(new URL('/api/v1/session', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'admin', password }),
      });
      expect(signedIn.statusCode, await signedIn.body.text()).toBe(201);
      child.kill('SIGINT');
      child.kill('SIGINT');
      const { code, err, out } = await end;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      expect(out).toMatch(/Ctrl-C ends both [^]*\nStopped, and the data is removed\.\n$/);
      expect(await remains()).toEqual([]);
    },
  );

  it(
    'ends with 1 where it is stopped before its end, and waits for no connection that is only kept open',
    { timeout: PATIENCE_MS },
    async () => {
      const child = startDemo('--exit');
      const end = ended(child);
      await said(child, /Binding 8 groups/);
      child.kill('SIGTERM');
      const stopped = performance.now();
      expect((await end).code).toBe(1);
      expect(performance.now() - stopped).toBeLessThan(SOON_MS);
      expect(await remains()).toEqual([]);
    },
  );
});
