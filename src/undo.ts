/** What was started, in the order in which it was: undone in the other one, every step, even where one fails. */
export class Undo {
  readonly #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;

  /** To be run before everything that was added earlier. */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Runs the steps once, however often it is called; throws the first failure when all have run. */
  run(): Promise<void> {
    return (this.#running ??= this.#runAll());
  }

  async #runAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.reverse()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

/** Runs `start` with a list of what to undo; where it fails, what was started before is undone. */
export async function undoable<T>(start: (undo: Undo) => Promise<T>): Promise<T> {
  const undo = new Undo();
  try {
    return await start(undo);
  } catch (error) {
    await undo.run().catch(() => undefined);
    throw error;
  }
}
