import type { ManifestDeployment } from '../../build/manifest';
import { isSkipped, type RolloutNode, type RolloutPart } from '../nodes';
import type { Target } from '../target';

/** What says which accounts a node or part is for. */
type Listing = Pick<RolloutPart, 'parameters'>;

/** The accounts that a part's stacks go to, in the order of its parameters file; the target's own when that lists none. */
export function accountsOf(target: Pick<Target, 'account'>, { parameters }: Listing): readonly string[] {
  return parameters.accounts ?? [target.account];
}

/** Whether the parameters file gives a deployment an account of its own. */
export function standsApart({ parameters }: Listing, { account }: Pick<ManifestDeployment, 'account'>): boolean {
  return account !== undefined && parameters.values[account] !== undefined;
}

/** The accounts that one deployment of a part goes to: its own, when the parameters file gives it one, else the part's. */
export function accountsOfDeployment(target: Pick<Target, 'account'>, part: Listing, deployment: Pick<ManifestDeployment, 'account'>): readonly string[] {
  return standsApart(part, deployment) ? [part.parameters.values[deployment.account!]!] : accountsOf(target, part);
}

/** The accounts that a node is for. */
export function accountsOfNode(target: Pick<Target, 'account'>, node: Pick<RolloutNode, 'parameters' | 'definition'>): readonly string[] {
  return accountsOfDeployment(target, node, node.definition);
}

/** The accounts of all deployments that are rolled: the part's, then those that single deployments have of their own. */
export function everyAccountOf(target: Pick<Target, 'account'>, part: RolloutPart): readonly string[] {
  const rolled = part.build.manifest.deployments.filter((deployment) => !isSkipped(deployment, part.parameters));
  return [...new Set([...accountsOf(target, part), ...rolled.flatMap((deployment) => accountsOfDeployment(target, part, deployment))])];
}

/** The account that stands for all where only one can be shown: the target's own if it is among them, else the first. */
export function mainAccount(target: Pick<Target, 'account'>, part: Listing): string {
  const accounts = accountsOf(target, part);
  return accounts.includes(target.account) ? target.account : accounts[0]!;
}

/** How the accounts of a wave, which is one deployment in one region, are gone through. */
export interface Wave {
  /** Accounts at the same time. */
  readonly concurrency: number;
  /** Accounts that may fail before the wave stops. */
  readonly tolerance: number;
}

/** The wave that a parameters file asks for: by default one account at a time, and none may fail. */
export function waveOf({ parameters: { concurrency = 1, tolerance = 0 } }: Listing): Wave {
  return { concurrency, tolerance };
}
