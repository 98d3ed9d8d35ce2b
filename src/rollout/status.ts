import { Build } from './build';
import { stackSetOf, type RolloutPart } from './nodes';
import { listOperations } from './operation';
import { describeStack } from './outputs';
import { packageDeployment, sha256 } from './package';
import type { NodeReference } from './progress';
import { readStackSet } from './stack-set';
import type { Target } from './target';

/** Whose status to tell. */
export interface StatusOptions {
  readonly target: Target;
  readonly dist: string;
  /** Systems with the environment and suffix to look at. */
  readonly systems: readonly { readonly system: string; readonly environment: string; readonly suffix?: string }[];
}

/** A deployment in one region as it stands. */
export interface StatusRow {
  readonly node: NodeReference;
  readonly stackSet: string;
  /** Whether there is an instance in the region. */
  readonly deployed: boolean;
  /** CURRENT, OUTDATED or INOPERABLE. */
  readonly instanceStatus?: string;
  /** For example SUCCEEDED, FAILED, CANCELLED, RUNNING. */
  readonly detailedStatus?: string;
  readonly statusReason?: string;
  readonly stackStatus?: string;
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
 * The status of every deployment of some systems in each of its regions. Changes nothing.
 * @throws MeridianError (exit 2) for a system that was not built
 */
export async function status({ target, dist, systems }: StatusOptions): Promise<StatusRow[]> {
  const rows = await Promise.all(
    systems.map(({ system, environment, suffix = 'main' }) => {
      const part = { build: Build.open(dist, system, environment), parameters: { file: '', suffix, values: {} } };
      return Promise.all(part.build.manifest.deployments.map((deployment) => deploymentStatus(target, part, deployment)));
    }),
  );
  return rows.flat(2);
}

async function deploymentStatus(target: Target, part: RolloutPart, deployment: RolloutPart['build']['manifest']['deployments'][number]): Promise<StatusRow[]> {
  const { build } = part;
  const name = stackSetOf(part, deployment);
  const state = await readStackSet(target, build.homeRegion, name);
  const [last] = state ? await listOperations(target, build.homeRegion, name) : [];
  const body = state?.stackSet.TemplateBody;
  const template = body === undefined ? undefined : sha256(Buffer.from(body));
  const built = packageDeployment(build, deployment).root.key;
  const regions = [...new Set([...deployment.regions.create, ...(state?.instances.keys() ?? [])])];
  return Promise.all(
    regions.map(async (region): Promise<StatusRow> => {
      const instance = state?.instances.get(region);
      const stack = instance?.StackId ? await describeStack(target, region, instance.StackId) : undefined;
      return {
        node: { system: build.manifest.system, environment: build.manifest.environment, deployment: deployment.name, region },
        stackSet: name,
        deployed: instance !== undefined,
        instanceStatus: instance?.Status,
        detailedStatus: instance?.StackInstanceStatus?.DetailedStatus,
        statusReason: instance?.StatusReason,
        stackStatus: stack?.StackStatus,
        ...(template && { template: template.slice(0, shortHash), isBuilt: built === `${template}.json` }),
        ...(last && { lastOperation: { action: last.Action ?? '', status: last.Status ?? '', startedAt: last.CreationTimestamp } }),
        updated: stack?.LastUpdatedTime ?? stack?.CreationTime,
      };
    }),
  );
}
