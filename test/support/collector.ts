/** A collector of OpenTelemetry: takes OTLP over HTTP as JSON, and shows what it was given. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { z } from 'zod';

const attributesSchema = z
  .array(
    z.object({
      key: z.string(),
      value: z.union([
        z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
        z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
      ]),
    }),
  )
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  /** As OTLP numbers them: 1 internal, 2 server, 3 client. */
  kind: z.number(),
  attributes: attributesSchema,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })),
  status: z.object({ code: z.number() }),
});

const resourceSchema = z.object({
  attributes: z.array(z.looseObject({ key: z.string(), value: z.looseObject({}) })),
});

const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({ resource: resourceSchema, scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) }),
  ),
});

/** A span, with the name of the service that it comes from. */
export type Collected = z.infer<typeof spanSchema> & { readonly service: unknown };

export interface Collector {
  readonly url: string;
  /** Everything that came, as it came. */
  readonly bodies: readonly string[];
  /** The `authorization` of each request. */
  readonly authorizations: readonly (string | undefined)[];
  readonly spans: () => Collected[];
  /** From now on, with that status. */
  readonly answers: (status: number) => void;
}

function spansIn(body: string): Collected[] {
  return tracesSchema.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value['stringValue'];
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service })));
  });
}

/** Starts one; it ends with the test file. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const taken = request.method === 'POST' && request.url === '/v1/traces';
      if (taken) bodies.push(body);
      if (taken) authorizations.push(request.headers.authorization);
      response.writeHead(taken ? status : 404, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    authorizations,
    spans: () => bodies.flatMap(spansIn),
    answers: (next) => {
      status = next;
    },
  };
}
