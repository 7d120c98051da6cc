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

  /** Runs the work as soon as there is a place; priority 0 goes before priority 1. */
  async run<T>(priority: number, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#size) await this.#waiting[priority === 0 ? 0 : 1].wait();
    else this.#running += 1;
    this.#movedAt = this.#now();
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** Hands the place to the next in line, or gives it back. */
  #release(): void {
    this.#movedAt = this.#now();
    const next = this.#waiting[0].shift() ?? this.#waiting[1].shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

/** First in, first out, without moving what is behind. */
class Queue {
  #entries: (() => void)[] = [];
  #head = 0;

  get length(): number {
    return this.#entries.length - this.#head;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => this.#entries.push(resolve));
  }

  shift(): (() => void) | undefined {
    const first = this.#entries[this.#head];
    if (first === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1000) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }
}
