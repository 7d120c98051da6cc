/**
 * Reading an attribute that a user does not have. CEL fails there; a mapping leaves out what is empty. So each
 * `user.attributes.NAME` of a mapping is written anew as `user.attributes.orEmpty("NAME")` when it is compiled, which costs
 * a person of a sync next to nothing. What asks whether there is an attribute, `has(…)` and `"NAME" in …`, stays as it is.
 */
import type { ASTNode, Environment } from '@marcbachmann/cel-js';

/** Where the text of an expression is written anew: what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The environment, able to run what {@link readingEmpty} gives. */
export function withEmptyReads(environment: Environment): Environment {
  return environment.registerFunction('map.orEmpty(dyn): dyn', orEmpty, { async: false });
}

function orEmpty(attributes: Readonly<Record<string, unknown>>, name: unknown): unknown {
  return typeof name === 'string' && Object.hasOwn(attributes, name) ? attributes[name] : '';
}

/** The text of a parsed expression in which an attribute that is missing reads as empty. */
export function readingEmpty(ast: ASTNode): string {
  const edits = nodesIn(ast)
    .flatMap(editsOf)
    .sort((one, other) => other.from - one.from);
  return edits.reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), ast.input);
}

function nodesIn(part: unknown): ASTNode[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn);
  if (!isNode(part) || (part.op === 'call' && part.args[0] === 'has')) return [];
  return [part, ...nodesIn(part.args)];
}

const isNode = (part: unknown): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part;

/** Only the end of a node is written anew: what is before it may hold brackets that belong to no node. */
function editsOf(node: ASTNode): Edit[] {
  if (!((node.op === '.' || node.op === '[]') && isAttributes(node.args[0]))) return [];
  const { end } = node.range;
  const [attributes, name] = node.args;
  if (typeof name === 'string') return [{ from: end - name.length, to: end, text: `orEmpty("${name}")` }];
  const open = node.input.indexOf('[', attributes.range.end);
  return [
    { from: open, to: open + 1, text: '.orEmpty(' },
    { from: end - 1, to: end, text: ')' },
  ];
}

function isAttributes(node: ASTNode): boolean {
  return (
    node.op === '.' &&
    node.args[1] === 'attributes' &&
    node.args[0].op === 'id' &&
    node.args[0].args === 'user'
  );
}
