/** How the console is handed out: to whom, under which policy, and how much of it at first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../scripts/lib/run.mjs';
import { startTown } from '../support/people.ts';

const LIMIT = 250_000;

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().default(false),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
  }),
);

const built = join(root, 'dist/console');
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')));

/** The names of the chunks that one needs before it runs, with itself. */
function chunksOf(name: string, known = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || known.has(name)) return known;
  known.add(name);
  for (const each of chunk.imports) chunksOf(each, known);
  return known;
}

const filesOf = (chunks: Iterable<string>): Set<string> =>
  new Set([...chunks].flatMap((name) => manifest[name]?.file ?? []));

const size = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);

const [entry = ''] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? [];
const pages = [...chunksOf(entry)].flatMap((name) => manifest[name]?.dynamicImports ?? []);

describe('the first load', () => {
  it('knows its pages', () => {
    expect(pages).toContain('src/features/users/list.tsx');
  });

  it.each(pages)('of %s takes less than 250 kB of compressed JavaScript', (page) => {
    expect(size(filesOf(chunksOf(page, chunksOf(entry))))).toBeLessThan(LIMIT);
  });

  it.each(pages)('of %s asks for 20 files at most', (page) => {
    expect(filesOf(chunksOf(page, chunksOf(entry))).size).toBeLessThanOrEqual(20);
  });
});

describe('the console is handed out', async () => {
  const { rollcall, signedIn } = await startTown('embedded');

  it('under a policy with a nonce of its own each time', async () => {
    const browser = await signedIn('ada', 'read-only');
    const answers = [await browser.get('/console/'), await browser.get('/console/users?search=x')];
    const nonces = answers.map(({ headers, text }) => {
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
      expect(text).toContain(`nonce="${nonce ?? 'none'}"`);
      expect(headers['cache-control']).toBe('no-cache');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('to nobody who is not signed in, and to nobody without a role', async () => {
    const browser = await signedIn('plain');
    expect((await browser.get('/console/users')).location).toBe('/portal');
    const { headers } = await request(`${rollcall.url}/console/users?search=x`);
    expect(headers.location).toBe('/sign-in?next=%2Fconsole%2Fusers%3Fsearch%3Dx');
  });

  it('with assets that are compressed, and kept for ever', async () => {
    const file = manifest[entry]?.file ?? '';
    const url = `${rollcall.url}/console/${file}`;
    const answer = await request(url, { headers: { 'accept-encoding': 'br, gzip' } });
    await answer.body.dump();
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await request(`${rollcall.url}/console/assets/../index.html`)).statusCode).not.toBe(200);
  });
});
