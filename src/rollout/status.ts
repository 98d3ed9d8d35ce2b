import type { Stack } from '@aws-sdk/client-cloudformation';
import type { ManifestDeployment } from '../build/manifest';
import { accountsOfDeployment } from './accounts/accounts';
import { Build } from './build';
import { inAccounts } from './accounts/in-accounts';
import { stackSetOf, type RolloutPart } from './nodes';
import { listOperations } from './operation';
import { describeStack } from './outputs';
import { packageDeployment, sha256 } from './package';
import type { NodeReference } from './progress';
import { readStackSet, type StackSetState } from './stack-set';
import type { Target } from './target';

/** Whose status to tell. */
export interface StatusOptions {
  readonly target: Target;
  readonly dist: string;
  /** Systems with the environment and suffix to look at. */
  readonly systems: readonly StatusSystem[];
}

/** A system in one environment, as its parameters file has it. */
export interface StatusSystem {
  readonly system: string;
  readonly environment: string;
  /** @default 'main' */
  readonly suffix?: string;
  /** @default the target's own */
  readonly accounts?: readonly string[];
  /** Values of parameters, of which those matter that name the account of a deployment. @default none */
  readonly values?: Readonly<Record<string, string>>;
}

/** A deployment in one region of one account as it stands. */
export interface StatusRow {
  readonly node: NodeReference;
  readonly account: string;
  readonly stackSet: string;
  /** Whether there is an instance in the region. */
  readonly deployed: boolean;
  /** CURRENT, OUTDATED or INOPERABLE. */
  readonly instanceStatus?: string;
  /** For example SUCCEEDED, FAILED, CANCELLED, RUNNING. */
  readonly detailedStatus?: string;
  readonly statusReason?: string;
  readonly stackStatus?: string;
  /** Why its stack could not be looked at: the access role of its account can't be assumed. */
  readonly unseen?: string;
  /** First eight digits of the SHA-256 of the root template that the StackSet holds. */
  readonly template?: string;
  /** Whether that is the template that is built now. */
  readonly isBuilt?: boolean;
  readonly lastOperation?: { readonly action: string; readonly status: string; readonly startedAt?: Date };
  /** When the stack was last created or changed. */
  readonly updated?: Date;
}

const shortHash = 8;

/**
 * The status of every deployment of some systems in each of its regions and accounts. Changes nothing.
 * @throws MeridianError (exit 2) for a system that was not built
 */
export async function status({ target, dist, systems }: StatusOptions): Promise<StatusRow[]> {
  const rows = await Promise.all(
    systems.map(({ system, environment, suffix = 'main', accounts, values = {} }) => {
      const part = { build: Build.open(dist, system, environment), parameters: { file: '', suffix, values, ...(accounts && { accounts }) } };
      return Promise.all(part.build.manifest.deployments.map((deployment) => deploymentStatus(target, part, deployment)));
    }),
  );
  return rows.flat(2);
}

async function deploymentStatus(target: Target, part: RolloutPart, deployment: ManifestDeployment): Promise<StatusRow[]> {
  const { build } = part;
  const name = stackSetOf(part, deployment);
  const state = await readStackSet(target, build.homeRegion, name);
  const [last] = state ? await listOperations(target, build.homeRegion, name) : [];
  const body = state?.stackSet.TemplateBody;
  const template = body === undefined ? undefined : sha256(Buffer.from(body));
  const built = packageDeployment(build, deployment).root.key;
  return inAccounts(placesOf(target, part, deployment, state), async ({ account, region }): Promise<StatusRow> => {
    const instance = state?.instances.get(account, region);
    const { stack, unseen } = instance?.StackId ? await look(target.of(account), region, instance.StackId) : {};
    return {
      account,
      node: { system: build.manifest.system, environment: build.manifest.environment, deployment: deployment.name, region },
      stackSet: name,
      deployed: instance !== undefined,
      instanceStatus: instance?.Status,
      detailedStatus: instance?.StackInstanceStatus?.DetailedStatus,
      statusReason: instance?.StatusReason,
      stackStatus: stack?.StackStatus,
      ...(unseen !== undefined && { unseen }),
      ...(template && { template: template.slice(0, shortHash), isBuilt: built === `${template}.json` }),
      ...(last && { lastOperation: { action: last.Action ?? '', status: last.Status ?? '', startedAt: last.CreationTimestamp } }),
      updated: stack?.LastUpdatedTime ?? stack?.CreationTime,
    };
  });
}

/** A stack, or why it can't be seen: one account that is closed does not hide the others. */
async function look(there: Target, region: string, stackId: string): Promise<{ readonly stack?: Stack; readonly unseen?: string }> {
  try {
    const stack = await describeStack(there, region, stackId);
    return stack ? { stack } : {};
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AccessDenied') throw error;
    return { unseen: error.message };
  }
}

/** Where a deployment should stand, and where else it does. */
function placesOf(target: Target, part: RolloutPart, deployment: ManifestDeployment, state: StackSetState | undefined): { readonly account: string; readonly region: string }[] {
  const { regions } = deployment;
  const listed = accountsOfDeployment(target, part, deployment);
  const places = regions.create.flatMap((region) => listed.map((account) => ({ account, region })));
  const found = [...(state?.instances ?? [])].map(({ Account: account = '', Region: region = '' }) => ({ account, region }));
  return [...places, ...found.filter(({ account, region }) => !listed.includes(account) || !regions.create.includes(region))];
}
