import type { Parameters } from 'fast-check';

/**
 * How often a property is tried. The seed is fixed, so that `npm test` ends the same way until somebody changes something; to look
 * further, `FUZZ_SEED=7 FUZZ_TIMES=100 npx mocha 'test/fuzz/*.test.ts'` takes other inputs and a hundred times as many. A failure prints
 * its seed and the smallest input.
 */
export function runs<T>(numRuns: number): Parameters<T> {
  const { FUZZ_SEED = '20261122', FUZZ_TIMES = '1' } = process.env;
  return { seed: Number(FUZZ_SEED), numRuns: numRuns * Number(FUZZ_TIMES), interruptAfterTimeLimit: Number(FUZZ_TIMES) === 1 ? undefined : 600_000 };
}
