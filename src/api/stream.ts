/** The log and the status of applications, live, as server-sent events (WHATWG HTML, §9.2). */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { badInput } from '../errors.ts';
import { mayStill } from '../http/auth.ts';
import { idSchema } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import type { Database } from '../store/database.ts';
import { eventsAfter, type LoggedEvent } from '../store/event-log.ts';
import { getStatus, listStatuses, type ApplicationStatus } from '../store/status.ts';
import { eventSummary, eventSummarySchema } from './events-schema.ts';
import { LATE_MS, timeOf } from '../store/event-ids.ts';
import { Feed, type Watcher } from './feed.ts';
import { Outbox } from './outbox.ts';
import { statusAnswer, statusSchema } from './status.ts';

const HEARTBEAT_MS = 15_000;
/** A message and not a comment, which browsers keep from scripts: a script has to notice when it stays away. */
const HEARTBEAT = 'event: here\ndata: here\n\n';
const RETRY_MS = 2000;
const CATCH_UP_BATCH = 500;
/** In characters. A client for whom more waits than this does not read, and is disconnected. */
const OUTBOX_LIMIT = 4 * 1024 * 1024;
/** As many events may happen while a client still reads what it missed. */
const LATER_LIMIT = 5000;

const streamQuery = z.strictObject({
  application: idSchema.optional().describe('Only this application.'),
  lastEventId: idSchema.optional().describe('As `Last-Event-ID`, for clients that cannot set a header.'),
});

/** Sent as a stream, and not by a serializer. */
const messageSchema: z.ZodType = z.union([
  eventSummarySchema,
  statusSchema.extend({ application: z.guid() }),
]);

const streamAnswer = {
  description:
    'Messages `event` (the id is the event’s, the data an EventSummary) and `status` (the data an application’s status with its id). A message `here` each 15 seconds shows that the connection lives.',
  content: {
    'text/event-stream': { schema: messageSchema },
  },
};

const eventText = (event: LoggedEvent): string =>
  `id: ${event.id}\nevent: event\ndata: ${JSON.stringify(eventSummary(event))}\n\n`;

const statusText = (status: ApplicationStatus): string =>
  `event: status\ndata: ${JSON.stringify({ application: status.id, ...statusAnswer(status) })}\n\n`;

function lastIdOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  const id = idSchema.safeParse(header);
  if (id.success) return id.data;
  const message = 'must be the id of an event that this stream sent.';
  throw badInput(`Last-Event-ID ${message}`, [{ path: 'Last-Event-ID', message }]);
}

/** Shows a client that the connection lives, or ends it where the client may not watch any more. */
async function beat(outbox: Outbox, mayWatch: () => Promise<boolean>): Promise<void> {
  // While the database is away nobody can be asked, and nothing happens that could be told.
  if (await mayWatch().catch(() => true)) outbox.send(HEARTBEAT);
  else outbox.destroy();
}

/** One feed for all clients of this process, while there are any. */
class Audience {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #watchers = new Set<Watcher>();
  readonly #outboxes = new Set<Outbox>();
  #feed: Promise<Feed> | undefined;

  constructor({ database, clock }: Pick<ApiDeps, 'database' | 'clock'>) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Adds a watcher until its outbox closes, or it may not watch any more; what happens from then on reaches it. Rejects where the
   * database is away: whoever comes next begins anew.
   */
  async join(watcher: Watcher, outbox: Outbox, mayWatch: () => Promise<boolean>): Promise<Feed> {
    this.#watchers.add(watcher);
    this.#outboxes.add(outbox);
    const heartbeat = setInterval(() => void beat(outbox, mayWatch), HEARTBEAT_MS);
    outbox.once('close', () => {
      clearInterval(heartbeat);
      this.#watchers.delete(watcher);
      this.#outboxes.delete(outbox);
      if (this.#watchers.size === 0) void this.#rest();
    });
    const feed = (this.#feed ??= this.#begin());
    try {
      return await feed;
    } catch (error) {
      if (this.#feed === feed) this.#feed = undefined;
      outbox.destroy();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const outbox of this.#outboxes) outbox.destroy();
    await this.#rest();
  }

  async #begin(): Promise<Feed> {
    const feed = new Feed(this.#database, this.#clock, this.#watchers);
    await feed.start();
    return feed;
  }

  async #rest(): Promise<void> {
    const feed = this.#feed;
    this.#feed = undefined;
    await (await feed?.catch(() => undefined))?.stop();
  }
}

/** A client's own part: what it missed first, then what happens. */
class Client {
  readonly outbox = new Outbox(OUTBOX_LIMIT);
  readonly watcher: Watcher;
  readonly #joined: number;
  #later: LoggedEvent[] | null = [];

  constructor(application: string | null, joined: Date) {
    this.#joined = joined.getTime();
    this.watcher = {
      application,
      onEvent: (event) => this.#onEvent(event),
      onStatus: (status) => this.outbox.send(statusText(status)),
    };
  }

  /** Sends what happened after that event, at the pace at which the client reads. */
  async catchUp({ db }: Database, lastId: string): Promise<void> {
    const application = this.watcher.application ?? undefined;
    const sent = new Set<string>();
    let after: string | undefined = lastId;
    while (after !== undefined && !this.outbox.destroyed) {
      const page = await eventsAfter(db, after, { application, known: [], limit: CATCH_UP_BATCH });
      for (const event of page) this.#catchUpOn(event, sent);
      await this.outbox.drained();
      after = page.at(-1)?.id;
    }
    this.goLive(sent);
  }

  /** Sends what happened since the client joined, without what was sent already. */
  goLive(sent: ReadonlySet<string> = new Set()): void {
    const later = this.#later ?? [];
    this.#later = null;
    for (const event of later) if (!sent.has(event.id)) this.outbox.send(eventText(event));
  }

  #catchUpOn(event: LoggedEvent, sent: Set<string>): void {
    if (timeOf(event.id) >= this.#joined - LATE_MS) sent.add(event.id);
    this.outbox.send(eventText(event));
  }

  #onEvent(event: LoggedEvent): void {
    if (this.#later === null) this.outbox.send(eventText(event));
    else if (this.#later.push(event) > LATER_LIMIT) this.outbox.destroy();
  }
}

const watch: Route = (api, deps) => {
  const { database } = deps;
  const audience = new Audience(deps);
  api.addHook('preClose', () => audience.close());

  api.get(
    '/stream',
    {
      config: { allow: 'read' },
      exposeHeadRoute: false,
      schema: {
        tags: ['Events'],
        summary: 'Watch operations and status live',
        description:
          'Server-sent events. It begins with the status of each application and goes on with what happens; with `Last-Event-ID`, what happened after that event comes first. It ends within 15 seconds of the session, key or role by which it was asked for.',
        querystring: streamQuery,
        response: { 200: streamAnswer },
      },
    },
    async (request, reply) => {
      const { application = null, lastEventId } = request.query;
      const lastId = lastEventId ?? lastIdOf(request.headers['last-event-id']);
      const statuses =
        application === null ? await listStatuses(database.db) : [await getStatus(database.db, application)];
      const client = new Client(application, deps.clock.now());
      const feed = await audience.join(client.watcher, client.outbox, () => mayStill(deps, request));
      client.outbox.send(`retry: ${RETRY_MS}\n\n${statuses.map(statusText).join('')}`);
      for (const { id } of statuses) feed.look(id);
      if (lastId === undefined) client.goLive();
      else client.catchUp(database, lastId).catch(() => client.outbox.destroy());
      void reply.type('text/event-stream; charset=utf-8');
      // A proxy that collects answers before it passes them on would make a stream of nothing.
      void reply.header('x-accel-buffering', 'no');
      return reply.send(client.outbox);
    },
  );
};

export const streamRoutes = routes(watch);
