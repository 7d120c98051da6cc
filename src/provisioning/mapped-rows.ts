/** A mapping applied to one user row by row, for people who look at it or write it: one row that fails hides no other. */
import type { AttributeMapping } from '../connectors/connector.ts';
import { evaluateRow } from './desired.ts';
import { checkExpression, compileMapped } from './expression.ts';
import type { DirectoryUser, Value } from './facts.ts';

export interface MappedRow {
  readonly target: string;
  readonly label: string;
  readonly expression: string;
  /** Null where the attribute is left out, and where there is an error. */
  readonly value: Value | null;
  /** Why the row gives nothing for this user, in words. */
  readonly error: string | null;
}

function mappedRow(row: AttributeMapping, user: DirectoryUser): MappedRow {
  const { expression, label, target } = row;
  const fault = checkExpression(expression);
  if (fault !== null)
    return { target, label, expression, value: null, error: `The expression cannot be used: ${fault}` };
  const result = evaluateRow({ ...row, evaluate: compileMapped(expression) }, user);
  if ('refusal' in result) return { target, label, expression, value: null, error: result.refusal.message };
  return { target, label, expression, value: result.value ?? null, error: null };
}

/** Each row, in their order. */
export function mappedRows(rows: readonly AttributeMapping[], user: DirectoryUser): MappedRow[] {
  return rows.map((row) => mappedRow(row, user));
}
