/** A sliding window: at most so many requests are under way at once, and leavers take the next free place (R45). */

/**
 * Whose turn comes first: leavers; then `soon`: groups, whose members are there already, so that none stands behind hundreds of users
 * with each of its requests, and lists for which steps wait; then everybody else.
 */
export type Turn = 'leaver' | 'soon' | 'other';

/** The places of one lane. */
export class Window {
  readonly #size: number;
  /** Milliseconds that only grow. */
  readonly #now: () => number;
  readonly #waiting: Readonly<Record<Turn, Queue>> = {
    leaver: new Queue(),
    soon: new Queue(),
    other: new Queue(),
  };
  #running = 0;
  #movedAt = 0;

  constructor(size: number, now: () => number) {
    this.#size = size;
    this.#now = now;
  }

  /** How many are under way. */
  get running(): number {
    return this.#running;
  }

  /** How many wait for a place. */
  get waiting(): number {
    const { leaver, soon, other } = this.#waiting;
    return leaver.length + soon.length + other.length;
  }

  /** For how many milliseconds nothing has begun or ended; 0 where nothing is under way. */
  get stillMs(): number {
    return this.#running === 0 ? 0 : this.#now() - this.#movedAt;
  }

  /** Begins the work as soon as there is a place and it is its turn. */
  add(turn: Turn, work: Work): void {
    this.#waiting[turn].push(work);
    if (this.#running < this.#size) void this.#occupy();
  }

  /** The same for whoever waits for what comes of it. */
  run<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => this.add(turn, () => work().then(resolve, reject)));
  }

  /** One place: whatever is next in line, one after another, until nothing is. */
  async #occupy(): Promise<void> {
    this.#running += 1;
    this.#movedAt = this.#now();
    for (let work = this.#next(); work !== undefined; work = this.#next()) {
      await work();
      this.#movedAt = this.#now();
    }
    this.#running -= 1;
  }

  #next(): Work | undefined {
    const { leaver, soon, other } = this.#waiting;
    return leaver.shift() ?? soon.shift() ?? other.shift();
  }
}

/** Never rejects. Thousands wait for their turn at once: nothing but this is kept of them until then. */
export type Work = () => Promise<void>;

/** First in, first out, without moving what is behind. */
class Queue {
  /** What has begun is forgotten at once: it may hold much. */
  #entries: (Work | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#entries.length - this.#head;
  }

  push(work: Work): void {
    this.#entries.push(work);
  }

  shift(): Work | undefined {
    const first = this.#entries[this.#head];
    if (first === undefined) return undefined;
    this.#entries[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > 1000) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }
}
