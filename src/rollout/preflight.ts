import { MeridianError } from '../errors';
import { awsCommand } from './aws-command';
import { describeStack } from './outputs';
import { imageProblems } from './images';
import { stackSetOf, type RolloutNode, type RolloutPart } from './nodes';
import { missingParameters } from './parameters';
import type { Survey } from './survey';
import type { Target } from './target';

/**
 * Finds everything that would stop a rollout, before anything is changed.
 * @throws MeridianError (exit 1) with one list of all of it
 */
export async function preflight(target: Target, parts: readonly RolloutPart[], nodes: readonly RolloutNode[], states: Survey): Promise<void> {
  const problems = [
    ...parts.flatMap(parameterProblems),
    ...parts.flatMap(imageProblems),
    ...parts.flatMap((part) => instanceSetProblems(part, states)),
    ...(await Promise.all(nodes.map((node) => stackProblems(target, node, states)))).flat(),
  ];
  if (problems.length === 0) return;
  const name = parts.at(-1)?.build.name;
  const list = problems.map((problem) => `  ${problem}\n`).join('');
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  throw new MeridianError(`Rollout of ${name} refused: ${count}.\n${list}Nothing was changed. Correct this and run the same command again.`, 1);
}

function parameterProblems(part: RolloutPart): string[] {
  const missing = missingParameters(part);
  return missing.length > 0 ? [`Parameters of ${part.build.name} missing: ${missing.join(', ')} have no default. Give them in ${part.parameters.file}.`] : [];
}

/** Instances that no plan of ours would make: somebody added a region by hand. */
function instanceSetProblems(part: RolloutPart, states: Survey): string[] {
  return part.build.manifest.deployments.flatMap((deployment) => {
    const name = stackSetOf(part, deployment);
    const foreign = [...(states.get(name)?.instances.keys() ?? [])].filter((region) => !deployment.regions.create.includes(region));
    return foreign.map((region) => `StackSet ${name} has an instance in ${region}: ${deployment.name} is not built for that region. Delete the instance there, or add the region to the system.`);
  });
}

async function stackProblems(target: Target, node: RolloutNode, states: Survey): Promise<string[]> {
  const instance = states.get(node.stackSet)?.instances.get(node.region);
  if (!instance) return [];
  const where = `${node.system} ${node.deployment} in ${node.region}`;
  if (instance.Status === 'INOPERABLE') return [`Instance of ${where} inoperable: ${inoperableAdvice(target, node, instance.StackId, instance.StatusReason)}`];
  const stack = instance.StackId ? await describeStack(target, node.region, instance.StackId) : undefined;
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
    const command = awsCommand(target, node.region, `cloudformation continue-update-rollback --stack-name ${stack.StackId}`);
    return [`Stack of ${where} stuck in UPDATE_ROLLBACK_FAILED: ${stack.StackStatusReason || 'its last update could not be undone'}. Correct the cause, then continue the rollback: ${command}.`];
  }
  return [];
}

/** Why an instance is inoperable and how to get out of it. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html */
export function inoperableAdvice(target: Target, node: RolloutNode, stackId: string | undefined, reason: string | undefined): string {
  const release = `cloudformation delete-stack-instances --stack-set-name ${node.stackSet} --accounts ${target.account} --regions ${node.region} --retain-stacks`;
  return (
    `its deletion failed (${reason ?? 'no reason given'}). Remove what blocks it and destroy again; or give the stack up with ` +
    `"${awsCommand(target, node.build.homeRegion, release)}" ` +
    `and delete ${stackId ?? 'its stack'} by hand.`
  );
}
