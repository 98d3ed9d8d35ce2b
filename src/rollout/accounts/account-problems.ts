import { deleteInstancesCommand } from '../aws-command';
import { accountsOf, accountsOfDeployment, standsApart } from './accounts';
import { sharedSystem } from '../build';
import { isSkipped, stackSetOf, type RolloutPart } from '../nodes';
import type { Survey } from '../survey';
import type { Target } from '../target';

/** What prevents a rollout to the accounts that parameters files list, one sentence each. Changes nothing. */
export function accountProblems(target: Target, parts: readonly RolloutPart[], states: Survey): string[] {
  return [
    ...parts.flatMap((part) => fanOutProblems(target, part)),
    ...parts.flatMap((part) => unlistedProblems(target, part, states)),
    ...sharedProblems(target, parts),
  ];
}

/**
 * A StackSet has one set of parameters for all its instances, so a value that is another one in each account can't go to several; and a
 * public domain is there once.
 */
function fanOutProblems(target: Target, part: RolloutPart): string[] {
  const { build, parameters } = part;
  const count = accountsOf(target, part).length;
  if (count < 2) return [];
  const rolled = build.manifest.deployments.filter((deployment) => !isSkipped(deployment, parameters) && !standsApart(part, deployment));
  const across = rolled.flatMap((deployment) =>
    Object.entries(deployment.parameters)
      .filter(([name, origin]) => origin.from === 'region' && parameters.values[name] === undefined)
      .map(([name]) => `${name} of ${deployment.name}`),
  );
  const zone = rolled.find(({ gate }) => gate === 'delegation');
  const whys = [...(zone ? [`${zone.name} makes the public zone of a domain, which there is once`] : []), ...(across.length > 0 ? [`${across.join(', ')} would differ from account to account, and a StackSet has one value for all`] : [])];
  return whys.map((why) => `Accounts of ${build.name} are ${count}, and it goes to one: ${why}. List one account in ${parameters.file}, and roll the others with a file and --account of their own.`);
}

/** Instances in accounts that the file doesn't list: somebody took them off, and nothing is deleted for that. */
function unlistedProblems(target: Target, part: RolloutPart, states: Survey): string[] {
  return part.build.manifest.deployments.flatMap((deployment) => {
    const listed = new Set(accountsOfDeployment(target, part, deployment));
    const stackSet = stackSetOf(part, deployment);
    const unlisted = [...(states.get(stackSet)?.instances ?? [])].filter(({ Account = '' }) => !listed.has(Account));
    const accounts = [...new Set(unlisted.map(({ Account = '' }) => Account))].sort();
    return accounts.map((account) => {
      const regions = unlisted.filter(({ Account }) => Account === account).map(({ Region = '' }) => Region);
      const deletion = deleteInstancesCommand(target, { stackSet, homeRegion: part.build.homeRegion, accounts: [account], regions, retainStacks: false });
      return (
        `Account ${account} not listed in ${part.parameters.file}, but ${part.build.manifest.system} ${deployment.name} stands there in ${regions.join(', ')}. ` +
        `Put it back under "accounts:", or delete what stands there, last deployment first: ${deletion}.`
      );
    });
  });
}

/** Every account of a system needs what all systems of an account share. */
function sharedProblems(target: Target, parts: readonly RolloutPart[]): string[] {
  const shared = parts.find(({ build }) => build.manifest.system === sharedSystem.system);
  if (!shared) return [];
  const covered = accountsOf(target, shared);
  return parts.flatMap((part) => {
    const lacking = accountsOf(target, part).filter((account) => !covered.includes(account));
    return lacking.length === 0 ? [] : [`Accounts ${lacking.join(', ')} of ${part.build.name} lack what all systems of an account share. List them under "accounts:" in ${shared.parameters.file} too.`];
  });
}
