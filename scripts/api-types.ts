/** The types of the API, from its published document: what the console's client is typed by. */
import openapiTypescript, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../src/api/openapi.ts';
import { buildApi } from '../src/api/server.ts';
import { nothing } from '../test/support/routes.ts';

const HEAD = '/** Made by `npm run docs` from the API’s OpenAPI document. */\n\n';

async function documentText(): Promise<string> {
  const app = buildApi(nothing);
  await app.ready();
  const text = JSON.stringify(openApiDocument(app));
  await app.close();
  return text;
}

/** The file console/src/api/schema.d.ts. */
export async function apiTypes(): Promise<string> {
  return HEAD + astToString(await openapiTypescript(await documentText()));
}
