/** What a loop waits for that looks for work, and those ring who make some. */
import type { Clock } from './clock.ts';

/** Rung by anybody; heard by one loop. */
export class Bell {
  #rung = false;
  #wake: () => void = () => undefined;

  /** There is something to see: ends the wait, or the next one where nobody waits at this moment. */
  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Ends the wait where there is one: for what whoever does not wait sees anyway, before they do. */
  nudge(): void {
    this.#wake();
  }

  /** What has rung is seen by a look that begins now; it ends no wait any more. */
  forget(): void {
    this.#rung = false;
  }

  /** Waits until it rings, which it may have done since the last wait began, or so many milliseconds are over. */
  async heard(milliseconds: number, clock: Clock): Promise<void> {
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#rung) this.#wake();
    this.#rung = false;
    const waited = new AbortController();
    await Promise.race([woken, clock.sleep(milliseconds, waited.signal)]);
    waited.abort();
  }
}
