import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { patternCovers } from '../check/apply-waivers';
import { runSteps } from '../check/run-steps';
import { equivalents as everyEquivalent, type Equivalent } from './equivalents';
import { findingKey } from './killer';
import { lintMutants } from './lint';
import { mutantAddress, type Mutant } from './mutant';
import { mutantsFor } from './mutants';
import { readOriginal } from './original';
import type { JudgedMutant, MutationResult } from './result';
import type { MutationSetting } from './setting';
import { judgeInShards } from './shards';

/** How to run a mutation test. */
export interface MutationOptions {
  /** Processes at a time. @default the number of cores: rules and resolving are bound by the processor */
  readonly jobs?: number;
  /** @default the list of the catalogue */
  readonly equivalents?: readonly Equivalent[];
  /** Called before each stage, with what it does. */
  readonly onStage?: (what: string) => void;
}

/**
 * Seeds every mistake into built systems, one at a time, and looks whether the checker notices it: a mutant is noticed when there is a
 * finding that no waiver covers and that the original has not. cfn-lint, which takes longest, is asked only about mutants that nothing
 * else noticed.
 * @throws MeridianError with exit code 2 for an unknown operator or a broken rule, 3 when a tool fails
 */
export async function mutate(setting: MutationSetting, { jobs = availableParallelism(), equivalents = everyEquivalent, onStage }: MutationOptions = {}): Promise<MutationResult> {
  const started = performance.now();
  const { chosen, leftOut, waiting, operators } = mutantsFor(setting);
  onStage?.('judging the originals');
  const known = await findingsOfOriginals(setting, jobs);
  onStage?.(`judging ${chosen.length} mutants by rules, invariants and metrics`);
  const byRules = await judgeInShards(setting, known, jobs);
  const unnoticed = chosen.filter((mutant, position) => byRules[position]?.length === 0 && equivalentOf(mutant, equivalents) === undefined);
  onStage?.(`linting the ${unnoticed.length} mutants that nothing else noticed`);
  const byLint = await lintMutants(unnoticed, setting, { known, jobs });
  const judged = chosen.map((mutant, position): JudgedMutant => {
    const equivalent = equivalentOf(mutant, equivalents);
    return { mutant, killers: [...(byRules[position] ?? []), ...(byLint.get(mutant) ?? [])], ...(equivalent && { equivalent }) };
  });
  return {
    judged,
    leftOut,
    waiting,
    operators: operators.length,
    equivalents: equivalents.map((equivalent) => ({ equivalent, mutants: judged.filter((one) => one.equivalent === equivalent).length })),
    environments: setting.environments.map(({ system, environment }) => `${system}/${environment}`),
    seconds: (performance.now() - started) / 1000,
  };
}

function equivalentOf(mutant: Mutant, equivalents: readonly Equivalent[]): Equivalent | undefined {
  return equivalents.find(({ operator, resource }) => operator === mutant.operator.id && patternCovers(resource, mutantAddress(mutant)));
}

/** The keys of the findings that waivers leave of the originals: what a mutant shares with them is not noticed in it. */
async function findingsOfOriginals({ dist, project, environments, waivers, today }: MutationSetting, jobs: number): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const environment of environments) {
    const { subject } = readOriginal(dist, environment, environment.parameters);
    const { findings } = await runSteps(subject, { project, waivers, today, jobs, store: join(project, 'node_modules', '.cache', 'meridian') });
    for (const finding of findings) known.add(findingKey(finding));
  }
  return known;
}
