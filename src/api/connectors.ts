/** The catalog: what kinds of applications can be added. */
import { z } from 'zod';
import { catalog, findConnector } from '../connectors/catalog.ts';
import { behaviourSchema, certainties, type Connector } from '../connectors/connector.ts';
import { notFound } from '../errors.ts';
import { listOf, pageQuery } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { pageOfAll } from '../store/page.ts';

const scimPaths = z.array(z.string()).readonly();

const connectorSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string(),
    logo: z.string().describe('A drawing that stands for it, as data:image/svg+xml;base64,….'),
    baseUrl: z
      .string()
      .nullable()
      .describe(
        'Where its SCIM service is, unless an administrator sets another address; null where one must be set.',
      ),
    token: z.object({ label: z.string(), help: z.string() }),
    requiresSso: z.boolean(),
    sso: z
      .object({
        spEntityId: z.string(),
        acsUrls: z.array(z.string()).readonly(),
        signOnUrl: z.string().optional(),
        nameIdFormat: z.string(),
        attributes: z.array(z.object({ name: z.string(), expression: z.string() })).readonly(),
        sign: z.enum(['response', 'assertion', 'both']),
        asks: z.array(z.object({ name: z.string(), label: z.string(), help: z.string() })).readonly(),
      })
      .nullable(),
    behaviour: behaviourSchema,
    deprovisions: z
      .array(behaviourSchema.shape.users.shape.deprovision)
      .readonly()
      .describe('What `behaviour.users.deprovision` of a connection may be set to.'),
    import: z
      .object({
        username: scimPaths,
        email: scimPaths,
        displayname: scimPaths,
        firstname: scimPaths,
        lastname: scimPaths,
      })
      .describe(
        'From which SCIM attributes of an account a user is made: the first that has a value counts.',
      ),
    notes: z
      .array(
        z.object({
          text: z.string(),
          certainty: z.enum(certainties),
          checked: z.string(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Connector' });

/** A connector as it is answered. */
function toAnswer(connector: Connector): z.infer<typeof connectorSchema> {
  const logo = `data:image/svg+xml;base64,${Buffer.from(connector.logo).toString('base64')}`;
  return { ...connector, logo };
}

const tags = ['Catalog'];

const list: Route = (api) =>
  api.get(
    '/connectors',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List what can be added',
        querystring: pageQuery,
        response: { 200: listOf(connectorSchema) },
      },
    },
    (request) =>
      pageOfAll(
        catalog.map(toAnswer),
        request.query,
        ({ key }) => key,
        ({ key, name }) => `${name} ${key}`,
      ),
  );

const read: Route = (api) =>
  api.get(
    '/connectors/:key',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read a connector',
        params: z.strictObject({ key: z.string().max(100) }),
        response: { 200: connectorSchema },
      },
    },
    (request) => {
      const connector = findConnector(request.params.key);
      if (connector === undefined) throw notFound(`The connector "${request.params.key}"`);
      return toAnswer(connector);
    },
  );

export const connectorRoutes = routes(list, read);
