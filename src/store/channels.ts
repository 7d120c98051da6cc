/** Who listens to which channel of NOTIFY, on one connection. */
export type Callback = (payload: string) => void;

/** Callbacks by channel. */
export class Channels {
  readonly #callbacks = new Map<string, Set<Callback>>();

  /** The channels that somebody listens to. */
  get names(): readonly string[] {
    return [...this.#callbacks.keys()];
  }

  add(channel: string, callback: Callback): void {
    this.#callbacks.set(channel, (this.#callbacks.get(channel) ?? new Set()).add(callback));
  }

  /** Answers whether nobody listens to the channel any more, for the first time. */
  remove(channel: string, callback: Callback): boolean {
    const set = this.#callbacks.get(channel);
    if (!set?.delete(callback) || set.size > 0) return false;
    return this.#callbacks.delete(channel);
  }

  /** Tells who listens; for the `notification` event of node-postgres. */
  readonly tell = ({ channel, payload }: { channel: string; payload?: string | undefined }): void => {
    for (const callback of this.#callbacks.get(channel) ?? []) callback(payload ?? '');
  };
}
