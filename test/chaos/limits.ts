/** How long runs go on: for so many rounds each, for so many kills in all of them together, or for so many minutes. */

export interface Asked {
  readonly rounds?: number | undefined;
  readonly kills?: number | undefined;
  readonly minutes?: number | undefined;
}

export class Limits {
  readonly #asked: Asked;
  readonly #endsAt: number;
  #kills = 0;
  #isOver = false;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#endsAt = performance.now() + (asked.minutes ?? Infinity) * 60_000;
  }

  /** So many more processes were killed, in whatever run. */
  count(kills: number): void {
    this.#kills += kills;
  }

  /** One run has found something: the others need not go on. */
  end(): void {
    this.#isOver = true;
  }

  /** Whether a run that has played so many rounds plays another one. */
  goOn(rounds: number): boolean {
    const { rounds: mostRounds = Infinity, kills: mostKills = Infinity } = this.#asked;
    return (
      !this.#isOver && rounds < mostRounds && this.#kills < mostKills && performance.now() < this.#endsAt
    );
  }
}
