import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, allowReplaceOption, bakeOption, driftOption, ignoreAlarmOption, jsonOption, onFailureOption, path, progressOption, suffixOption, targetOption, timeLimitOption, waitOption } from './options';
import type { RolloutCommandOptions } from './run/rollout';

/** `meridian rollout <system> <environment>` */
export function rolloutCommand(run: Run): Command {
  const command = new Command('rollout')
    .description('Builds a system and rolls it across its regions, one region of a deployment after another')
    .argument('<system>', 'the system; what its account shares is rolled before it')
    .addArgument(neededEnvironment())
    .addOption(targetOption())
    .addOption(accountOption())
    .option('--parameters <file>', 'values of the parameters, in the place of parameters/<system>/<environment>.yaml', path)
    .addOption(suffixOption())
    .addOption(waitOption())
    .option('--plan <file>', 'roll exactly this plan of "meridian plan --out", or refuse because the world has moved')
    .addOption(allowReplaceOption())
    .addOption(bakeOption())
    .addOption(ignoreAlarmOption())
    .addOption(onFailureOption())
    .addOption(driftOption())
    .addOption(timeLimitOption())
    .option('--resume', 'go on after a rollout that was killed although what is built has changed since: let its operation end first; or with a rollback that was cut off')
    .option('--keep', 'with --target local: leave the local AWS running that was started for this rollout')
    .option('-y, --yes', 'with --target aws: do not ask')
    .addOption(progressOption())
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<RolloutCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/rollout') as typeof import('./run/rollout')).runRollout(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'with --target local the local AWS: the one that "meridian local start" left running, else one that lives as long as this\n' +
      'command. With --target aws the stacks of the account, after checks without findings and your consent. Ctrl-C stops after\n' +
      'the operations that are under way, or in the middle of a bake; the same command goes on. A second rollout without changes changes nothing. What would replace or\n' +
      'remove a database, table, bucket, queue or anything else that stores data is refused unless --allow-replace names it. After a rollout\n' +
      'that was killed the same command follows the operation that still runs, and repeats none.',
    examples: [
      ['meridian rollout kasha production', 'a rehearsal; nothing of it stays'],
      ['meridian rollout kasha production --keep', 'a rehearsal to look around in, until "meridian local stop"'],
      ['meridian rollout kasha production --plan plan.json', 'what was read and agreed, and nothing else'],
      ['meridian rollout kasha production --target aws --account 123456789012', 'for real'],
      ['meridian rollout kasha production --target aws --account 123456789012 --bake 15m --on-failure rollback', 'by night, with nobody at hand'],
    ],
  });
}
