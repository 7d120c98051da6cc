/** The version before this one and the one after it, as files to be run. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';
import type { Environment } from '../../src/config.ts';
import type { Undo } from '../../src/undo.ts';

export interface Version {
  readonly main: string;
  /** What it needs to run, where it is not compiled. */
  readonly env: Environment;
}

function newDirectory(undo: Undo): string {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-version-'));
  undo.add(() => rm(directory, { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });

const numbered = (names: readonly string[]): string[] => names.filter((name) => /^\d/.test(name)).sort();

/** The last state of this branch that had some of our migrations and no others; undefined in a copy without history. */
function commitBefore(): string | undefined {
  const ours = numbered(readdirSync(join(root, 'migrations')));
  const isBefore = (commit: string): boolean => {
    const theirs = numbered(git('ls-tree', '--name-only', `${commit}:migrations`).split('\n'));
    return theirs.length < ours.length && theirs.every((name, at) => name === ours[at]);
  };
  try {
    return git('rev-list', '--first-parent', 'HEAD').trim().split('\n').find(isBefore);
  } catch {
    return undefined;
  }
}

/** The code that knows nothing of the newest migration, from Git; this code, which knows nothing of the next one, without it. */
export function versionBefore(undo: Undo): Version {
  const commit = commitBefore();
  if (commit === undefined) return { main: join(root, 'dist/main.js'), env: {} };
  const directory = newDirectory(undo);
  const archive = execFileSync(
    'git',
    ['archive', commit, 'src', 'migrations', 'package.json', 'tsconfig.json'],
    {
      cwd: root,
      maxBuffer: 1e9,
    },
  );
  execFileSync('tar', ['-x', '-C', directory], { input: archive });
  const tsx = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  return { main: join(directory, 'src/main.ts'), env: { NODE_OPTIONS: `--import=${tsx}` } };
}

/** What a migration may do while the version before still runs (CONTRIBUTING.md), to every table of the engine. */
const EXPANDS = `
CREATE TABLE next (id uuid PRIMARY KEY);
${[
  'users',
  'group_members',
  'links',
  'link_members',
  'pending',
  'pending_members',
  'lanes',
  'lane_sending',
  'events',
]
  .map((table) => `ALTER TABLE ${table} ADD COLUMN next text DEFAULT 'x' NOT NULL;`)
  .join('\n')}
CREATE INDEX links_next ON links (next);
`;

/** This code with one more migration. */
export function versionAfter(undo: Undo): Version {
  const directory = newDirectory(undo);
  for (const name of ['dist', 'migrations', 'package.json'])
    cpSync(join(root, name), join(directory, name), { recursive: true });
  writeFileSync(join(directory, 'migrations/9999_next.sql'), EXPANDS);
  return { main: join(directory, 'dist/main.js'), env: {} };
}
