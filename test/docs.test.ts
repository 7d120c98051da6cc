import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages, pageUrl } from '../scripts/pages.ts';
import { settingsReference } from '../src/config.ts';

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
  'docs/console.md',
  'docs/import.md',
  'docs/interop.md',
  'docs/rules.md',
  'docs/settings.md',
  'deploy/README.md',
];

/** What the pattern finds in the pages, each with its page: its first group, or all of it. */
const found = (pattern: RegExp): (readonly [path: string, text: string])[] =>
  written.flatMap((path) => {
    const texts = [...read(path).matchAll(pattern)].map(([whole, group]) => group ?? whole);
    return [...new Set(texts)].map((text) => [path, text] as const);
  });

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

describe('docs/rules.md', () => {
  const rules = new Set([...read('docs/rules.md').matchAll(/^\| (R\d+) \|/gm)].map(([, rule = '']) => rule));
  const named = ['src', 'console/src', 'test', 'bench'].flatMap((folder) =>
    readdirSync(pageUrl(folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
      .flatMap((file) => read(`${folder}/${file}`).match(/\bR[1-9]\d?\b/g) ?? []),
  );

  it('has every rule that the code and the tests name', () => {
    expect(rules.size).toBeGreaterThan(30);
    expect([...new Set(named)].filter((rule) => !rules.has(rule))).toEqual([]);
  });

  it.each([...rules])('has %s, which a test proves', (rule) => {
    expect(named).toContain(rule);
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

/** A path of the API, with `*` where an id is. */
const shape = (path: string): string =>
  path.replace(/(?<=\/)(?:\{[^/]*\}|\$\w+|[A-Z][A-Z_]*)(?=\/|$)/g, '*').replace(/[/.]$/, '');

const routes = [...read('console/src/api/schema.d.ts').matchAll(/^ {4}"\/api\/v1(\/[^"]+)"/gm)].map(
  ([, path = '']) => shape(path),
);

describe('what the pages name', () => {
  it.each(
    found(
      /(?:\$APP|\$B|\$R|\/api\/v1|(?:GET|POST|PUT|PATCH|DELETE) …)(\/(?!openapi\.json)[\w/{}$.-]*[\w}])(?![\w.-]*…)/g,
    ),
  )('%s: the API has %s', (_page, path) => {
    expect(routes.filter((route) => route.endsWith(shape(path)))).not.toEqual([]);
  });

  it.each(found(/\bROLLCALL_(?!TEST_)[A-Z_]*[A-Z]\b/g))('%s: %s is a setting', (_page, name) => {
    expect(settingsReference.map(({ variable }) => variable)).toContain(name);
  });

  it.each(found(/`((?:\w+\/)?(?:src|test|docs|deploy|bench|demo|migrations|scripts)\/(?!NNNN)[\w./-]+)`/g))(
    '%s: there is %s',
    (_page, path) => {
      expect(existsSync(pageUrl(path))).toBe(true);
    },
  );

  it.each(found(/`(rollcall_[a-z_]+)`/g))('%s: %s is a metric', (_page, name) => {
    expect(source.includes(`'${name}'`)).toBe(true);
  });

  it.each(found(/\bnpm run ([\w:]+)/g))('%s: there is a script %s', (_page, name) => {
    expect(JSON.parse(read('package.json'))).toHaveProperty(['scripts', name]);
  });

  it.each(found(/(?<!helm install )\brollcall [a-z][^\n`|#]*?(--[a-z][a-z-]+)/g))(
    '%s: a command has %s',
    (_page, option) => {
      expect(source.includes(option)).toBe(true);
    },
  );

  it.each(found(/^ *```sh\n([^]*?)^ *```/gm))('%s: a shell can read %s', (_page, lines) => {
    expect(spawnSync('bash', ['-n'], { input: lines, encoding: 'utf8' })).toMatchObject({ status: 0 });
  });
});
