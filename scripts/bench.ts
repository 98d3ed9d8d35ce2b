import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { MeridianError } from '../src/errors';
import { CheckoutCopy } from './bench/checkout-copy';
import { growth, type Growth } from './bench/growth';
import { measure, median, type Usage } from './bench/measure';
import { measurements, type Measurement } from './bench/measurements';
import { overheadGoal, pacedRollout, type PacedRollout } from './bench/paced-rollout';

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

/** The measurements that are no command. A rollout on a local AWS that takes its time: more than a minute, so it runs once. */
const paced = 'paced rollout';

/** LookCard with ten and a hundred times its services, built in this process. */
const grown = 'growth';

function isChosen(name: string, names: readonly string[]): boolean {
  return names.length === 0 || names.some((part) => name.includes(part));
}

function bench(names: readonly string[], runs: number): Row[] {
  const chosen = measurements.filter(({ name }) => isChosen(name, names));
  if (chosen.length === 0 && !isChosen(paced, names) && !isChosen(grown, names)) {
    const known = [...measurements.map(({ name }) => `"${name}"`), `"${paced}"`, `"${grown}"`].join(', ');
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

function pacedText({ wall, busy, overhead, looks }: PacedRollout): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return `${paced}: ${wall.toFixed(1)} s, in ${busy.toFixed(1)} s of which AWS worked; its own overhead ${percent(overhead)} (goal ${percent(overheadGoal)}), ${looks.toFixed(1)} looks a second`;
}

function growthText(sizes: readonly Growth[]): string {
  const columns = ['Growth: services', 'Deployments', 'Resources', 'MB', 'CPU s', 'CPU ms a service'];
  const printed = new Table({ head: columns, style: { head: [], border: [] }, colAligns: columns.map(() => 'right' as const) });
  for (const { services, deployments, resources, bytes, cpu, cpuPerService } of sizes) printed.push([services, deployments, resources, (bytes / 1e6).toFixed(1), cpu.toFixed(2), cpuPerService.toFixed(1)]);
  return printed.toString();
}

async function run(): Promise<void> {
  const { runs, json } = program.opts<{ runs: number; json?: boolean }>();
  const names = program.args;
  const rows = bench(names, runs);
  const sizes = isChosen(grown, names) ? growth() : undefined;
  const slow = isChosen(paced, names) ? await pacedRollout() : undefined;
  if (json) process.stdout.write(`${JSON.stringify([...rows, ...(sizes ? [{ name: grown, runs: 1, sizes }] : []), ...(slow ? [{ name: paced, runs: 1, ...slow }] : [])], null, 2)}\n`);
  else process.stdout.write(`${[...(rows.length > 0 ? [table(rows)] : []), ...(sizes ? [growthText(sizes)] : []), ...(slow ? [pacedText(slow)] : [])].join('\n')}\n`);
}

// Ctrl-C also ends the command that runs, whose error then ends the bench and removes the copy.
process.once('SIGINT', () => undefined);

program.parse();
run().catch((error: unknown) => {
  if (!(error instanceof MeridianError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
});
