/** What once was: names and addresses that leave traces in the target, and whose they were. */

export class History {
  /** Everybody who ever had each address, in lower case. */
  readonly #owners = new Map<string, Set<string>>();
  readonly #names = new Map<string, Set<string>>();
  /** Names under which groups were left behind in the target when they were unbound (R24). */
  readonly #leftBehind = new Set<string>();
  readonly #retired: string[] = [];
  readonly #rehired = new Set<string>();
  #next = 0;

  /** A number that no record has yet. */
  number(): number {
    return (this.#next += 1);
  }

  hasAddress(key: string, email: string): void {
    const address = email.toLowerCase();
    this.#owners.set(address, new Set([...(this.#owners.get(address) ?? []), key]));
  }

  /** Whose account it is, where that is beyond doubt: one that was handed on may be either's. */
  ownerOf(email: string): string | undefined {
    const [owner, other] = this.#owners.get(email.toLowerCase()) ?? [];
    return other === undefined ? owner : undefined;
  }

  hasName(key: string, name: string): void {
    this.#names.set(key, new Set([...(this.#names.get(key) ?? []), name]));
  }

  /** Every name that a group of this kind ever had. */
  namesOf(isMeant: (key: string) => boolean): string[] {
    return [...this.#names].filter(([key]) => isMeant(key)).flatMap(([, names]) => [...names]);
  }

  retire(email: string): void {
    this.#retired.push(email);
  }

  /** Addresses of people who left the directory and have not come back. */
  get retired(): readonly string[] {
    return this.#retired;
  }

  /** Somebody has it again, as a new record. */
  rehire(key: string, email: string): void {
    this.#retired.splice(this.#retired.indexOf(email), 1);
    this.#rehired.add(key);
  }

  /** Whether the account was somebody's before: the target keeps the name that it had (R15). */
  mayKeepName(key: string): boolean {
    return this.#rehired.has(key);
  }

  /** It was unbound: the target goes on to hold it under one of the names that it has had. */
  release(key: string): void {
    for (const name of this.#names.get(key) ?? []) this.#leftBehind.add(name);
  }

  /** Whether the target may hold a group of that name without the directory asking for it. */
  mayRemain(name: string): boolean {
    return this.#leftBehind.has(name);
  }
}
