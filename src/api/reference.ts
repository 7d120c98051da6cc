/** The readable reference at `/api/docs`: one page made from the OpenAPI document, with nothing loaded from elsewhere. */
import type { FastifyPluginCallback } from 'fastify';
import { openApiDocument } from './openapi.ts';
import { referencePage } from './reference-page.ts';
import { CSS } from './reference-style.ts';

/** Outside the base, without a key. */
export const referenceRoutes: FastifyPluginCallback = (api, _options, done) => {
  const hidden = { config: { allow: 'public' as const }, schema: { hide: true } };
  let document: unknown;
  const documentOnce = (): unknown => (document ??= openApiDocument(api));
  api.get('/v1/openapi.json', hidden, () => documentOnce());
  api.get('/docs', hidden, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(documentOnce()).text),
  );
  api.get('/docs/style.css', hidden, (_request, reply) => reply.type('text/css; charset=utf-8').send(CSS));
  done();
};
