/** What somebody who begins does first, and what of it is done. */
import { z } from 'zod';
import { listOf, pageQuery } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { firstSteps, readFirstSteps } from '../store/first-steps.ts';
import { pageOfAll } from '../store/page.ts';

const stepSchema = z
  .object({
    step: z
      .enum(firstSteps)
      .describe(
        '`people` and `groups` in the directory, an `application`, its `activation`, and the `binding` of groups to it.',
      ),
    done: z.boolean(),
  })
  .meta({ id: 'FirstStep' });

const list: Route = (api, { database }) =>
  api.get(
    '/first-steps',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Provisioning'],
        summary: 'See what is set up so far',
        description: 'In the order in which it is done: what begins with nobody ends with accounts.',
        querystring: pageQuery,
        response: { 200: listOf(stepSchema) },
      },
    },
    async (request) => {
      const found = await readFirstSteps(database.db);
      const nameOf = ({ step }: { readonly step: string }): string => step;
      return pageOfAll(
        firstSteps.map((step) => ({ step, done: found[step] })),
        request.query,
        nameOf,
        nameOf,
      );
    },
  );

export const firstStepRoutes = routes(list);
