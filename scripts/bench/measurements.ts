import { checkout } from '../../src/toolchain/checkout';
import { measure } from './measure';
import type { CheckoutCopy } from './checkout-copy';

/** One row of the bench: a command, the state it starts from and the goal. */
export interface Measurement {
  readonly name: string;
  /** Brings the copy into the state that the command starts from; not measured, called before each run. */
  readonly prepare: (copy: CheckoutCopy) => void;
  /** Arguments of `node`. */
  readonly command: readonly string[];
  /** Where it runs. @default the copy */
  readonly cwd?: string;
  /** Seconds of wall time and bytes of peak memory to stay under. */
  readonly goal?: { readonly wall?: number; readonly peak?: number };
  /** How many resources the last run dealt with, for the CPU time per 1,000 of them. */
  readonly resources?: (copy: CheckoutCopy) => number;
}

const setUp = ['scripts/setup.mjs'];
const meridian = 'bin/meridian.js';
const build = [meridian, 'build', 'kasha'];
const check = [meridian, 'check', 'kasha'];
const guard = ['-r', 'ts-node/register', 'scripts/guard.ts'];
const rollout = [meridian, 'rollout', 'kasha', 'production'];
const MEGABYTE = 1_000_000;
const emitted = (copy: CheckoutCopy): number => copy.resources();

/** Everything the bench measures, in the order in which it is printed. */
export const measurements: readonly Measurement[] = [
  {
    name: 'set-up, nothing to do',
    prepare: () => void measure(setUp, checkout),
    command: setUp,
    cwd: checkout,
    goal: { wall: 0.5 },
  },
  {
    name: 'build kasha, cold',
    prepare: (copy) => copy.forget(),
    command: build,
    goal: { wall: 2.5, peak: 300 * MEGABYTE },
    resources: emitted,
  },
  {
    name: 'build kasha, nothing changed',
    prepare: (copy) => warm(copy, build),
    command: build,
    resources: emitted,
  },
  {
    name: 'build every system, cold',
    prepare: (copy) => copy.forget(),
    command: [meridian, 'build'],
    resources: emitted,
  },
  {
    name: 'check kasha, cold',
    prepare: (copy) => copy.forget(),
    command: check,
    resources: emitted,
  },
  {
    name: 'check kasha, nothing changed',
    prepare: (copy) => warm(copy, check),
    command: check,
    goal: { wall: 2 },
    resources: emitted,
  },
  {
    name: 'check kasha, one template changed',
    prepare: (copy) => {
      warm(copy, check);
      copy.editDescription('templates/systems/kasha/network.ts');
    },
    command: check,
    goal: { wall: 5 },
    resources: emitted,
  },
  {
    name: 'guard pack, cold',
    prepare: (copy) => {
      copy.forget();
      measure([meridian, 'build'], copy.folder);
    },
    command: guard,
    goal: { wall: 10 },
    resources: emitted,
  },
  {
    name: 'roll kasha out in both regions',
    prepare: (copy) => warm(copy, build),
    command: rollout,
    goal: { wall: 5 },
    resources: (copy) => copy.resources('production'),
  },
];

/** Runs a command once, unmeasured, so that it leaves its caches behind. */
function warm(copy: CheckoutCopy, command: readonly string[]): void {
  measure(command, copy.folder);
}
