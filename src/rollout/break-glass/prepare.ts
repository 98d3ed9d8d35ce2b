import { existsSync, readFileSync } from 'node:fs';
import { MeridianError } from '../../errors';
import { accountsOf } from '../accounts/accounts';
import { Build } from '../build';
import { imageProblems } from '../preflight/images';
import { planNodes, stackSetOf, type RolloutNode, type RolloutPart } from '../nodes';
import { outputsFile, type RootOutputs } from '../outputs';
import type { DeploymentPackage } from '../package';
import { missingParameters, parameterValue } from '../parameters';
import type { DeployParameters } from '../parameters-file';
import { packageAll } from '../parts';
import type { Target } from '../target';
import { rootStacks, stacksOf, withTemplate, type StandingStack } from './standing-stack';

/** What to roll past the StackSets, and where. */
export interface BreakGlassOptions {
  /** The account whose stacks are changed, with credentials of its own. */
  readonly target: Target;
  readonly dist: string;
  /** The folder for what rollouts leave behind. */
  readonly state: string;
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** The region that is left. */
  readonly region: string;
}

/** One deployment in the region. */
export interface BreakGlassNode {
  readonly node: RolloutNode;
  readonly package: DeploymentPackage;
  /** Its stack; undefined when one has to be made. */
  readonly standing?: StandingStack;
}

/** Everything that break-glass is about to do. */
export interface Preparation {
  readonly part: RolloutPart;
  readonly nodes: readonly BreakGlassNode[];
  /** Of all deployments, by StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  /** What other regions are known to have given, for values that come from there. */
  readonly outputs: RootOutputs;
}

/**
 * Finds the stacks of a system in one region, by asking that region only. Changes nothing.
 * @throws MeridianError (exit 2) when it was not built or has nothing there, (exit 1) with one list of all that prevents it
 */
export async function prepareBreakGlass({ target, dist, state, system, environment, parameters, region }: BreakGlassOptions): Promise<Preparation> {
  const build = Build.open(dist, system, environment);
  const part = { build, parameters };
  const planned = planNodes([part], new Map());
  const own = planned.filter((node) => node.region === region);
  if (own.length === 0) throw new MeridianError(`Region ${region} has nothing of ${build.name}: it stands in ${[...new Set(planned.map((node) => node.region))].sort().join(', ')}. Give one of these as --region.`, 2);
  if (region === build.homeRegion) {
    throw new MeridianError(`Region ${region} is the home of the StackSets of ${build.name}: as long as it answers, "meridian rollout" works, and when it doesn't, nothing can be changed there. Give another region.`, 2);
  }
  const packages = packageAll([part]);
  const stacks = await rootStacks(target, region, `StackSet-meridian-${system}-${environment}-`);
  const nodes = await Promise.all(
    own.map(async (node): Promise<BreakGlassNode> => {
      const [found] = stacksOf(node.stackSet, stacks);
      return { node, package: packages.get(node.stackSet)!, ...(found && { standing: await withTemplate(target, region, found) }) };
    }),
  );
  const outputs = knownOutputs(state, target, part, nodes);
  const problems = [
    ...(accountsOf(target, part).includes(target.account) ? [] : [`Account ${target.account} not listed in ${parameters.file}. Give one of ${accountsOf(target, part).join(', ')} as --account, with credentials of its own.`]),
    ...lackingParameters(part),
    ...imageProblems(part),
    ...nodes.flatMap(({ node }) => ambiguity(node, stacksOf(stackSetOf(part, node.definition), stacks).map(({ StackName = '' }) => StackName))),
    ...nodes.flatMap(statusProblem),
    ...nodes.flatMap((each) => unknownValues(each, outputs)),
  ];
  if (problems.length === 0) return { part, nodes, packages, outputs };
  throw new MeridianError(`Break-glass of ${build.name} in ${region} refused: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}.\n${problems.map((problem) => `  ${problem}\n`).join('')}Nothing was changed. Correct this and run the same command again.`, 1);
}

function lackingParameters(part: RolloutPart): string[] {
  const missing = missingParameters(part);
  return missing.length > 0 ? [`Parameters of ${part.build.name} missing: ${missing.join(', ')} have no default. Give them in ${part.parameters.file}.`] : [];
}

function ambiguity({ deployment, region }: RolloutNode, names: readonly string[]): string[] {
  return names.length < 2 ? [] : [`Stacks of ${deployment} in ${region} are ${names.length}: ${names.join(', ')}. Delete those that hold nothing.`];
}

/** Statuses of stacks that can be updated. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const updatable = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'];

function statusProblem({ standing }: BreakGlassNode): string[] {
  const { StackName = '', StackStatus = '' } = standing?.stack ?? {};
  if (!standing || updatable.includes(StackStatus)) return [];
  const advice = StackStatus.endsWith('_IN_PROGRESS') ? 'Wait until it ends' : StackStatus === 'UPDATE_ROLLBACK_FAILED' ? 'Correct the cause and continue its rollback' : 'Delete it, it can not be updated';
  return [`Stack ${StackName} in ${StackStatus}. ${advice}.`];
}

/** What is known of other regions without asking them: what the last rollout from here wrote, and what the stacks of this region were given. */
function knownOutputs(state: string, target: Target, part: RolloutPart, nodes: readonly BreakGlassNode[]): RootOutputs {
  const file = outputsFile(state, target, part);
  const outputs: RootOutputs = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RootOutputs) : {};
  for (const { node, standing } of nodes) {
    for (const { ParameterKey = '', ParameterValue } of standing?.stack.Parameters ?? []) {
      const origin = node.definition.parameters[ParameterKey];
      if (origin?.from !== 'region' || origin.region === node.region || ParameterValue === undefined) continue;
      ((outputs[origin.deployment] ??= {})[origin.region] ??= {})[origin.output] = ParameterValue;
    }
  }
  return outputs;
}

function unknownValues({ node }: BreakGlassNode, outputs: RootOutputs): string[] {
  const declared = node.build.root(node.definition).Parameters ?? {};
  return Object.entries(node.definition.parameters).flatMap(([name, origin]) => {
    if (origin.from !== 'region' || origin.region === node.region || !declared[name] || parameterValue(node, name, declared[name], outputs) !== undefined) return [];
    return [`Value of ${name} of ${node.deployment} unknown: it is output ${origin.output} of ${origin.deployment} in ${origin.region}, which is not asked. Give it in ${node.parameters.file}.`];
  });
}
