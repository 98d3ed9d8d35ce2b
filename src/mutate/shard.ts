import { MeridianError } from '../errors';
import { MutantJudge } from './judge';
import type { Killer } from './killer';
import { mutantsFor } from './mutants';
import type { MutationSetting } from './setting';

/** What a process is asked to judge. */
export interface ShardTask {
  readonly setting: MutationSetting;
  /** Keys of the findings that the originals have. */
  readonly known: readonly string[];
  /** Positions of mutants in what the setting makes. */
  readonly mutants: readonly number[];
}

/** What it answers: the killers of each mutant in the order asked, or why there is no answer. */
export type ShardAnswer = { readonly killers: readonly (readonly Killer[])[] } | { readonly error: string; readonly exitCode: 1 | 2 | 3 };

/** Judges the mutants of one task, as a process of its own. */
async function answer({ setting, known, mutants }: ShardTask): Promise<ShardAnswer> {
  try {
    const { chosen } = mutantsFor(setting);
    const judge = new MutantJudge(setting, new Set(known));
    return { killers: await judge.judge(mutants.flatMap((position) => chosen[position] ?? [])) };
  } catch (error) {
    if (error instanceof MeridianError) return { error: error.message, exitCode: error.exitCode === 2 ? 2 : 3 };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 3 };
  }
}

// Nobody waits for the answer of a process whose parent has gone.
process.once('disconnect', () => process.exit());
process.once('message', (task: ShardTask) => {
  void answer(task).then((given) => process.send?.(given, () => process.disconnect()));
});
