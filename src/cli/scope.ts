/** `--user` and `--group`: the one record to which a command keeps. */
import type { Command } from 'commander';
import type { Backend } from './backend.ts';
import { find } from './find.ts';

/** By name or id as they were typed, or by id; everything where neither is given. */
export interface Scope {
  readonly user?: string;
  readonly group?: string;
}

/** Adds the options that narrow a command to one record. */
export const withScope = (command: Command): Command =>
  command
    .option('--user <user>', 'only this user (username or id)')
    .option('--group <group>', 'only this group (name or id)');

/** Those of that name, by id. Throws a `Problem` where there are none, or more than one. */
export async function scopeOf(backend: Backend, { user, group }: Scope): Promise<Scope> {
  return {
    ...(user !== undefined && { user: (await find(backend, 'user', user)).id }),
    ...(group !== undefined && { group: (await find(backend, 'group', group)).id }),
  };
}

/** The same options as they were typed, for a command that is shown to be run next. */
export const scopeOptions = ({ user, group }: Scope): string =>
  Object.entries({ user, group })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} "${value}"`))
    .join('');
