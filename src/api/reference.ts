/** The readable reference at `/api/docs`: one page made from the OpenAPI document, with nothing loaded from elsewhere. */
import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';
import { roleNames } from '../access/demand.ts';
import { roles } from '../access/roles.ts';
import { openApiDocument } from './openapi.ts';
import { CSS } from './reference-style.ts';

interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
}

const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    items: schemaSchema.optional(),
    anyOf: z.array(schemaSchema).optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema.optional() })).optional();

const operationSchema = z.object({
  tags: z.array(z.string()).default(['Other']),
  summary: z.string().default(''),
  description: z.string().default(''),
  'x-permission': z.string().optional(),
  'x-roles': z.array(z.enum(roles)).default([]),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().optional(),
        schema: schemaSchema.default({}),
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().default(''), content: contentSchema })),
});

const documentSchema = z.object({
  info: z.object({ title: z.string(), description: z.string().default('') }),
  tags: z.array(z.object({ name: z.string(), description: z.string().default('') })).default([]),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema).default({}) }),
});

type Document = z.infer<typeof documentSchema>;
interface Operation extends z.infer<typeof operationSchema> {
  readonly method: string;
  readonly path: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
/** Plain text with `code` in backquotes and paragraphs. */
const prose = (text: string): string =>
  text === ''
    ? ''
    : escape(text)
        .split('\n\n')
        .map((part) => `<p>${part.replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
        .join('');

const typeId = (name: string): string => `type-${escape(name)}`;
const operationId = ({ method, path }: Operation): string => `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`;

function typeText(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${typeId(name)}">${escape(name)}</a>`;
  }
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `<code>${escape(String(value))}</code>`).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' or ');
  if (schema.items !== undefined) return `list of ${typeText(schema.items)}`;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'anything');
  return escape(schema.format === undefined ? type : `${type} (${schema.format})`);
}

/** The object whose fields are worth a table: the schema itself, or what its list holds. */
const fieldsOf = (schema: Schema): Schema => (schema.items === undefined ? schema : fieldsOf(schema.items));

function row(name: string, type: string, needed: boolean, text: string, more: string): string {
  const mark = needed ? ' <b title="required">*</b>' : '';
  return `<tr><th scope="row"><code>${escape(name)}</code>${mark}</th><td>${type}</td><td>${prose(text)}${more}</td></tr>`;
}

function fieldTable(schema: Schema): string {
  const { properties, required = [] } = fieldsOf(schema);
  if (properties === undefined) return '';
  const rows = Object.entries(properties).map(([name, field]) => {
    const standard =
      field.default === undefined
        ? ''
        : `<p>Default: <code>${escape(JSON.stringify(field.default))}</code></p>`;
    return row(
      name,
      typeText(field),
      required.includes(name),
      field.description ?? '',
      standard + fieldTable(field),
    );
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function content(title: string, kinds: z.infer<typeof contentSchema>): string {
  const schema = Object.values(kinds ?? {})[0]?.schema;
  if (schema === undefined) return '';
  const names = Object.keys(kinds ?? {}).map((kind) => `<code>${escape(kind)}</code>`);
  return `<h4>${title} <small>${names.join(', ')}</small></h4><p>${typeText(schema)}</p>${fieldTable(schema)}`;
}

function parameterTable(operation: Operation): string {
  if (operation.parameters.length === 0) return '';
  const rows = operation.parameters.map((parameter) => {
    const where = parameter.in === 'path' ? 'in the path' : '';
    return row(
      parameter.name,
      typeText(parameter.schema),
      parameter.required,
      parameter.description ?? where,
      '',
    );
  });
  return `<h4>Parameters</h4><table><tbody>${rows.join('')}</tbody></table>`;
}

function permissionText(operation: Operation): string {
  const permission = operation['x-permission'];
  if (permission === undefined) return '';
  const who = operation['x-roles'].map((role) => roleNames[role]).join(', ');
  return prose(
    `Asks for \`${permission}\`: ${who === '' ? 'anybody who is signed in, for what is their own' : who}.`,
  );
}

function operationText(operation: Operation): string {
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status !== 'default')
    .map(([status, answer]) => content(`Answer ${status}`, answer.content) || `<h4>Answer ${status}</h4>`);
  return `<article id="${operationId(operation)}">
    <h3>${escape(operation.summary)}</h3>
    <p class="route"><span class="method ${operation.method}">${operation.method}</span> <code>${escape(operation.path)}</code></p>
    ${permissionText(operation)}${prose(operation.description)}${parameterTable(operation)}
    ${content('Body', operation.requestBody?.content)}${answers.join('')}</article>`;
}

const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );

/** The reference page of an OpenAPI document. */
export function referencePage(openapi: unknown): string {
  const document = documentSchema.parse(openapi);
  const operations = operationsOf(document);
  const sections = document.tags
    .map(({ name, description }) => ({
      name,
      description,
      own: operations.filter(({ tags }) => tags.includes(name)),
    }))
    .filter(({ own }) => own.length > 0);
  const menu = sections.map(({ name, own }) => {
    const items = own.map((each) => `<li><a href="#${operationId(each)}">${escape(each.summary)}</a></li>`);
    return `<h2>${escape(name)}</h2><ul>${items.join('')}</ul>`;
  });
  const body = sections.map(
    ({ name, description, own }) =>
      `<section><h2>${escape(name)}</h2>${prose(description)}${own.map(operationText).join('')}</section>`,
  );
  const types = Object.entries(document.components.schemas)
    .filter(([, schema]) => fieldsOf(schema).properties !== undefined)
    .map(
      ([name, schema]) =>
        `<article id="${typeId(name)}"><h3>${escape(name)}</h3>${fieldTable(schema)}</article>`,
    );
  const title = `${escape(document.info.title)} API`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${title}</title><link rel="stylesheet" href="/api/docs/style.css"></head><body>
    <nav aria-label="Contents">${menu.join('')}<h2><a href="#types">Types</a></h2></nav>
    <main><h1>${title}</h1>${prose(document.info.description)}
    <p>As a document for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
    ${body.join('')}<section id="types"><h2>Types</h2>${types.join('')}</section></main></body></html>`;
}

export const referenceRoutes: FastifyPluginCallback = (api, _options, done) => {
  const hidden = { config: { allow: 'public' as const }, schema: { hide: true } };
  let document: unknown;
  const documentOnce = (): unknown => (document ??= openApiDocument(api));
  api.get('/v1/openapi.json', hidden, () => documentOnce());
  api.get('/docs', hidden, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(documentOnce())),
  );
  api.get('/docs/style.css', hidden, (_request, reply) => reply.type('text/css; charset=utf-8').send(CSS));
  done();
};
