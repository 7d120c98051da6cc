/** What the service provider says of itself (RFC 7644 §4, RFC 7643 §5–§7). */
import { ScimError } from '../scim/error.ts';
import { urn, type JsonObject } from '../scim/resources.ts';
import type { Answer } from './http.ts';
import type { World } from './world.ts';

const attribute = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  type: 'string',
  multiValued: false,
  required: true,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

const schemas: JsonObject[] = [
  {
    schemas: [urn.schema],
    id: urn.user,
    name: 'User',
    attributes: [
      attribute('userName', { mutability: 'immutable', uniqueness: 'server' }),
      attribute('displayName', { required: false, mutability: 'immutable' }),
      attribute('active', { type: 'boolean', required: false }),
    ],
  },
  {
    schemas: [urn.schema],
    id: urn.group,
    name: 'Group',
    attributes: [
      attribute('displayName', { uniqueness: 'server' }),
      attribute('members', {
        type: 'complex',
        multiValued: true,
        required: false,
        subAttributes: [attribute('value', { caseExact: true, mutability: 'immutable' })],
      }),
    ],
  },
];

const resourceType = (id: string, schema: string): JsonObject => ({
  schemas: [urn.resourceType],
  id,
  name: id,
  endpoint: `/${id}s`,
  schema,
});

const resourceTypes: JsonObject[] = [resourceType('User', urn.user), resourceType('Group', urn.group)];

const configuration = (world: World): JsonObject => ({
  schemas: [urn.serviceProviderConfig],
  documentationUri: 'https://segment.com/docs/segment-app/iam/scim/',
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: world.behaviour.filter === 'honoured', maxResults: world.behaviour.pageSize },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'SSO token', description: 'Settings › Advanced Settings › SSO Sync' },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${world.base}/ServiceProviderConfig` },
});

const listOf = (resources: JsonObject[]): JsonObject => ({
  schemas: [urn.listResponse],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

function pick(name: string, resources: JsonObject[], id: string | undefined): JsonObject {
  if (id === undefined) return listOf(resources);
  const found = resources.find((resource) => resource['id'] === id);
  if (found) return found;
  throw new ScimError(404, `${name} ${id} does not exist.`);
}

const documents: Readonly<Record<string, (world: World, id: string | undefined) => JsonObject>> = {
  ServiceProviderConfig: configuration,
  ResourceTypes: (_, id) => pick('ResourceType', resourceTypes, id),
  Schemas: (_, id) => pick('Schema', schemas, id),
};

/** The document of that name, or undefined where it is no discovery endpoint or the toggle took them away. */
export function discover(world: World, name: string, id: string | undefined): Answer | undefined {
  const document = Object.hasOwn(documents, name) ? documents[name] : undefined;
  if (!document || world.behaviour.serviceProviderConfig === 'absent') return undefined;
  return { status: 200, body: JSON.stringify(document(world, id)) };
}
