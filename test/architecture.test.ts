/** What ARCHITECTURE.md says of the code, read from the files themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');

interface Source {
  /** From `src/`, with slashes. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

interface Import {
  /** From `src/` for our own files, else the package or Node module. */
  readonly target: string;
  readonly names: readonly string[];
  /** Of types alone, nothing is loaded. */
  readonly loaded: 'at once' | 'when asked for' | 'never';
}

const isTest = (path: string): boolean => path.endsWith('.test.ts');

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Of a path from `src/`; empty for the files at its top. */
const folderOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '');

function targetOf(file: string, specifier: string): string {
  return specifier.startsWith('.') ? relative(src, resolve(dirname(file), specifier)) : specifier;
}

function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
  if (bindings === undefined || !('elements' in bindings)) return ['*'];
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}

const isOfTypes = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
  ts.isImportDeclaration(node)
    ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : node.isTypeOnly;

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
      const loaded = isOfTypes(node) ? 'never' : 'at once';
      found.push({ target: targetOf(file, specifier), names: namesOf(node), loaded });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier))
        found.push({ target: targetOf(file, specifier.text), names: ['*'], loaded: 'when asked for' });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

const sources: readonly Source[] = filesIn(src).map((file) => {
  const path = relative(src, file);
  const text = readFileSync(file, 'utf8');
  return {
    path,
    folder: folderOf(path),
    text,
    imports: importsOf(file, text),
  };
});

const shipped = sources.filter(({ path }) => !isTest(path));

/** Imports that a rule forbids, as `file → import`. */
function offences(
  inside: (source: Source) => boolean,
  forbidden: (found: Import, source: Source) => boolean,
): string[] {
  return shipped
    .filter(inside)
    .flatMap((source) =>
      source.imports
        .filter((found) => forbidden(found, source))
        .map((found) => `${source.path} → ${found.target}`),
    );
}

/** Files and packages that are loaded with these files of `src`: all that they import, but for what is imported when it is needed. */
function loadedBy(...paths: string[]): string[] {
  const loaded = new Set(paths);
  for (const path of loaded)
    for (const found of shipped.find((source) => source.path === path)?.imports ?? [])
      if (found.loaded === 'at once') loaded.add(found.target);
  return [...loaded];
}

const PURE = ['access', 'people', 'directory', 'provisioning', 'scim', 'connectors', 'saml'];
const inFolder =
  (...folders: string[]) =>
  ({ folder }: Source): boolean =>
    folders.includes(folder);
const isOwn = ({ target }: Import): boolean => target.endsWith('.ts');

/**
 * What each folder may import beside the core and what is for all: inwards, towards what is stored. The command line may
 * import everything, and the sandbox next to nothing.
 */
const INWARDS: Readonly<Record<string, readonly string[]>> = {
  store: [],
  tracing: [],
  mail: ['store'],
  metrics: ['store'],
  'sign-in': ['mail', 'store'],
  reconcile: ['metrics', 'store', 'tracing'],
  jobs: ['mail', 'store'],
  http: ['mail', 'reconcile', 'sign-in', 'store', 'tracing'],
  idp: ['http', 'sign-in', 'store'],
  portal: ['http', 'idp', 'sign-in', 'store'],
  api: ['http', 'idp', 'mail', 'metrics', 'reconcile', 'sign-in', 'store'],
};

/** The one file of the API that knows of the pages. */
const PUTS_TOGETHER = 'api/server.ts';

/** A file at the top of `src` that imports nothing out of a folder: the clock, the settings, errors. */
const isForAll = (target: string): boolean =>
  shipped.some(
    ({ path, folder, imports }) =>
      path === target &&
      folder === '' &&
      imports.every((found) => !isOwn(found) || folderOf(found.target) === ''),
  );

describe('the files of src', () => {
  test('are found, with their imports', () => {
    expect(shipped.length).toBeGreaterThan(50);
    const engine = shipped.find(({ path }) => path === 'reconcile/engine.ts');
    expect(engine?.imports.map(({ target }) => target)).toContain('store/lanes.ts');
  });

  test.each(PURE)('%s is pure: it imports other pure folders, and nothing that does IO', (folder) => {
    const allowedOwn = (target: string): boolean =>
      PURE.includes(folderOf(target)) ||
      ['count.ts', 'errors.ts', 'fields.ts', 'name-key.ts'].includes(target);
    // Hashing, comparing and packing are arithmetic.
    const allowedNode = ['node:crypto', 'node:util', 'node:zlib'];
    expect(
      offences(inFolder(folder), (found) =>
        isOwn(found)
          ? !allowedOwn(found.target)
          : /^(node:|undici|pg|kysely|fastify|pino)/.test(found.target) &&
            !allowedNode.includes(found.target),
      ),
    ).toEqual([]);
  });

  test('what decides knows no time and no chance', () => {
    const forbidden =
      /\b(Date\.now|new Date\(|performance\.|Math\.random|setTimeout|setInterval|process\.env)/;
    expect(
      shipped
        .filter(inFolder('access', 'people', 'provisioning', 'directory', 'scim'))
        .filter(({ text }) => forbidden.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('saml is told the time and the ids; only the making of keys and encryption draw lots, inside their libraries', () => {
    const forbidden =
      /\b(Date\.now|new Date\(\)|performance\.|Math\.random|random(UUID|Bytes|Int)|set(Timeout|Interval)|process\.env)/;
    const offenders = shipped.filter(inFolder('saml')).filter(({ text }) => forbidden.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test('every folder has its place', () => {
    const placed = [...PURE, ...Object.keys(INWARDS), 'cli', 'sandbox'];
    const folders = [...new Set(shipped.map(({ folder }) => folder))].filter((folder) => folder !== '');
    expect(folders.sort()).toEqual(placed.sort());
  });

  test.each(Object.entries(INWARDS))(
    '%s imports the core, and of other folders only %j',
    (folder, others) => {
      const allowed = [folder, ...PURE, ...others];
      expect(
        offences(
          ({ folder: of, path }) => of === folder && path !== PUTS_TOGETHER,
          (found) => isOwn(found) && !allowed.includes(folderOf(found.target)) && !isForAll(found.target),
        ),
      ).toEqual([]);
    },
  );

  test('the lanes leave SQL to the store', () => {
    expect(offences(inFolder('reconcile'), ({ target }) => target === 'kysely')).toEqual([]);
  });

  test('the program loads no database and no server before a command needs one', () => {
    const loaded = loadedBy('main.ts');
    expect(loaded).toContain('cli/serve.ts');
    expect(loaded.filter((each) => /^(kysely|pg|fastify|@electric-sql|@node-rs)/.test(each))).toEqual([]);
  });

  test('a worker loads nothing of signing in: what serves is loaded where it serves, and only then', () => {
    const loaded = loadedBy('main.ts', 'rollcall.ts');
    expect(loaded).toContain('reconcile/worker.ts');
    expect(loaded.filter((each) => /^(fastify|http-server|@node-rs|(api|idp|portal)\/)/.test(each))).toEqual(
      [],
    );
  });

  test('what hands over traces is loaded where there is a collector, and only then', () => {
    const otlp = ({ target }: Import): boolean => target.startsWith('@opentelemetry/');
    expect(offences(({ path }) => path !== 'tracing/otlp.ts', otlp)).toEqual([]);
    expect(
      offences(
        () => true,
        ({ target }) => target === 'tracing/otlp.ts',
      ),
    ).toEqual(['tracing/start.ts → tracing/otlp.ts']);
    expect(shipped.filter(({ text }) => / from '.*\/otlp\.ts'/.test(text))).toEqual([]);
  });

  test('only the lanes talk to targets: nobody else has the transport or a pool of connections', () => {
    expect(
      offences(
        ({ folder }) => folder !== 'reconcile',
        ({ target, names }) =>
          target === 'reconcile/transport.ts' ||
          (target === 'undici' && names.some((name) => ['Pool', 'Client', '*'].includes(name))),
      ),
    ).toEqual([]);
  });

  test('the sandbox and the server meet over HTTP only', () => {
    expect(
      offences(
        inFolder('sandbox'),
        (found) => isOwn(found) && !/^(sandbox|scim|errors\.ts|fields\.ts|html\.ts)/.test(found.target),
      ),
    ).toEqual([]);
  });

  test('no import goes round in a circle', () => {
    const byPath = new Map(shipped.map((source) => [source.path, source]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const { target } of byPath.get(path)?.imports ?? [])
        if (byPath.has(target)) walk(target, [...trail, path]);
      done.add(path);
    };
    for (const { path } of shipped) walk(path, []);
    expect(circles).toEqual([]);
  });

  test('a vendor is named in its connector, its stand-in and the demo, and nowhere else', () => {
    const mayName = /^(connectors\/(segment|catalog)\.ts$|sandbox\/|cli\/(demo|sandbox))/;
    // The examples of a command's help call an application by the label that an administrator gave it.
    const withoutExamples = (text: string): string => text.replace(/^ +rollcall .*$/gm, '');
    expect(
      shipped
        .filter(({ path, text }) => !mayName.test(path) && /\bsegment\b/i.test(withoutExamples(text)))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
