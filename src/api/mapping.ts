/** The mapping applied to one user: from what to what, and what the application holds. Nothing is written. */
import { z } from 'zod';
import { requireConnector } from '../connectors/catalog.ts';
import { behaviourSchema, type AttributeMapping } from '../connectors/connector.ts';
import { effectiveBehaviour } from '../connectors/settings.ts';
import type { User } from '../directory/user.ts';
import { idParams, idSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { mappedRows } from '../provisioning/mapped-rows.ts';
import { getApplication } from '../store/applications.ts';
import { getUserLink, type UserInApplication } from '../store/user-links.ts';
import { getUser } from '../store/users.ts';
import { valueSchema } from './link-schemas.ts';

export const mappedRowSchema = z
  .object({
    target: z.string().describe('The SCIM attribute.'),
    label: z.string(),
    expression: z.string(),
    value: valueSchema.nullable().describe('What it gives for the user; null where it gives nothing.'),
    error: z.string().nullable().describe('Why it gives nothing, in words.'),
    holds: valueSchema
      .nullable()
      .describe('What the application holds, as it last answered; null where it holds nothing.'),
  })
  .meta({ id: 'MappedRow' });

/** What each row gives for a user, beside what the application holds of them. */
export function mappingOf(
  rows: readonly AttributeMapping[],
  user: User,
  { accepted }: UserInApplication,
): z.infer<typeof mappedRowSchema>[] {
  return mappedRows(rows, user).map((row) => ({ ...row, holds: accepted[row.target] ?? null }));
}

const previewBody = z
  .strictObject({
    userId: idSchema,
    mapping: behaviourSchema.shape.mapping.optional().describe('The one in effect, where it is left out.'),
  })
  .meta({ id: 'MappingToTry' });

const previewSchema = z
  .object({ userId: z.guid(), name: z.string(), rows: z.array(mappedRowSchema) })
  .meta({ id: 'MappingPreview' });

const preview: Route = (api, { database }) =>
  api.post(
    '/applications/:id/identity-management/preview',
    {
      config: { allow: 'administer', audit: null },
      schema: {
        tags: ['Identity management'],
        summary: 'Try a mapping on a user',
        description: 'Says what each row gives, whatever the others give. Writes nothing.',
        params: idParams,
        body: previewBody,
        response: { 200: previewSchema },
      },
    },
    async (request) => {
      const { mapping, userId } = request.body;
      const application = await getApplication(database.db, request.params.id);
      const user = await getUser(database.db, userId);
      const link = await getUserLink(database.db, application.id, userId);
      const rows = mapping ?? effectiveBehaviour(requireConnector(application), application.settings).mapping;
      return { userId, name: link.name, rows: mappingOf(rows, user, link) };
    },
  );

export const mappingRoutes = routes(preview);
