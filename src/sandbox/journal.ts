/** The requests that came in: a count for each method and route, and a bounded ring of the last ones with their bodies. */

/** What happened to the answer other than being sent. */
export type Fault = 'error' | 'dropped' | 'rate-limited';

export interface JournalEntry {
  /** Grows by one with each request; `?since=` takes it. */
  readonly sequence: number;
  /** Milliseconds since 1970, when the work was done. */
  readonly time: number;
  readonly method: string;
  /** As sent, with its query. */
  readonly path: string;
  /** Method and route, such as `PATCH /Users/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly requestBody: string;
  readonly responseBody: string;
  /** The work and the latency toggle together. */
  readonly durationMs: number;
  readonly fault: Fault | null;
}

interface JournalLimits {
  readonly entries: number;
  /** Characters of bodies held in all. */
  readonly characters: number;
  /** Characters held of one body. */
  readonly body: number;
}

interface JournalQuery {
  readonly since?: number | undefined;
  readonly route?: string | undefined;
  readonly limit?: number | undefined;
}

const DEFAULT_LIMITS: JournalLimits = { entries: 20_000, characters: 64_000_000, body: 16_384 };

/** Cut to its limit, as a copy: a slice would keep the whole of a huge body in memory. */
const cut = (body: string, limit: number): string =>
  body.length <= limit
    ? body
    : `${Buffer.from(body.slice(0, limit)).toString()}… (${body.length} characters)`;

const weight = (entry: JournalEntry): number => entry.requestBody.length + entry.responseBody.length;

/** The requests that came, the newest kept; bodies are cut. */
export class Journal {
  private readonly limits: JournalLimits;
  private readonly ring: (JournalEntry | undefined)[] = [];
  private readonly counted = new Map<string, number>();
  private oldest = 1;
  private next = 1;
  private characters = 0;
  private arrived = 0;

  constructor(limits: JournalLimits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  count(route: string): void {
    this.arrived++;
    this.counted.set(route, (this.counted.get(route) ?? 0) + 1);
  }

  record(entry: Omit<JournalEntry, 'sequence'>): void {
    const { body } = this.limits;
    const requestBody = cut(entry.requestBody, body);
    const responseBody = cut(entry.responseBody, body);
    const held = { ...entry, requestBody, responseBody, sequence: this.next };
    if (this.next - this.oldest >= this.limits.entries) this.forgetOldest();
    this.ring[this.next++ % this.limits.entries] = held;
    this.characters += weight(held);
    while (this.characters > this.limits.characters) this.forgetOldest();
  }

  get total(): number {
    return this.arrived;
  }

  counts(): Record<string, number> {
    return Object.fromEntries([...this.counted].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The newest `limit` entries after `since`, oldest first; of one route where it is given. */
  entries({ since = 0, route, limit = Infinity }: JournalQuery): JournalEntry[] {
    const found: JournalEntry[] = [];
    for (let at = this.next - 1; at >= this.oldest && at > since && found.length < limit; at--) {
      const entry = this.ring[at % this.limits.entries];
      if (entry && (route === undefined || entry.route === route)) found.push(entry);
    }
    return found.reverse();
  }

  /** Forgets requests and counts. Sequence numbers go on, so that a reader's `since` stays good. */
  clear(): void {
    this.ring.length = 0;
    this.counted.clear();
    this.oldest = this.next;
    this.characters = 0;
    this.arrived = 0;
  }

  private forgetOldest(): void {
    const slot = this.oldest++ % this.limits.entries;
    const entry = this.ring[slot];
    if (entry) this.characters -= weight(entry);
    this.ring[slot] = undefined;
  }
}
