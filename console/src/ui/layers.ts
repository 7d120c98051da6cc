/** What stands over what, from a dialog upwards, which the library has at 200. */
export const LAYERS = { question: 300, leaving: 400, signedOut: 1000 } as const;
