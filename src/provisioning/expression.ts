/**
 * Mapping expressions: CEL (the Common Expression Language) over one directory user. Sizes are capped and `matches()` is
 * refused, because a regular expression could run for ever.
 */
import { Environment } from '@marcbachmann/cel-js';
import { z } from 'zod';
import { readingEmpty, withEmptyReads } from './attribute-reads.ts';
import type { DirectoryUser, Value } from './facts.ts';

const MATCHES = /\bmatches\s*\(/;

/** What an expression may have; written anew for evaluation, it has a node more for each attribute that it reads. */
const MAX_AST_NODES = 500;

const withoutVariables = (maxAstNodes: number): Environment =>
  new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes,
      maxDepth: 50,
      maxListElements: 100,
      maxMapEntries: 100,
      maxCallArguments: 10,
    },
  })
    .registerFunction('isEmail(dyn): bool', (text: unknown) => isEmail(text))
    .registerFunction('trim(dyn): string', (text: unknown) => (typeof text === 'string' ? text.trim() : ''));

const environment = withEmptyReads(withoutVariables(2 * MAX_AST_NODES)).registerVariable('user', 'map');

/** For checking: it knows the fields of a user, so that a misspelt one is found before it refuses everybody. */
const checking = withoutVariables(MAX_AST_NODES).registerVariable({
  name: 'user',
  schema: {
    id: 'string',
    username: 'string',
    email: 'string',
    firstname: 'string',
    lastname: 'string',
    displayname: 'string',
    attributes: 'map',
  },
});

/** Whether the text is an email address, as `z.email()` sees it; asked several times for each user that is sent. */
export function isEmail(text: unknown): boolean {
  return typeof text === 'string' && z.regexes.email.test(text);
}

export type Expression = (user: DirectoryUser) => Value | undefined;

/** What is wrong with an expression, in words, or null when it can be used. */
export function checkExpression(text: string): string | null {
  if (MATCHES.test(text)) return 'matches() cannot be used in a mapping: a pattern could take for ever.';
  try {
    const result = checking.check(text);
    return result.valid ? null : firstLine(result.error);
  } catch (error) {
    return firstLine(error);
  }
}

/**
 * The expression ready to be used; it fails for a user who lacks an attribute that it reads, so that no name to sign in by is
 * made of the rest. Throws an Error with {@link checkExpression}'s words where it cannot be used.
 */
export function compileExpression(text: string): Expression {
  requireUsable(text);
  return ready(text);
}

/** The same for a mapping, which leaves out what is empty: an attribute that is missing reads as empty. */
export function compileMapped(text: string): Expression {
  requireUsable(text);
  return ready(readingEmpty(environment.parse(text).ast));
}

function requireUsable(text: string): void {
  const problem = checkExpression(text);
  if (problem !== null) throw new Error(problem);
}

function ready(text: string): Expression {
  const parsed = environment.parse(text);
  return (user) => toValue(parsed({ user: variables(user) }));
}

/** An expression's error names no field of its own, so a field without a value reads as empty and not as a failure. */
function variables(user: DirectoryUser): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    email: user.email ?? '',
    firstname: user.firstname ?? '',
    lastname: user.lastname ?? '',
    displayname: user.displayname ?? '',
    attributes: user.attributes,
  };
}

function toValue(result: unknown): Value | undefined {
  if (typeof result === 'bigint') return Number(result);
  if (typeof result === 'number' || typeof result === 'boolean') return result;
  return typeof result === 'string' && result !== '' ? result : undefined;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}
