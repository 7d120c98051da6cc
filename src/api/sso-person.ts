/** What a sign-in would tell an application of somebody, before they try it. Nothing is sent or written. */
import { z } from 'zod';
import { idSchema } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { notAssigned } from '../idp/answer.ts';
import { claimsOf, type Claims } from '../idp/assertion.ts';
import { whoAsks, type Asking } from '../idp/person.ts';
import { samlApplication, type SamlApplication } from '../idp/saml-application.ts';
import { NAME_ID_FORMAT } from '../saml/names.ts';
import { SamlRefusal } from '../saml/refusal.ts';
import { getApplication } from '../store/applications.ts';
import { getUser } from '../store/users.ts';

const claimsSchema = z.object({
  nameId: z.object({ value: z.string(), format: z.string() }),
  attributes: z.array(z.object({ name: z.string(), values: z.array(z.string()).readonly() })).readonly(),
});

const trialSchema = z
  .object({
    message: z.string().describe('As whom they would be signed in; or why they would not, and what to do.'),
    claims: claimsSchema
      .nullable()
      .describe('What the application would be told; null where nobody signs in.'),
  })
  .meta({ id: 'SignOnPreview' });

type Trial = z.infer<typeof trialSchema>;

const refused = (message: string): Trial => ({ message, claims: null });

/** A transient name is another one each time. */
function welcomed({ who }: Asking, label: string, { attributes, nameId }: Claims): Trial {
  const as = nameId.format === NAME_ID_FORMAT.transient ? 'under a new name each time' : `as ${nameId.value}`;
  const told = attributes.map(({ name, values }) => ({ name, values }));
  return {
    message: `${who.name} would be signed in to ${label} ${as}.`,
    claims: { nameId, attributes: told },
  };
}

async function tryOn(deps: ApiDeps, saml: SamlApplication, userId: string): Promise<Trial> {
  const { id, label } = saml.application;
  const asking = await whoAsks(deps.database.db, id, userId);
  if (asking.user === null) return refused(notAssigned(asking.who, label));
  try {
    return welcomed(asking, label, await claimsOf({ deps, saml }, asking));
  } catch (error) {
    if (error instanceof SamlRefusal) return refused(error.message);
    throw error;
  }
}

const preview: Route = (api, deps) =>
  api.get(
    '/applications/:id/sso/people/:userId',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Single sign-on'],
        summary: 'Read what a sign-in would tell of a user',
        description: 'As whom the application would know them now. Nothing is sent.',
        params: z.strictObject({ id: idSchema, userId: idSchema }),
        response: { 200: trialSchema },
      },
    },
    async (request) => {
      const application = await getApplication(deps.database.db, request.params.id);
      const { id: userId } = await getUser(deps.database.db, request.params.userId);
      const saml = await samlApplication(deps, request, application);
      return typeof saml === 'string' ? refused(saml) : tryOn(deps, saml, userId);
    },
  );

export const ssoPersonRoutes = routes(preview);
