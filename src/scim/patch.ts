import { isForbiddenName, isReadOnly } from './attributes.ts';
import { badRequest, ScimError } from './error.ts';
import { isJsonObject, isJsonValue, ownValue, sameJson, type JsonObject, type JsonValue } from './json.ts';
import { changeAt, type Operation } from './patch-at.ts';
import { parseAttributePath, readAttribute, type AttributePath } from './path.ts';
import { hasSchema, urn, type PatchOperation } from './resources.ts';

export type { PatchOperation } from './resources.ts';

/**
 * The operations of a PATCH request body (RFC 7644 §3.5.2). Throws ScimError 400 `invalidSyntax`, naming the operation;
 * paths and values are judged when they are applied.
 */
export function parsePatchRequest(body: unknown): PatchOperation[] {
  if (!isJsonObject(body) || !isJsonValue(body))
    throw badRequest('invalidSyntax', 'A PATCH body is a JSON object.');
  if (ownValue(body, 'schemas') !== undefined && !hasSchema(body, urn.patchOp)) {
    throw badRequest('invalidSyntax', `A PATCH body names ${urn.patchOp} in "schemas".`);
  }
  const operations = ownValue(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw badRequest('invalidSyntax', '"Operations" is missing or is no list of operations.');
  }
  return operations.map((operation, index) => explained(index, () => parseOperation(operation)));
}

function parseOperation(json: JsonValue): PatchOperation {
  if (!isJsonObject(json)) throw badRequest('invalidSyntax', 'An operation is a JSON object.');
  const [op, path] = [ownValue(json, 'op'), ownValue(json, 'path')];
  if (typeof op !== 'string') throw badRequest('invalidSyntax', '"op" is missing or is no text.');
  if (path !== undefined && typeof path !== 'string') throw badRequest('invalidPath', '"path" is no text.');
  return {
    op: kindOf(op),
    ...(path === undefined ? {} : { path }),
    ...(Object.hasOwn(json, 'value') ? { value: json['value'] ?? null } : {}),
  };
}

/**
 * The resource with the operations applied in order (RFC 7644 §3.5.2). The one given is never changed: either all
 * operations apply or a ScimError 400 is thrown that names the first that does not. Both share what did not change.
 *
 * Where the RFC leaves a choice: `remove` under a filter that selects nothing changes nothing; `add` under one makes
 * the value that the filter describes; `remove` of `members` removes all of them, whatever its `value`.
 */
export function applyPatch(resource: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  return operations.reduce(
    (patched, operation, index) => explained(index, () => applyOperation(patched, operation)),
    resource,
  );
}

function applyOperation(resource: JsonObject, { op, path, value }: PatchOperation): JsonObject {
  const kind = kindOf(op);
  if (kind === 'remove') {
    if (path === undefined || path === '') throw badRequest('noTarget', 'A "remove" needs a "path".');
    return applyAt(resource, parseAttributePath(path), { kind });
  }
  if (value === undefined) throw badRequest('invalidValue', `"${kind}" needs a "value".`);
  checkSafe(value);
  if (path !== undefined && path !== '') return applyAt(resource, parseAttributePath(path), { kind, value });
  if (!isJsonObject(value))
    throw badRequest('invalidValue', `Without a "path", "${kind}" needs an object as "value".`);
  return Object.entries(value).reduce(
    (patched, [name, inner]) => applyAt(patched, parseAttributePath(name), { kind, value: inner }),
    resource,
  );
}

function applyAt(resource: JsonObject, path: AttributePath, operation: Operation): JsonObject {
  if (path.schema === undefined && isReadOnly(path.attribute)) return untouched(resource, path, operation);
  const patched = changeAt(resource, path, operation);
  return operation.kind === 'remove' ? patched : withExtensionNamed(patched, path);
}

/** A read-only value may be sent as it is (RFC 7644 §3.5.2: else `mutability`). */
function untouched(resource: JsonObject, path: AttributePath, operation: Operation): JsonObject {
  if (operation.kind !== 'remove' && sameJson(readAttribute(resource, path), operation.value))
    return resource;
  throw badRequest('mutability', `"${path.attribute}" is set by the service provider alone.`);
}

/** `schemas` names each extension that the resource has (RFC 7643 §3.3). */
function withExtensionNamed(resource: JsonObject, { schema, attribute }: AttributePath): JsonObject {
  const extension = schema ?? (/^urn:/i.test(attribute) ? attribute : undefined);
  if (
    extension === undefined ||
    hasSchema(resource, extension) ||
    ownValue(resource, extension) === undefined
  ) {
    return resource;
  }
  return changeAt(resource, { attribute: 'schemas' }, { kind: 'add', value: extension });
}

function kindOf(op: string): 'add' | 'replace' | 'remove' {
  const kind = op.toLowerCase();
  if (kind === 'add' || kind === 'replace' || kind === 'remove') return kind;
  throw badRequest(
    'invalidSyntax',
    `"op" is "add", "replace" or "remove", not ${JSON.stringify(op.slice(0, 50))}.`,
  );
}

function checkSafe(value: JsonValue): void {
  if (!isJsonValue(value)) throw badRequest('invalidValue', 'The "value" is nested too deep.');
  const name = forbiddenNameIn(value);
  if (name !== undefined) throw badRequest('invalidValue', `The name "${name}" is not allowed in a "value".`);
}

function forbiddenNameIn(value: JsonValue): string | undefined {
  if (Array.isArray(value)) return first(value, forbiddenNameIn);
  if (!isJsonObject(value)) return undefined;
  return first(Object.entries(value), ([name, inner]) =>
    isForbiddenName(name) ? name : forbiddenNameIn(inner),
  );
}

function first<T>(list: readonly T[], find: (one: T) => string | undefined): string | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function explained<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new ScimError(error.status, `Operations[${index}]: ${error.detail}`, error.scimType);
  }
}
