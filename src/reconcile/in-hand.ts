/** The users that a slice has claimed and not let go of yet, and what is under way for them. */
import { userNameKey } from '../provisioning/user-name-key.ts';
import type { Sending } from '../store/sending.ts';

/** Who gets, or may get, an account. */
export interface UserNameHolder {
  readonly id: string;
  readonly name: string;
}

/** Which users a slice is busy with, so that none is claimed twice and no `userName` is given twice (R17). */
export class UsersInHand {
  /** Null for those for whom nothing is sent. */
  readonly #sending = new Map<string, Sending | null>();
  /** Those who are being created, by the key of their `userName`. */
  readonly #creates = new Map<string, Sending>();

  get size(): number {
    return this.#sending.size;
  }

  get ids(): string[] {
    return [...this.#sending.keys()];
  }

  /** Every step that is under way. */
  get sending(): Sending[] {
    return [...this.#sending.values()].filter((one) => one !== null);
  }

  /** Who is being created under the `userName` of that key. */
  holderOf(key: string): UserNameHolder | undefined {
    return this.#creates.get(key);
  }

  take(id: string, sending: Sending | null): void {
    this.#sending.set(id, sending);
    if (sending?.creates === true) this.#creates.set(userNameKey(sending.sentAs), sending);
  }

  letGo(id: string): void {
    const sending = this.#sending.get(id);
    this.#sending.delete(id);
    if (sending?.creates === true) this.#creates.delete(userNameKey(sending.sentAs));
  }
}
