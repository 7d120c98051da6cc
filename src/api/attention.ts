/** What needs an administrator first, across applications. */
import { z } from 'zod';
import { count } from '../count.ts';
import { listOf, pageQuery, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { TARGET_CHANGED } from '../provisioning/made-sure.ts';
import { listNeeds, needKinds, type Need } from '../store/attention.ts';
import { pageOfAll } from '../store/page.ts';

const needSchema = z
  .object({
    kind: z
      .enum(needKinds)
      .describe(
        '`paused`: a connection; `unread`: nothing is sent before what an application holds has been read, and it could not be for long; `delayed`: records that have failed for more than an hour, and are tried again by themselves; `held`: leavers who wait for an approval; `choice`: accounts on which somebody has to decide; `failed`: records and memberships that were refused; `inventory`: what an application holds could not be read, or is not believed; `certificate`: one that expires, or has.',
      ),
    application: z.object({ id: z.guid(), label: z.string() }),
    sentence: z.string().describe('What it is, and what to do.'),
    count: z.int().describe('How many records it is about.'),
    among: z
      .enum(['user', 'group'])
      .nullable()
      .describe(
        'In which list of the application the records are: its users, or its groups where it is about these alone.',
      ),
    since: timeSchema.describe('Since when; of a certificate, when it expires.'),
  })
  .meta({ id: 'Need' });

function certificateSentence({ application: { label }, since }: Need, now: Date): string {
  const days = Math.ceil((since.getTime() - now.getTime()) / 86_400_000);
  if (days <= 0)
    return `The signing certificate of ${label} has expired. Make a new one and give it to the application.`;
  return `The signing certificate of ${label} expires in ${count(days, 'day')}. Make the next one and give it to the application.`;
}

/** What it is and what to do, in words. */
export function needInWords(need: Need, now: Date): string {
  const { label } = need.application;
  switch (need.kind) {
    case 'paused':
      return `The connection of ${label} is paused, and nothing is sent. ${need.reason ?? ''}`.trim();
    case 'unread':
      return `What ${label} holds could not be read since ${TARGET_CHANGED}, and nothing is sent before it is. ${need.reason ?? ''}`.trim();
    case 'delayed':
      return `${count(need.count, 'record has', 'records have')} failed to be sent to ${label} for more than an hour, and ${need.count === 1 ? 'is' : 'are'} tried again. ${need.reason ?? ''}`.trim();
    case 'held':
      return `${count(need.count, 'deactivation waits', 'deactivations wait')} in ${label} for your approval.`;
    case 'choice':
      return `${count(need.count, 'account')} of ${label} kept another user name: keep it, or move to the new one.`;
    case 'failed':
      return `${count(need.count, `record of ${label} was`, `records of ${label} were`)} refused. Each says why, and what to do about it.`;
    case 'inventory':
      return `The last reading of what ${label} holds could not be used. ${need.reason ?? ''}`.trim();
    case 'certificate':
      return certificateSentence(need, now);
  }
}

/** There are few, and whoever looks wants to see them all. */
const needQuery = pageQuery.extend({ limit: pageQuery.shape.limit.default(1000) });

const list: Route = (api, { clock, database }) =>
  api.get(
    '/attention',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Provisioning'],
        summary: 'See what needs an administrator',
        description:
          'Across applications: what stops everything first, then what has waited longest. `search` looks in the label and in the sentence.',
        querystring: needQuery,
        response: { 200: listOf(needSchema) },
      },
    },
    async (request) => {
      const needs = await listNeeds(database.db);
      const now = clock.now();
      const items = needs.map((need) => {
        const { among, application, count, kind, since } = need;
        return {
          kind,
          application,
          sentence: needInWords(need, now),
          count,
          among,
          since: since.toISOString(),
        };
      });
      return pageOfAll(
        items,
        request.query,
        ({ kind, application, since }) => `${kind} ${application.id} ${since}`,
        ({ application, sentence }) => `${application.label} ${sentence}`,
      );
    },
  );

export const attentionRoutes = routes(list);
