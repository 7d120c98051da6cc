/** Changes the directory over the API, and knows at every moment what was accepted, whatever died meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { jsonClient, type JsonClient } from '../../src/cli/demo-http.ts';
import { makeChanges, type Change, type Directory } from './changes.ts';
import { History } from './history.ts';
import { copyOf, differing, emptyModel, factsOf, type Facts, type Model } from './model.ts';
import type { Random } from './random.ts';
import { readDirectory } from './reading.ts';

/** The parsed body of an answer, or that it never came. */
type Outcome = { readonly body: unknown } | 'lost';

const AT_ONCE = 8;

/** Longer than any process is frozen for. */
const ANSWER_MS = 60_000;

export interface Counts {
  accepted: number;
  /** Answers that were lost, each looked up afterwards. */
  lost: number;
}

export class Administrator {
  readonly model: Model = emptyModel();
  readonly history = new History();
  readonly counts: Counts = { accepted: 0, lost: 0 };
  /** Changes of which neither all nor nothing was found in the directory. */
  readonly broken: string[] = [];
  readonly #key: string;
  /** Where the API answers; waits while nobody does. */
  readonly #serverUrl: () => Promise<string>;
  #ids = new Map<string, string>();
  #applicationId = '';

  constructor(key: string, serverUrl: () => Promise<string>) {
    this.#key = key;
    this.#serverUrl = serverUrl;
  }

  async api(): Promise<JsonClient> {
    const url = await this.#serverUrl();
    return jsonClient(`${url}/api/v1`, { authorization: `Bearer ${this.#key}` });
  }

  useApplication(id: string): void {
    this.#applicationId = id;
  }

  get directory(): Directory {
    const { model, history } = this;
    return { model, history, ids: this.#ids, applicationId: this.#applicationId };
  }

  /** Changes things until `stop` says so, `pauseMs` apart; all of it is known once this ends. */
  async work(random: Random, pauseMs: number, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.make(makeChanges(this.directory, random, AT_ONCE));
      await sleep(pauseMs);
    }
  }

  /** Asks for all of them at once, and finds out what became of each. */
  async make(changes: readonly Change[]): Promise<void> {
    const url = await this.#serverUrl();
    const outcomes = await Promise.all(changes.map((change) => this.#send(url, change)));
    const unsure: Change[] = [];
    for (const [at, change] of changes.entries()) {
      const outcome = outcomes[at];
      if (outcome === undefined || outcome === 'lost') unsure.push(change);
      else this.#accept(change, idsIn(outcome.body));
    }
    this.counts.lost += unsure.length;
    if (unsure.length > 0) await this.#lookUp(unsure);
  }

  async #send(url: string, { method, path, body }: Change): Promise<Outcome> {
    try {
      const answer = await request(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#key}`, ...(body !== undefined && JSON_BODY) },
        body: body === undefined ? null : JSON.stringify(body),
        headersTimeout: ANSWER_MS,
      });
      const text = await answer.body.text();
      if (answer.statusCode < 400) return { body: text === '' ? null : z.unknown().parse(JSON.parse(text)) };
      if (answer.statusCode < 500) throw new Refused(`${method} ${path} was refused: ${text}`);
      return 'lost';
    } catch (error) {
      if (error instanceof Refused) throw error;
      return 'lost';
    }
  }

  #accept(change: Change, ids: readonly string[]): void {
    change.makes?.forEach((key, at) => this.#ids.set(key, ids[at] ?? ''));
    change.apply(this.model);
    change.remember?.();
    this.counts.accepted += 1;
  }

  /** Each is there as a whole, or not at all. */
  async #lookUp(changes: readonly Change[]): Promise<void> {
    const found = await this.#read();
    for (const change of changes) {
      const before = factsOf(this.model);
      const copy = copyOf(this.model);
      change.apply(copy);
      const after = factsOf(copy);
      const facts = differing(before, after);
      const has = (state: Facts): boolean => facts.every((fact) => found.get(fact) === state.get(fact));
      if (has(after)) this.#accept({ ...change, makes: [] }, []);
      else if (!has(before)) this.broken.push(`${change.method} ${change.path} was done by halves.`);
    }
  }

  /** The directory as it is, from a server that lives long enough to tell. */
  async #read(): Promise<Facts> {
    for (;;) {
      try {
        const { model, ids } = await readDirectory(await this.api(), this.#applicationId);
        this.#ids = ids;
        return factsOf(model);
      } catch (error) {
        if (error instanceof z.ZodError) throw error;
        await sleep(50);
      }
    }
  }

  /** What the directory has and the model has not, or the other way round. */
  async differences(): Promise<string[]> {
    const found = await this.#read();
    const wanted = factsOf(this.model);
    return differing(found, wanted).map(
      (fact) =>
        `The directory says of ${fact}: ${found.get(fact) ?? 'nothing'}; accepted was: ${wanted.get(fact) ?? 'nothing'}.`,
    );
  }
}

class Refused extends Error {}

const JSON_BODY = { 'content-type': 'application/json' };

const madeSchema = z.union([
  z.object({ id: z.string() }).transform(({ id }) => [id]),
  z
    .object({ results: z.array(z.object({ id: z.string() })) })
    .transform(({ results }) => results.map(({ id }) => id)),
]);

/** The ids of what was made, or none where the answer is about something else. */
const idsIn = (body: unknown): readonly string[] => madeSchema.safeParse(body).data ?? [];
