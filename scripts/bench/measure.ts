import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MeridianError } from '../../src/errors';
import { checkout } from '../../src/toolchain/checkout';
import { python } from '../../src/toolchain/python';

/** What one run of a command took, with every process that it waited for. */
export interface Usage {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of user and system CPU time. */
  readonly cpu: number;
  /** Bytes of resident memory of the largest process at its peak. */
  readonly peak: number;
}

/** No command of the bench takes this long unless it hangs. */
const LIMIT_MS = 10 * 60 * 1000;

/** Lines of a failed command that its error shows. */
const SHOWN_LINES = 10;

/**
 * Runs a Node script to its end and measures the whole process.
 *
 * @param args of `node`, the script first
 * @param cwd the folder to run it in
 * @throws MeridianError with exit code 3 when the command ends with another code than 0
 */
export function measure(args: readonly string[], cwd: string): Usage {
  const script = join(checkout, 'scripts', 'python', 'measure.py');
  const run = spawnSync(python(), [script, process.execPath, ...args], { cwd, encoding: 'utf8', timeout: LIMIT_MS });
  const command = `Command "node ${args.join(' ')}" in ${cwd}`;
  if (run.error !== undefined) throw new MeridianError(`${command}: ${run.error.message}. Run it by hand.`, 3, { cause: run.error });
  if (run.status !== 0) throw new MeridianError(`${command}: it was stopped. Run the bench again.`, 4);
  const lines = run.stderr.trimEnd().split('\n');
  const { code, ...usage } = JSON.parse(lines.pop() ?? '') as Usage & { code: number };
  if (code === 0) return usage;
  const output = [...run.stdout.trimEnd().split('\n'), ...lines].slice(-SHOWN_LINES).join('\n');
  throw new MeridianError(`${command}: it ended with code ${code}. Its last lines:\n${output}`, 3);
}

/** The middle value of each figure over several runs. */
export function median(runs: readonly Usage[]): Usage {
  return { wall: middle(runs.map((run) => run.wall)), cpu: middle(runs.map((run) => run.cpu)), peak: middle(runs.map((run) => run.peak)) };
}

/** The median of numbers: the mean of the two middle ones when their count is even. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const around = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return around.reduce((sum, value) => sum + value, 0) / around.length;
}
