import type { StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../../errors';
import { inAccounts } from '../accounts/in-accounts';
import { accountProblems } from '../accounts/account-problems';
import { accountsOfNode } from '../accounts/accounts';
import { deleteInstancesCommand } from '../aws-command';
import { leftBehindProblems } from '../break-glass/left-behind';
import { describeStack } from '../outputs';
import { capabilityProblems } from './capability-problems';
import { creationProblems } from './creation-problems';
import { failoverProblems } from './failover-problems';
import { imageProblems } from './images';
import { stackSetOf, type RolloutNode, type RolloutPart } from '../nodes';
import { memberProblems } from '../accounts/member-problems';
import { missingParameters } from '../parameters';
import type { Survey } from '../survey';
import type { Target } from '../target';

/**
 * Finds everything that would stop a rollout, before anything is changed.
 * @throws MeridianError (exit 1) with one list of all of it
 */
export async function preflight(target: Target, parts: readonly RolloutPart[], nodes: readonly RolloutNode[], states: Survey): Promise<void> {
  const closed = await memberProblems(target, parts);
  const problems = [
    ...parts.flatMap(parameterProblems),
    ...parts.flatMap(imageProblems),
    ...parts.flatMap(capabilityProblems),
    ...parts.flatMap((part) => instanceSetProblems(target, part, states)),
    ...accountProblems(target, parts, states),
    ...closed.values(),
    ...(await leftBehindProblems(target, nodes, states, closed)),
    ...(closed.size === 0 ? [...(await creationProblems(target, parts, nodes, states)), ...(await failoverProblems(target, nodes, states))] : []),
    ...(await Promise.all(nodes.map((node) => stackProblems(target, node, states, closed)))).flat(),
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

/** Instances that no plan of ours would make: somebody added a region by hand. Nothing is deleted for that. */
function instanceSetProblems(target: Target, part: RolloutPart, states: Survey): string[] {
  return part.build.manifest.deployments.flatMap((deployment) => {
    const name = stackSetOf(part, deployment);
    const instances = [...(states.get(name)?.instances ?? [])];
    const foreign = [...new Set(instances.map(({ Region = '' }) => Region))].filter((region) => !deployment.regions.create.includes(region));
    return foreign.map((region) => {
      const accounts = instances.flatMap(({ Account = '', Region }) => (Region === region ? [Account] : []));
      const deletion = deleteInstancesCommand(target, { stackSet: name, homeRegion: part.build.homeRegion, accounts, regions: [region], retainStacks: false });
      return `StackSet ${name} has an instance in ${region}: ${deployment.name} is not built for that region. Add the region to the system, or delete what stands there: ${deletion}.`;
    });
  });
}

/** @param closed accounts that can't be looked into */
async function stackProblems(target: Target, node: RolloutNode, states: Survey, closed: ReadonlyMap<string, string>): Promise<string[]> {
  const isOpen = ({ Account = '' }: StackInstanceSummary): boolean => accountsOfNode(target, node).includes(Account) && !closed.has(Account);
  const instances = states.get(node.stackSet)?.instances.in(node.region).filter(isOpen) ?? [];
  return (await inAccounts(instances, (instance) => instanceProblems(target, node, instance))).flat();
}

async function instanceProblems(target: Target, node: RolloutNode, { Account: account = '', Status, StackId: stackId, StatusReason: reason }: StackInstanceSummary): Promise<string[]> {
  const where = `${node.system} ${node.deployment} in ${node.region}${account === target.account ? '' : `, account ${account},`}`;
  if (Status === 'INOPERABLE') return [`Instance of ${where} inoperable: ${inoperableAdvice(target, node, { account, stackId, reason })}`];
  const stack = stackId ? await describeStack(target.of(account), node.region, stackId) : undefined;
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
    return [
      `Stack of ${where} stuck in UPDATE_ROLLBACK_FAILED: ${stack.StackStatusReason || 'its last update could not be undone'}. ` +
        `Run "meridian continue-rollback ${node.system} ${node.environment} --dry-run" to see what could not go back, correct that, and run it without --dry-run.`,
    ];
  }
  return [];
}

/** An instance whose deletion failed. */
interface Inoperable {
  readonly account: string;
  readonly stackId?: string;
  readonly reason?: string;
}

/** Why an instance is inoperable and how to get out of it. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html */
export function inoperableAdvice(target: Target, node: RolloutNode, { account, stackId, reason }: Inoperable): string {
  const release = deleteInstancesCommand(target, { stackSet: node.stackSet, homeRegion: node.build.homeRegion, accounts: [account], regions: [node.region], retainStacks: true });
  return (
    `its deletion failed (${reason ?? 'no reason given'}). Remove what blocks it and destroy again; or give the stack up with ` +
    `"${release}" ` +
    `and delete ${stackId ?? 'its stack'} by hand.`
  );
}
