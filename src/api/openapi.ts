/** The OpenAPI 3.1 document, made from the schemas by which requests are parsed; it cannot say anything else. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rolesWith } from '../access/demand.ts';
import type { ApiDeps } from '../http/deps.ts';
import { cookieName } from '../http/session-cookie.ts';
import { problemSchema } from './problem.ts';

const TAGS = [
  { name: 'Users', description: 'The people of the directory.' },
  { name: 'Groups', description: 'Groups and their members. A group is bound to applications.' },
  { name: 'Catalog', description: 'What can be added as an application.' },
  { name: 'Applications', description: 'Configured applications and the groups that are bound to them.' },
  { name: 'Single sign-on', description: 'How people sign in to an application by SAML 2.0.' },
  { name: 'Identity management', description: 'The connection by which an application is provisioned.' },
  { name: 'Provisioning', description: 'What is sent to an application, what waits, and what it holds.' },
  {
    name: 'Events',
    description: 'Every operation, what was asked and answered, and which change caused it.',
  },
  { name: 'Insights', description: 'What was provisioned over time, in numbers.' },
  { name: 'Administrators', description: 'The people to whom a role in Rollcall was given.' },
  { name: 'API keys', description: 'Programs that may use this API, each with a role.' },
  { name: 'Settings', description: 'What the server was told, to look at, and whether mail arrives.' },
  { name: 'Audit trail', description: 'What administrators did, entry by entry. It is only ever added to.' },
  { name: 'Session', description: 'Signing in and out, as a person.' },
  { name: 'Me', description: 'What is your own: password, second factors, sessions, applications.' },
  { name: 'Credentials', description: 'Passwords, factors and sessions of others, for the help desk.' },
];

const INTRODUCTION = `A request carries an API key: \`Authorization: Bearer rc_…\`. A person has the cookie of a session
instead (\`POST /session\`), and sends its \`csrfToken\` as \`x-csrf-token\` with every write; where a write also says \`x-user-id\`, it is
refused if somebody else is signed in by then. A \`GET\` that says \`x-background: true\` is no use of the session, which comes to rest all the same.
The role of the key or of the person decides what they may do; each route names the permission that it asks for (\`x-permission\`) and the roles that include it.

Lists answer \`items\`, \`nextCursor\` and \`total\`, and take \`limit\`, \`cursor\`, \`search\` and, where a person would sort them, \`sort\`.
Every answer has an \`X-Request-Id\`, yours where you sent one: the log, the events and the audit trail name it with all that came of the request.
Reads give an \`ETag\`; a write that says \`If-Match\` is refused with 412 when somebody else was faster.
Errors are problem details (RFC 9457); for bad input, \`errors\` names each field.`;

const transform = createJsonSchemaTransform({});

const problemAnswer = {
  description: 'What went wrong, as a problem detail (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
};

const REFERENCE = /#\/components\/schemas\/(\w+)/g;
const componentsSchema = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const referencesIn = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(REFERENCE)].map((match) => match[1] ?? '');

const operationSchema = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })
    .optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
const nullableSchema = z.object({ anyOf: z.array(z.looseObject({ type: z.string().optional() })) });
const pathsSchema = z.record(z.string(), z.record(z.string(), operationSchema));

type Operation = z.infer<typeof operationSchema>;

const ETAG = { description: 'The version, for `If-Match`.', schema: { type: 'string' } };
const LOCATION = { description: 'Where what was made is.', schema: { type: 'string' } };
const isIfMatch = (parameter: { readonly name: string }): boolean => parameter.name === 'if-match';

/** Fastify has names of headers in lower case only. */
function namedAsInTheRfc({ parameters, ...rest }: Operation): Operation {
  if (parameters === undefined) return rest;
  return {
    ...rest,
    parameters: parameters.map((one) => (isIfMatch(one) ? { ...one, name: 'If-Match' } : one)),
  };
}

/** Fastify calls every body required; one that may be null may be left out (`optionalBody`). */
function withOptionalBody({ requestBody, ...rest }: Operation): Operation {
  if (requestBody === undefined) return rest;
  const schemas = Object.values(requestBody.content).map(
    ({ schema }) => nullableSchema.safeParse(schema).data,
  );
  const optional = schemas.some((schema) => schema?.anyOf.some(({ type }) => type === 'null'));
  return { ...rest, requestBody: { ...requestBody, required: !optional } };
}

function withHeaders({ responses, ...rest }: Operation, status: string, headers: object): Operation {
  const answer = responses[status];
  return { ...rest, responses: { ...responses, ...(answer && { [status]: { ...answer, headers } }) } };
}

const tagged = (operation: Operation): Operation => withHeaders(operation, '200', { ETag: ETAG });

const takesIfMatch = ({ parameters }: Operation): boolean => parameters?.some(isIfMatch) ?? false;

const isTagged = (methods: Readonly<Record<string, Operation>>): boolean =>
  Object.values(methods).some(takesIfMatch);

type Paths = z.infer<typeof pathsSchema>;

/** What is made by a POST to a list: told with where it can be read, and with its tag where it has one. */
function located(operation: Operation, list: string, paths: Paths): Operation {
  const record = Object.entries(paths).find(
    ([path, { get }]) =>
      get !== undefined && path.startsWith(`${list}/{`) && path.lastIndexOf('/') === list.length,
  )?.[1];
  if (record === undefined) return operation;
  return withHeaders(operation, '201', { Location: LOCATION, ...(isTagged(record) && { ETag: ETAG }) });
}

/**
 * The paths as they are: what can be written with `If-Match` is answered with its `ETag` (a POST says what it did, without one, and
 * where it made something that can be read, where that is), and a body that may be left out is not required.
 */
function corrected(given: unknown): Record<string, Record<string, Operation>> {
  const paths = pathsSchema.parse(given);
  const entries = Object.entries(paths).map(([path, methods]) => {
    const operations = Object.entries(methods).map(([method, operation]) => {
      const named = withOptionalBody(namedAsInTheRfc(operation));
      if (method === 'post') return [method, located(named, path, paths)] as const;
      return [method, isTagged(methods) ? tagged(named) : named] as const;
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * The document of a server that is ready. Every schema exists twice in it, as it comes in and as it goes out; only what a
 * route really names is kept, by its plain name.
 */
export function openApiDocument(app: FastifyInstance): unknown {
  const document = app.swagger();
  const { components, ...rest } = componentsSchema.parse(document);
  const kept = new Set<string>();
  const keep = (name: string): void => {
    if (kept.has(name)) return;
    kept.add(name);
    referencesIn(components.schemas[name]).forEach(keep);
  };
  referencesIn(rest).forEach(keep);
  const plain = (name: string): string => {
    const short = name.replace(/Input$/, '');
    return kept.has(short) ? name : short;
  };
  const schemas = Object.fromEntries([...kept].map((name) => [plain(name), components.schemas[name]]));
  const paths = corrected(document.paths);
  const text = JSON.stringify({ ...document, paths, components: { ...components, schemas } });
  return JSON.parse(text.replace(REFERENCE, (_all, name: string) => `#/components/schemas/${plain(name)}`));
}

/** What a route asks for, for programs and for people. */
function permissionOf(config: FastifyContextConfig | undefined): Record<string, unknown> {
  const allow = config?.allow;
  if (allow === undefined || allow === 'public') return { security: [] };
  if (allow === 'self') return { 'x-permission': allow, 'x-roles': [], security: [{ session: [] }] };
  return { 'x-permission': allow, 'x-roles': rolesWith(allow) };
}

/** What the document says beside the routes. */
export function openApiOptions({ config }: Pick<ApiDeps, 'config'>): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rollcall', version: '1', description: INTRODUCTION },
      servers: [{ url: config.publicUrl ?? '/' }],
      tags: TAGS,
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: cookieName(config, 'session') },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: (route) => {
      const answers = z.record(z.string(), z.unknown()).optional().parse(route.schema.response);
      const response = { ...answers, default: problemAnswer };
      return transform({
        ...route,
        schema: { ...route.schema, ...permissionOf(route.route.config), response },
      });
    },
    transformObject: jsonSchemaTransformObject,
  };
}
