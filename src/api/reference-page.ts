/** The page of the reference: routes by subject, then types, with a menu. */
import { roleNames } from '../access/demand.ts';
import { html, type Html, type Part } from '../html.ts';
import {
  documentSchema,
  type Content,
  type Document,
  type Operation,
  type Schema,
} from './reference-document.ts';

/** Text with `code` in backquotes. */
const inline = (text: string): Part =>
  text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));

/** The same in paragraphs. */
const prose = (text: string): Part =>
  text !== '' && text.split('\n\n').map((part) => html`<p>${inline(part)}</p>`);

/** With something between each and the next. */
const joined = (parts: readonly Part[], between: string): Part =>
  parts.map((part, index) => [index > 0 && between, part]);

const typeId = (name: string): string => `type-${name}`;
const operationId = ({ method, path }: Operation): string => `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`;

function typeText(schema: Schema): Part {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#${typeId(name)}">${name}</a>`;
  }
  if (schema.enum !== undefined)
    return joined(
      schema.enum.map((value) => html`<code>${String(value)}</code>`),
      ' | ',
    );
  if (schema.anyOf !== undefined) return joined(schema.anyOf.map(typeText), ' or ');
  if (schema.items !== undefined) return ['list of ', typeText(schema.items)];
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'anything');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** The object whose fields are worth a table: the schema itself, or what its list holds. */
const fieldsOf = (schema: Schema): Schema => (schema.items === undefined ? schema : fieldsOf(schema.items));

const row = (name: string, type: Part, needed: boolean, text: Part): Html =>
  html`<tr>
    <th scope="row"><code>${name}</code>${needed && html` <b title="required">*</b>`}</th>
    <td>${type}</td>
    <td>${text}</td>
  </tr>`;

const table = (rows: readonly Html[]): Html =>
  html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;

function fieldTable(schema: Schema): Part {
  const { properties, required = [] } = fieldsOf(schema);
  if (properties === undefined) return null;
  const rows = Object.entries(properties).map(([name, field]) =>
    row(name, typeText(field), required.includes(name), [
      prose(field.description ?? ''),
      field.default !== undefined && html`<p>Default: <code>${JSON.stringify(field.default)}</code></p>`,
      fieldTable(field),
    ]),
  );
  return table(rows);
}

function content(title: string, kinds: Content = {}): Part {
  const schema = Object.values(kinds)[0]?.schema;
  if (schema === undefined) return null;
  const names = Object.keys(kinds).map((kind) => html`<code>${kind}</code>`);
  return html`<h4>${title} <small>${joined(names, ', ')}</small></h4>
    <p>${typeText(schema)}</p>
    ${fieldTable(schema)}`;
}

function parameterTable({ parameters }: Operation): Part {
  if (parameters.length === 0) return null;
  const rows = parameters.map(({ description, in: place, name, required, schema }) =>
    row(name, typeText(schema), required, prose(description ?? (place === 'path' ? 'in the path' : ''))),
  );
  return html`<h4>Parameters</h4>
    ${table(rows)}`;
}

function permissionText(operation: Operation): Part {
  const permission = operation['x-permission'];
  if (permission === undefined) return null;
  const who = operation['x-roles'].map((role) => roleNames[role]).join(', ');
  return prose(
    `Asks for \`${permission}\`: ${who === '' ? 'anybody who is signed in, for what is their own' : who}.`,
  );
}

function operationText(operation: Operation): Html {
  const { description, method, path, requestBody, responses, summary } = operation;
  const answers = Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, answer]) => content(`Answer ${status}`, answer.content) ?? html`<h4>Answer ${status}</h4>`,
    );
  return html`<article id="${operationId(operation)}">
    <h3>${summary}</h3>
    <p class="route"><span class="method ${method}">${method}</span> <code>${path}</code></p>
    ${permissionText(operation)}${prose(description)}${parameterTable(operation)}
    ${content('Body', requestBody?.content)}${answers}
  </article>`;
}

const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );

interface Section {
  readonly name: string;
  readonly description: string;
  readonly own: readonly Operation[];
}

/** By subject, without those that have no route. */
function sectionsOf(document: Document): Section[] {
  const operations = operationsOf(document);
  return document.tags
    .map((tag) => ({ ...tag, own: operations.filter(({ tags }) => tags.includes(tag.name)) }))
    .filter(({ own }) => own.length > 0);
}

const menuOf = ({ name, own }: Section): Html =>
  html`<h2>${name}</h2>
    <ul>
      ${own.map((each) => html`<li><a href="#${operationId(each)}">${each.summary}</a></li>`)}
    </ul>`;

const sectionText = ({ description, name, own }: Section): Html =>
  html`<section>
    <h2>${name}</h2>
    ${prose(description)}${own.map(operationText)}
  </section>`;

const typeArticle = ([name, schema]: readonly [string, Schema]): Html =>
  html`<article id="${typeId(name)}">
    <h3>${name}</h3>
    ${fieldTable(schema)}
  </article>`;

/** The reference page of an OpenAPI document. */
export function referencePage(openapi: unknown): Html {
  const document = documentSchema.parse(openapi);
  const { components, info } = document;
  const sections = sectionsOf(document);
  const types = Object.entries(components.schemas).filter(
    ([, schema]) => fieldsOf(schema).properties !== undefined,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title} API</title>
        <link rel="stylesheet" href="/api/docs/style.css" />
      </head>
      <body>
        <nav aria-label="Contents">
          ${sections.map(menuOf)}
          <h2><a href="#types">Types</a></h2>
        </nav>
        <main>
          <h1>${info.title} API</h1>
          ${prose(info.description)}
          <p>As a document for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
          ${sections.map(sectionText)}
          <section id="types">
            <h2>Types</h2>
            ${types.map(typeArticle)}
          </section>
        </main>
      </body>
    </html>`;
}
