/** What is wrong with an attribute mapping that somebody gives: targets that cannot be theirs, expressions that cannot be used. */
import type { AttributeMapping } from '../connectors/connector.ts';
import type { FieldError } from '../errors.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import { checkExpression } from '../provisioning/expression.ts';
import { ScimError } from '../scim/error.ts';
import { resourceFrom } from '../scim/client/resource.ts';
import { attributePathOf, readAttribute, writeAttribute } from '../scim/path.ts';

/** Ours to say, not a mapping's; a password is never sent (R14). */
const RESERVED = ['active', 'groups', 'id', 'members', 'meta', 'password', 'schemas'];

/** The core attributes by their full path (RFC 7644 §3.10): another name of the same, under which nobody would look for it. */
const CORE_SCHEMA = 'urn:ietf:params:scim:schemas:core:';

/** Targets that differ only in case or in spaces are one. */
const plain = (target: string): string => target.toLowerCase().replaceAll(/\s/g, '');

/** Each field of a mapping that cannot be used, by its path and in words. */
export function mappingErrors(mapping: readonly AttributeMapping[]): FieldError[] {
  const named = mapping.some((row) => row.target === USER_NAME);
  const missing = {
    path: 'mapping',
    message: 'must map userName: without it no account can be made or found.',
  };
  const errors = [...(named ? [] : [missing]), ...mapping.flatMap(rowErrors)];
  return errors.length > 0 ? errors : overwritten(mapping);
}

/**
 * Rows whose paths differ and lead to one place all the same, which is seen where both are written: `emails.value` is that of
 * the primary email, which may be the one of `emails[type eq "work"]`.
 */
function overwritten(mapping: readonly AttributeMapping[]): FieldError[] {
  const places = mapping.map(({ target }, at) => [target, `mapping[${at}]`] as const);
  const resource = resourceFrom(Object.fromEntries(places));
  return places.flatMap(([target, place]) => {
    const found = readAttribute(resource, target);
    const other = places.find(([, each]) => each === found)?.[1] ?? place;
    return other === place
      ? []
      : [{ path: `${place}.target`, message: `is overwritten by ${other}, which leads to the same place.` }];
  });
}

function rowErrors(row: AttributeMapping, at: number, rows: readonly AttributeMapping[]): FieldError[] {
  const targets = rows.map(({ target }) => plain(target));
  const target = targetProblem(row.target) ?? clash(targets, at);
  const expression = checkExpression(row.expression);
  return [
    ...(target === null ? [] : [{ path: `mapping[${at}].target`, message: target }]),
    ...(expression === null
      ? []
      : [{ path: `mapping[${at}].expression`, message: `cannot be used: ${expression}` }]),
  ];
}

function targetProblem(target: string): string | null {
  if (plain(target).startsWith(CORE_SCHEMA))
    return 'must be the plain path, without the URN of the core schema.';
  try {
    const path = attributePathOf(target);
    if (path.schema === undefined && RESERVED.includes(path.attribute.toLowerCase()))
      return 'cannot be mapped: Rollcall sets it itself, or never sends it.';
    writeAttribute({}, path, '');
    return null;
  } catch (error) {
    if (error instanceof ScimError) return `is not an attribute that can be written: ${error.detail}`;
    throw error;
  }
}

/** Two rows that write to one place: the later would overwrite the earlier without a word. */
function clash(targets: readonly string[], at: number): string | null {
  const target = targets[at] ?? '';
  const first = targets.indexOf(target);
  if (first < at) return `is mapped by mapping[${first}] already.`;
  const part = targets.findIndex((other) => ['.', '[', ':'].some((mark) => other.startsWith(target + mark)));
  return part < 0 ? null : `holds mapping[${part}].target: map the whole or its parts, not both.`;
}
