/** Where the store says what an administrator should know; a pino logger fits. */
export interface StoreLog {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
}

export const silentLog: StoreLog = { info: () => undefined, warn: () => undefined };
