/**
 * How often a property is played, and from which seed: ROLLCALL_PROPERTY_RUNS and ROLLCALL_PROPERTY_SEED. What the engine is doing at
 * the moment of a change differs from time to time, so a seed that failed may have to be played again.
 */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/** One for the whole process: where a failure has a test tried again, the same is played, and not something else that passes. */
const SEED = Number(process.env.ROLLCALL_PROPERTY_SEED ?? randomInt(2 ** 31));

/** Runs are as long as people's patience; a failure prints its seed. */
export function playing(runs: number) {
  const numRuns = Number(process.env.ROLLCALL_PROPERTY_RUNS ?? runs);
  const parameters = { numRuns, seed: SEED, endOnFailure: true, verbose: fc.VerbosityLevel.Verbose };
  return { parameters, timeoutMs: (60 + numRuns * 30) * 1000 };
}
