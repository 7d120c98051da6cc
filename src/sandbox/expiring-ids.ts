/** Ids that are remembered until they no longer matter: requests that wait for an answer, assertions that were used. */
export class ExpiringIds {
  private readonly held = new Map<string, { readonly value: string; readonly until: number }>();

  get(id: string, now: number): string | undefined {
    const found = this.held.get(id);
    return found && found.until > now ? found.value : undefined;
  }

  /** Remembers an id `until` then, in milliseconds since 1970; what is over by `now` is forgotten. */
  set(id: string, value: string, until: number, now: number): void {
    for (const [old, entry] of this.held) if (entry.until <= now) this.held.delete(old);
    this.held.set(id, { value, until });
  }

  delete(id: string): void {
    this.held.delete(id);
  }

  clear(): void {
    this.held.clear();
  }
}
