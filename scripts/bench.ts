import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { MeridianError } from '../src/errors';
import { CheckoutCopy } from './bench/checkout-copy';
import { measure, median, type Usage } from './bench/measure';
import { measurements, type Measurement } from './bench/measurements';

/** A measured row. */
interface Row extends Usage {
  readonly name: string;
  readonly runs: number;
  readonly goal?: Measurement['goal'];
  readonly resources?: number;
  /** Seconds of CPU time per 1,000 resources. */
  readonly cpuPer1000?: number;
}

const program = new Command('npm run bench --')
  .description('Measures set-up, build, check and rollout as whole processes and prints the medians.')
  .argument('[name...]', 'only measurements whose name contains one of these', [])
  .option('-n, --runs <count>', 'runs of each command', count, 5)
  .option('--json', 'print JSON instead of a table')
  .addHelpText('after', '\nExamples:\n  npm run bench\n  npm run bench -- -n 11 build\n  npm run bench -- --json > bench.json');

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 99.');
  return Number(text);
}

function bench(names: readonly string[], runs: number): Row[] {
  const chosen = measurements.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
  if (chosen.length === 0) {
    const known = measurements.map(({ name }) => `"${name}"`).join(', ');
    throw new MeridianError(`Bench "${names.join(' ')}": no measurement has that name. Use a part of ${known}.`, 2);
  }
  const copy = new CheckoutCopy();
  try {
    return chosen.map((measurement) => row(measurement, copy, runs));
  } finally {
    copy.remove();
  }
}

function row({ name, prepare, command, cwd, goal, resources }: Measurement, copy: CheckoutCopy, runs: number): Row {
  const usages = Array.from({ length: runs }, (_, index) => {
    process.stderr.write(`${name}: run ${index + 1} of ${runs}\n`);
    prepare(copy);
    return measure(command, cwd ?? copy.folder);
  });
  const usage = median(usages);
  const total = resources?.(copy);
  const cpuPer1000 = total === undefined ? undefined : (usage.cpu / total) * 1000;
  return { name, runs, ...usage, goal, resources: total, cpuPer1000 };
}

function table(rows: readonly Row[]): string {
  const columns = ['Measurement', 'Wall s', 'Goal s', 'CPU s', 'Peak MB', 'Goal MB', 'Resources', 'CPU s per 1,000'];
  const printed = new Table({ head: columns, style: { head: [], border: [] }, colAligns: ['left', ...columns.slice(1).map(() => 'right' as const)] });
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  for (const { name, wall, cpu, peak, goal, resources, cpuPer1000 } of rows) {
    printed.push([
      name,
      wall.toFixed(2),
      goal?.wall ?? '',
      cpu.toFixed(2),
      megabytes(peak),
      goal?.peak === undefined ? '' : megabytes(goal.peak),
      resources ?? '',
      cpuPer1000?.toFixed(2) ?? '',
    ]);
  }
  return printed.toString();
}

// Ctrl-C also ends the command that runs, whose error then ends the bench and removes the copy.
process.once('SIGINT', () => undefined);

try {
  program.parse();
  const { runs, json } = program.opts<{ runs: number; json?: boolean }>();
  const rows = bench(program.args, runs);
  process.stdout.write(`${json ? JSON.stringify(rows, null, 2) : table(rows)}\n`);
} catch (error) {
  if (!(error instanceof MeridianError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
