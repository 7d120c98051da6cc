/** A sliding window: at most so many requests are under way at once, and leavers take the next free place (R45). */
export class Window {
  readonly #size: number;
  /** Milliseconds that only grow. */
  readonly #now: () => number;
  readonly #waiting: readonly [Queue, Queue] = [new Queue(), new Queue()];
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
    return this.#waiting[0].length + this.#waiting[1].length;
  }

  /** For how many milliseconds nothing has begun or ended; 0 where nothing is under way. */
  get stillMs(): number {
    return this.#running === 0 ? 0 : this.#now() - this.#movedAt;
  }

  /** Begins the work as soon as there is a place; priority 0 goes before priority 1. */
  add(priority: number, work: Work): void {
    this.#waiting[priority === 0 ? 0 : 1].push(work);
    if (this.#running < this.#size) void this.#occupy();
  }

  /** The same for whoever waits for what comes of it. */
  run<T>(priority: number, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => this.add(priority, () => work().then(resolve, reject)));
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
    return this.#waiting[0].shift() ?? this.#waiting[1].shift();
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
