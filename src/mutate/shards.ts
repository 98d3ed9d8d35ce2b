import { fork } from 'node:child_process';
import { join } from 'node:path';
import { MeridianError } from '../errors';
import { MutantJudge } from './judge';
import type { Killer } from './killer';
import { mutantsFor } from './mutants';
import type { MutationSetting } from './setting';
import type { ShardAnswer, ShardTask } from './shard';

/**
 * Judges all mutants of a setting in several processes, each of which makes its own copy of the mutants.
 * @param known keys of the findings that the originals have
 * @param jobs  processes; with one everything is judged in this one
 * @returns the killers of each mutant, in the order in which the setting makes them
 * @throws MeridianError as the check does, or with exit code 3 when a process ends without an answer
 */
export async function judgeInShards(setting: MutationSetting, known: ReadonlySet<string>, jobs: number): Promise<readonly (readonly Killer[])[]> {
  const { chosen } = mutantsFor(setting);
  if (jobs === 1) return new MutantJudge(setting, known).judge(chosen);
  const shards = Array.from({ length: Math.min(jobs, chosen.length) }, (_, shard) => chosen.flatMap((_mutant, position) => (position % jobs === shard ? [position] : [])));
  const answers = await Promise.all(shards.map((mutants) => runShard({ setting, known: [...known], mutants })));
  return chosen.map((_mutant, position) => answers[position % jobs]?.[Math.floor(position / jobs)] ?? []);
}

function runShard(task: ShardTask): Promise<readonly (readonly Killer[])[]> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'shard.ts'), { execArgv: ['--require', require.resolve('ts-node/register')] });
    let answered = false;
    child.once('message', (answer: ShardAnswer) => {
      answered = true;
      if ('error' in answer) reject(new MeridianError(answer.error, answer.exitCode));
      else resolve(answer.killers);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (!answered) reject(new MeridianError(`Mutation testing failed: one of its processes ended (${signal ?? `exit code ${code}`}) before it answered. Run it again; with --jobs 1 the error is shown whole.`, 3));
    });
    child.send(task);
  });
}
