import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages, pageUrl } from '../scripts/pages.ts';

const read = (path: string): string => readFileSync(pageUrl(path), 'utf8');

const written = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/provision-segment.md',
  'docs/operations.md',
  'docs/production.md',
  'docs/reliability.md',
  'docs/access.md',
  'docs/sign-on.md',
  'docs/sign-in.md',
  'docs/connectors.md',
];

/** The words of every sentence in the source, on one line: what a template puts in is `…`. */
const source = readdirSync(pageUrl('src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => read(`src/${file}`))
  .join('\n')
  .replace(/[`'"]\s*\+\s*[`'"]/g, '')
  .replaceAll('’', "'");

/** The parts of a quoted message: its sentences, between what is filled in. */
const fragments = (message: string): string[] =>
  message
    .replaceAll('’', "'")
    .split(/…|(?<=\.)\s/)
    .map((part) => part.trim())
    .filter((part) => /[a-z]{3}/i.test(part));

/** The heading as GitHub links to it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

describe('the pages that are made from the code', () => {
  it.each(pages)('%s is what `npm run docs` writes', async (path, make) => {
    expect(read(path)).toBe(await make());
  });
});

describe('docs/provision-segment.md', () => {
  const rows = read('docs/provision-segment.md').matchAll(/^\| “(.+?)” \|/gm);
  const messages = [...rows].map(([, message = '']) => message);

  it('quotes messages', () => {
    expect(messages.length).toBeGreaterThan(10);
  });

  it.each(messages)('quotes a message that Rollcall gives: %s', (message) => {
    for (const fragment of fragments(message)) expect(source.includes(fragment), fragment).toBe(true);
  });
});

describe('docs/decisions', () => {
  it.each(readdirSync(pageUrl('docs/decisions')))('%s has in its heading the number of its name', (file) => {
    expect(read(`docs/decisions/${file}`)).toMatch(new RegExp(`^# ${Number.parseInt(file, 10)}\\. `));
  });
});

describe('docs/connectors.md', () => {
  it('says of single sign-on where it is described', () => {
    expect(read('docs/connectors.md')).toMatch(/^### SAML\n\n.*\]\(sign-on\.md\)/m);
  });
});

const links = written.flatMap((path) =>
  [...read(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => [path, link] as const),
);

describe('links between the pages', () => {
  it.each(links)('%s: %s leads somewhere', (path, link) => {
    const [file = '', heading] = link.split('#');
    const target = file === '' ? pageUrl(path) : new URL(file, pageUrl(path));
    expect(existsSync(target)).toBe(true);
    if (heading === undefined) return;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
      anchor(text),
    );
    expect(headings).toContain(heading);
  });
});
