import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
  paginateListStackResources,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import pLimit from 'p-limit';
import { MeridianError } from '../../errors';
import type { ManifestDeployment } from '../../build/manifest';
import { Build } from '../build';
import { stackSetOf } from '../nodes';
import type { NodeReference } from '../progress';
import { templateAt } from '../root-cause';
import { readStackSet } from '../stack-set';
import type { Target } from '../target';
import { nestedStackType } from '../template';
import type { DriftedResource } from './drifted-resource';
import { judgeDrift } from './expected-drift';

/** Whose drift to look for. */
export interface DriftOptions {
  readonly target: Target;
  readonly dist: string;
  readonly system: string;
  readonly environment: string;
  readonly suffix: string;
  /** @default every region */
  readonly region?: string;
}

/** What drift detection found in a system. */
export interface DriftReport {
  readonly drifted: readonly DriftedResource[];
  /** Stacks that were looked at, nested ones among them. */
  readonly stacks: number;
  /** Resources that CloudFormation compared. Of others it can't tell: their types know no drift detection. */
  readonly checked: number;
}

/** A stack to look at, and where it is in the tree. */
interface StackInTree {
  /** The account that it stands in. */
  readonly target: Target;
  readonly account: string;
  readonly node: NodeReference;
  readonly deployment: ManifestDeployment;
  readonly rootStackId: string;
  readonly stackId: string;
  readonly path: readonly string[];
}

/** Detections under way at once in a region of an account: each reads every resource of its stack by the services' own API, whose rates all callers share. */
const detectionsAtOnce = 4;
/** Seconds for one stack's detection. CloudFormation takes minutes for hundreds of resources. */
const longestDetection = 1_800;

/**
 * Compares everything that stands of a system with its templates, nested stacks too, which CloudFormation's own detection of a stack or a
 * StackSet leaves out.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/detect-drift-stack.html
 * @throws MeridianError (exit 2) for a system that was not built, (exit 3) when a detection fails or takes half an hour
 */
export async function detectDrift({ target, dist, system, environment, suffix, region }: DriftOptions): Promise<DriftReport> {
  const part = { build: Build.open(dist, system, environment), parameters: { file: '', suffix, values: {} } };
  const roots = await Promise.all(
    part.build.manifest.deployments.map(async (deployment) => {
      const state = await readStackSet(target, part.build.homeRegion, stackSetOf(part, deployment));
      return [...(state?.instances ?? [])]
        .filter(({ Region, StackId }) => StackId !== undefined && (region === undefined || Region === region))
        .map(({ Account: account = target.account, Region: where = '', StackId: stackId = '' }): StackInTree => {
          const node = { system, environment, deployment: deployment.name, region: where };
          return { target: target.of(account), node, account, deployment, rootStackId: stackId, stackId, path: [] };
        });
    }),
  );
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  const limitOf = (where: string) => limits.get(where) ?? limits.set(where, pLimit(detectionsAtOnce)).get(where)!;
  const stacks = (await Promise.all(roots.flat().map(withNested))).flat();
  const found = await Promise.all(stacks.map((stack) => limitOf(`${stack.account} ${stack.node.region}`)(() => driftsOf(stack))));
  return { drifted: found.flatMap(({ drifted }) => drifted), stacks: stacks.length, checked: found.reduce((sum, { checked }) => sum + checked, 0) };
}

async function withNested(stack: StackInTree): Promise<StackInTree[]> {
  const client = stack.target.in(stack.node.region).cloudFormation;
  const nested: StackInTree[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack.stackId })) {
    for (const { LogicalResourceId = '', ResourceType, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      if (ResourceType !== nestedStackType || !PhysicalResourceId || ResourceStatus === 'DELETE_COMPLETE') continue;
      nested.push(...(await withNested({ ...stack, stackId: PhysicalResourceId, path: [...stack.path, LogicalResourceId] })));
    }
  }
  return [stack, ...nested];
}

async function driftsOf(stack: StackInTree): Promise<{ drifted: DriftedResource[]; checked: number }> {
  const client = stack.target.in(stack.node.region).cloudFormation;
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack.stackId }));
  await detectionEnds(stack, StackDriftDetectionId);
  const drifts: StackResourceDrift[] = [];
  for await (const page of paginateDescribeStackResourceDrifts({ client }, { StackName: stack.stackId })) drifts.push(...(page.StackResourceDrifts ?? []));
  const drifted = drifts.filter(({ StackResourceDriftStatus: status, ResourceType }) => (status === 'MODIFIED' || status === 'DELETED') && ResourceType !== nestedStackType);
  return { drifted: drifted.map((drift) => toDrifted(stack, drift)), checked: drifts.filter(({ StackResourceDriftStatus: status }) => status !== 'NOT_CHECKED').length };
}

async function detectionEnds({ target, node, stackId }: StackInTree, detectionId: string | undefined): Promise<void> {
  const { first, longest } = target.pollPace;
  const until = performance.now() + longestDetection * 1_000;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    const { DetectionStatus, DetectionStatusReason } = await target.in(node.region).cloudFormation.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: detectionId }));
    if (DetectionStatus === 'DETECTION_COMPLETE') return;
    const late = performance.now() >= until;
    if (DetectionStatus === 'DETECTION_FAILED' || late) {
      const why = late ? `it has not ended after ${longestDetection / 60} minutes` : (DetectionStatusReason ?? 'no reason given');
      throw new MeridianError(`Drift of stack ${stackId} unknown: ${why}. Run the same command again, or look at the stack in the CloudFormation console.`, 3);
    }
    await sleep(pause);
  }
}

function toDrifted({ account, node, deployment, rootStackId, path }: StackInTree, drift: StackResourceDrift): DriftedResource {
  const logicalId = drift.LogicalResourceId ?? '';
  const source = templateAt(deployment, path)?.sources[logicalId];
  const differences = (drift.PropertyDifferences ?? []).map(({ PropertyPath = '', ExpectedValue = 'null', ActualValue = 'null' }) => ({ property: PropertyPath, expected: ExpectedValue, actual: ActualValue }));
  const found = { type: drift.ResourceType ?? '', status: drift.StackResourceDriftStatus as DriftedResource['status'], differences };
  return { node, account, rootStackId, path, logicalId, physicalId: drift.PhysicalResourceId ?? '', ...found, ...(source && { source }), ...judgeDrift(found) };
}
