import { join } from 'node:path';
import { Command } from 'commander';
import { check, exitCodeOf, loadWaivers, renderTerminal, type CheckStep } from '../../src/check';
import { MeridianError } from '../../src/errors';
import { checkout } from '../../src/toolchain';

/**
 * Runs one tool over everything that was built, without cache, printing each command line just before it runs. The exit code is
 * the check's: 0 when waivers cover all that the tool found, 1 when not, 3 when the tool failed.
 */
export async function runOneStep(step: CheckStep): Promise<void> {
  const program = new Command(`npm run ${step === 'cfn-lint' ? 'lint' : 'guard'} --`)
    .description(`Prints each ${step} command line, runs it on what was built, and shows what waivers leave of its findings.`)
    .argument('[system...]', 'only these systems')
    .option('--dist <folder>', 'folder of built systems', join(checkout, 'dist'))
    .parse();
  const systems = program.args.length > 0 ? program.args : undefined;
  const { dist } = program.opts<{ dist: string }>();
  try {
    const result = await check({
      dist,
      systems,
      steps: [step],
      useCache: false,
      waivers: loadWaivers(checkout),
      today: new Date().toISOString().slice(0, 10),
      onProgress: (progress) => {
        if (progress.kind === 'command') process.stdout.write(`$ ${progress.line}\n`);
      },
    });
    process.stdout.write(`\n${renderTerminal(result, { colors: process.stdout.isTTY && process.env['NO_COLOR'] === undefined, width: process.stdout.columns || 100 })}`);
    process.exitCode = exitCodeOf(result.findings);
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
