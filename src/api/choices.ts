/** Deciding on an account whose userName the application keeps (R15), or whose user was not let go (R46). */
import { z } from 'zod';
import { act } from '../http/act.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { choices, choose } from '../store/choices.ts';
import { getUserLink } from '../store/user-links.ts';
import { userSubject } from './deeds.ts';
import { userParams } from './link-schemas.ts';

const choiceBody = z
  .strictObject({
    choice: z
      .enum(choices)
      .describe(
        '`keep` the old account, or `move`: deactivate it and create or join the new one, groups with it. `leave`: what was rejected in a hold is taken back, and the user leaves after all.',
      ),
  })
  .meta({ id: 'Choice' });

const chosenSchema = z.object({ choice: z.enum(choices), message: z.string() }).meta({ id: 'Chosen' });

const MESSAGES = {
  keep: 'keeps the old account, and nobody is asked again until the username changes.',
  move: 'moves: the old account is deactivated, and the new one created or joined, groups with it.',
  leave: 'leaves after all, as the directory says.',
} as const;

const decide: Route = (api, { database }) =>
  api.post(
    '/applications/:id/users/:userId/choose',
    {
      config: { allow: 'administer', audit: 'account.chosen' },
      schema: {
        tags: ['Provisioning'],
        summary: 'Decide on an account whose userName the application keeps, or whose leaving was rejected',
        description:
          'Keep and move only where the user asks for `attention`, leave only where they are `kept`. Where the connection is inactive, a move begins with its activation, and nobody can be let leave.',
        params: userParams,
        body: choiceBody,
        response: { 200: chosenSchema },
      },
    },
    async (request) => {
      const { choice } = request.body;
      const { id, label } = await getApplication(database.db, request.params.id);
      const { userId } = await getUserLink(database.db, id, request.params.userId);
      const cause = causeOf(request, `account.${choice}`);
      const name = await act(database, request, async (tx) => {
        const chosen = await choose(tx, id, userId, choice, cause);
        const subject = userSubject({ id: userId, username: chosen.name });
        return [chosen.name, { subject, after: { application: label, choice } }];
      });
      return { choice, message: `${name} ${MESSAGES[choice]}` };
    },
  );

export const choiceRoutes = routes(decide);
