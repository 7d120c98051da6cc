/**
 * Whose accounts Rollcall leaves as they are, beside those that the directory says: what imports, rejections and the target's own people
 * make of accounts. Pure.
 */
import type { Model } from './model.ts';

/** An account that is left as it is. */
interface Left {
  /** Its `userName`: whoever is to get an account of that name gets this one (R10). */
  readonly name: string;
  /** The last request that was there before. */
  readonly since: number;
  /** The user who was given it, who is left alone until they are assigned (R34, R46). */
  readonly owner: string | null;
}

export class Accounts {
  /** An account was renamed, which is known by its earlier name until the target is read: where the address or token changes, it is lost. */
  renamed = false;
  /** Every `userName` that somebody of the directory had. */
  readonly #names = new Set<string>();
  readonly #left = new Map<string, Left>();
  /** Accounts that somebody who was assigned may have been given, or not yet: nothing is known of them. */
  readonly #open = new Set<string>();

  /** The account is nobody's, or somebody's who is left alone. */
  leave(id: string, name: string, since: number, owner: string | null = null): void {
    this.#open.delete(id);
    this.#left.set(id, { name, since, owner });
  }

  /** Nobody can say whose the account is. */
  doubt(id: string): void {
    this.#left.delete(id);
    this.#open.add(id);
  }

  /** Somebody who is assigned has the account: from now on it goes with them (R12). */
  give(id: string): void {
    this.#left.delete(id);
    this.#open.delete(id);
  }

  forgetAll(): void {
    this.#left.clear();
    this.#open.clear();
  }

  of(id: string): Left | undefined {
    return this.#left.get(id);
  }

  /** Something was changed in the directory: whoever is assigned now is left alone no more, and finds an account by its name. */
  follow(model: Model): void {
    for (const { userNames } of model.users.values()) for (const name of userNames) this.#names.add(name);
    for (const user of model.assigned())
      for (const [id, { name, owner }] of this.#left) {
        if (owner === user.id) this.give(id);
        else if (name === user.userName) this.doubt(id);
      }
  }

  wasNamed(userName: string): boolean {
    return this.#names.has(userName);
  }

  /** The accounts that may be there beside those of whoever is assigned. */
  mayStay(): Set<string> {
    return new Set([...this.#left.keys(), ...this.#open]);
  }

  /** Those that somebody has who is left alone: in the target's groups as well, where a leaver was kept (R46). */
  keptOrOpen(): Set<string> {
    const kept = [...this.#left].filter(([, { owner }]) => owner !== null).map(([id]) => id);
    return new Set([...kept, ...this.#open]);
  }

  left(): IterableIterator<[string, Left]> {
    return this.#left.entries();
  }
}
