/** Choices that a seed repeats: the same seed and the same path give the same choices, on every machine. */

function seedOf(parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('/')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

export class Random {
  #state: number;

  /** Each path has choices of its own, so that one round does not depend on how long another one took. */
  constructor(...path: readonly (string | number)[]) {
    this.#state = seedOf(path);
  }

  /** From 0 to below 1 (mulberry32). */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.share() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.whole(0, from.length - 1)];
  }

  /** Up to `count` of them, each once. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    while (left.length > 0 && taken.length < count)
      taken.push(...left.splice(this.whole(0, left.length - 1), 1));
    return taken;
  }
}
