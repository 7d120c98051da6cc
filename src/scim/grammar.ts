/** Filters and attribute paths, from text to a tree (RFC 7644 §3.4.2.2, §3.5.2). */
import { isForbiddenName } from './attributes.ts';
import { parseJson } from './json.ts';
import { Words } from './lexer.ts';

/**
 * An attribute as a filter or a PATCH names it (RFC 7644 §3.5.2): `userName`, `name.givenName`,
 * `emails[type eq "work"].value`, `urn:…:extension:enterprise:2.0:User:department`.
 * `schema` is an extension's URN; that of a core schema is left out, as it changes nothing.
 */
export interface AttributePath {
  readonly schema?: string;
  readonly attribute: string;
  readonly filter?: Filter;
  readonly subAttribute?: string;
}

export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A filter as a tree. A value path alone, such as `emails[type eq "work"]`, asks whether it is present. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly operator: ComparisonOperator;
      readonly value: string | number | boolean | null;
    };

const operators: ReadonlySet<string> = new Set<ComparisonOperator>([
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
]);

/** `$ref` is the one name of RFC 7643 that its own grammar does not allow. */
const attributeName = /^(?:(urn:.+):)?(\$?[a-z][\w-]*)(?:\.(\$?[a-z][\w-]*))?$/i;
const coreSchema = /^urn:ietf:params:scim:schemas:core:2\.0(?::|$)/i;
/** A whole extension: version, then a name of a resource type, which is written with a capital. */
const wholeSchema = /^urn:.+:\d+(?:\.\d+)*:[A-Z]\w*$/;

/** Reads a filter (RFC 7644 §3.4.2.2, figure 1). Throws ScimError 400 `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const words = new Words(text, 'invalidFilter');
  const filter = disjunction(words, false);
  words.expectEnd();
  return filter;
}

/** Reads an attribute path (RFC 7644 §3.5.2, figure 7). Throws ScimError 400 `invalidPath`. */
export function parseAttributePath(text: string): AttributePath {
  const words = new Words(text, 'invalidPath');
  const path = attributePath(words, false);
  words.expectEnd();
  return path;
}

function disjunction(words: Words, inBrackets: boolean): Filter {
  return joined(words, 'or', () => joined(words, 'and', () => factor(words, inBrackets)));
}

function joined(words: Words, kind: 'and' | 'or', read: () => Filter): Filter {
  const first = read();
  if (words.peek().toLowerCase() !== kind) return first;
  const filters = [first];
  while (words.takeIf(kind)) filters.push(read());
  return { kind, filters };
}

function factor(words: Words, inBrackets: boolean): Filter {
  if (words.peek().toLowerCase() === 'not' && words.peek(1) === '(') {
    words.take();
    return { kind: 'not', filter: group(words, inBrackets) };
  }
  return words.peek() === '(' ? group(words, inBrackets) : expression(words, inBrackets);
}

function group(words: Words, inBrackets: boolean): Filter {
  words.expect('(');
  const filter = words.nested(() => disjunction(words, inBrackets));
  words.expect(')');
  return filter;
}

function expression(words: Words, inBrackets: boolean): Filter {
  const path = attributePath(words, inBrackets);
  if (words.takeIf('pr')) return { kind: 'present', path };
  if (path.filter !== undefined && path.subAttribute === undefined) return { kind: 'present', path };
  const operator = words.take().toLowerCase();
  if (!isOperator(operator)) throw words.error(`"${operator.slice(0, 50)}" is no operator`);
  const value = literal(words);
  if (!accepts(operator, value)) throw words.error(`"${operator}" cannot compare with ${String(value)}`);
  return { kind: 'compare', path, operator, value };
}

function isOperator(word: string): word is ComparisonOperator {
  return operators.has(word);
}

/** Booleans and null have no order and no beginning (RFC 7644 §3.4.2.2: such a filter is an `invalidFilter`). */
function accepts(operator: ComparisonOperator, value: string | number | boolean | null): boolean {
  if (operator === 'eq' || operator === 'ne') return true;
  return typeof value === 'string' || (typeof value === 'number' && !['co', 'sw', 'ew'].includes(operator));
}

function literal(words: Words): string | number | boolean | null {
  const word = words.take();
  const value = parseJson(word.startsWith('"') ? word : word.toLowerCase());
  if (value === null || (value !== undefined && typeof value !== 'object')) return value;
  throw words.error(`${word.slice(0, 50)} is no value; texts stand in double quotes`);
}

function attributePath(words: Words, inBrackets: boolean): AttributePath {
  const path = named(words, words.take());
  if (words.peek() !== '[') return path;
  if (inBrackets || path.subAttribute !== undefined) throw words.error('a bracket may not stand here');
  words.take();
  const filter = words.nested(() => disjunction(words, true));
  words.expect(']');
  if (!words.peek().startsWith('.')) return { ...path, filter };
  const after = named(words, words.take().slice(1));
  if (after.subAttribute !== undefined) throw words.error('one name at most may follow a bracket');
  return { ...path, filter, subAttribute: after.attribute };
}

function named(words: Words, word: string): AttributePath {
  if (wholeSchema.test(word) && !coreSchema.test(word)) return { attribute: word };
  const [, schema, attribute, subAttribute] = attributeName.exec(word) ?? [];
  if (attribute === undefined || wholeSchema.test(word))
    throw words.error(`${word.slice(0, 50)} is no attribute`);
  if (isForbiddenName(attribute) || isForbiddenName(subAttribute ?? '')) {
    throw words.error(`the name ${word.slice(0, 50)} is not allowed`);
  }
  return {
    ...(schema === undefined || coreSchema.test(schema) ? {} : { schema }),
    attribute,
    ...(subAttribute === undefined ? {} : { subAttribute }),
  };
}
