import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  paginateDescribeChangeSet,
  type DescribeChangeSetCommandOutput,
  type Parameter,
  type ResourceChange as ChangeSetResource,
} from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../../errors';
import { artifactBucket, type DeploymentPackage } from '../package';
import type { Target } from '../target';
import { nestedStackType } from '../template';
import { upload } from '../upload';

/** What CloudFormation itself says that an update would do to one resource. */
export interface ForeseenChange {
  /** Logical ids of the nested stacks from the root down. */
  readonly path: readonly string[];
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'add' | 'change' | 'replace' | 'may-replace' | 'remove';
  /** False where it is listed only because a resource that it reads may give another value. @default true */
  readonly certain?: false;
}

/** What CloudFormation foresees of a stack. */
export interface Foresight {
  readonly changes: readonly ForeseenChange[];
  /** Nested stacks that it says will change and of which it tells nothing: the target makes no nested change sets. */
  readonly unseen: readonly string[];
}

/** The stack of an instance and what it would become. */
export interface ForeseenUpdate {
  /** The account that the stack stands in. */
  readonly target: Target;
  readonly region: string;
  readonly stackId: string;
  readonly package: DeploymentPackage;
  /** Values of the root's parameters; `undefined` keeps the present one. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

/** Seconds for a change set to be made; CloudFormation reads every nested template for it. */
const longestMaking = 900;
/** What CloudFormation says of a change set that would change nothing. */
const nothing = /didn't contain changes|No updates are to be performed/;

/**
 * Asks CloudFormation what an update of a stack and of those nested in it would do, by a change set that is deleted again and never executed.
 * The artifacts are brought to the region's bucket first: they are named by their content, and the rollout will need them.
 * @throws MeridianError (exit 3) when CloudFormation can't make the change set, with the reason of the deepest one that failed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/change-sets-for-nested-stacks.html
 */
export async function foresee({ target, region, stackId, package: { root, artifacts }, parameters }: ForeseenUpdate): Promise<Foresight> {
  await upload(target, region, [...artifacts, root]);
  const client = target.in(region).cloudFormation;
  const { Id: changeSet } = await client.send(
    new CreateChangeSetCommand({
      StackName: stackId,
      ChangeSetName: `meridian-plan-${randomUUID()}`,
      TemplateURL: `https://s3.${region}.amazonaws.com/${artifactBucket(target.account, region)}/${root.key}`,
      Parameters: Object.entries(parameters).map(([ParameterKey, value]): Parameter => (value === undefined ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue: value })),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      IncludeNestedStacks: true,
    }),
  );
  try {
    const made = await untilMade(target, region, changeSet);
    if (made.Status === 'FAILED' && nothing.test(made.StatusReason ?? '')) return { changes: [], unseen: [] };
    if (made.Status === 'FAILED') throw new MeridianError(`Change set of stack ${stackId} not made: ${await deepestReason(target, region, changeSet, made.StatusReason)}. Correct that and plan again, or plan without --change-sets.`, 3);
    return await read(target, region, changeSet, []);
  } finally {
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: changeSet }));
  }
}

async function untilMade(target: Target, region: string, changeSet: string | undefined): Promise<DescribeChangeSetCommandOutput> {
  const { first, longest } = target.pollPace;
  const until = performance.now() + longestMaking * 1_000;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    const answer = await target.in(region).cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: changeSet }));
    if (answer.Status === 'CREATE_COMPLETE' || answer.Status === 'FAILED') return answer;
    if (performance.now() >= until) throw new MeridianError(`Change set ${changeSet} not made: it has not ended after ${longestMaking / 60} minutes. Plan again, or without --change-sets.`, 3);
    await sleep(pause);
  }
}

/** A parent says only that a nested change set failed; the nested one says why. */
async function deepestReason(target: Target, region: string, changeSet: string | undefined, reason = 'no reason given'): Promise<string> {
  const nested = /(arn:\S+:changeSet\/[^\s,.]+)/.exec(reason)?.[1];
  if (nested === undefined || nested === changeSet) return reason.replace(/\.$/, '');
  const { StatusReason } = await target.in(region).cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: nested }));
  return deepestReason(target, region, nested, StatusReason);
}

async function read(target: Target, region: string, changeSet: string | undefined, path: readonly string[]): Promise<Foresight> {
  const changes: ForeseenChange[] = [];
  const unseen: string[] = [];
  for await (const page of paginateDescribeChangeSet({ client: target.in(region).cloudFormation }, { ChangeSetName: changeSet })) {
    for (const { ResourceChange: change } of page.Changes ?? []) {
      if (!change) continue;
      const logicalId = change.LogicalResourceId ?? '';
      if (change.ResourceType !== nestedStackType) {
        changes.push({ path, logicalId, type: change.ResourceType ?? '', action: actionOf(change), ...(onlyPerhaps(change) && { certain: false as const }) });
      } else if (change.ChangeSetId) {
        const nested = await read(target, region, change.ChangeSetId, [...path, logicalId]);
        changes.push(...nested.changes);
        unseen.push(...nested.unseen);
      } else unseen.push([...path, logicalId].join('/'));
    }
  }
  return { changes, unseen };
}

/**
 * Whether a resource is listed only because one that it reads may give another value: CloudFormation looks at that when it updates.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
function onlyPerhaps({ Action, Details = [] }: ChangeSetResource): boolean {
  return Action === 'Modify' && Details.length > 0 && Details.every(({ Evaluation }) => Evaluation === 'Dynamic');
}

function actionOf({ Action, Replacement }: ChangeSetResource): ForeseenChange['action'] {
  if (Action === 'Add' || Action === 'Import') return 'add';
  if (Action === 'Remove') return 'remove';
  return Replacement === 'True' ? 'replace' : Replacement === 'Conditional' ? 'may-replace' : 'change';
}
