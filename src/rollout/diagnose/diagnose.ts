import { MeridianError } from '../../errors';
import { Build } from '../build';
import { stackSetOf } from '../nodes';
import { describeStack } from '../outputs';
import type { NodeReference } from '../progress';
import { isConsequence, type RootCause } from '../root-cause';
import { StackEvents, type TreeEvent } from '../stack-events';
import { readStackSet } from '../stack-set';
import type { Target } from '../target';
import { explain } from './explain';
import { suggestedFix } from './known-failure';
import { lastFailedOperation } from './last-failure';

/** Where to look for failures. */
export interface DiagnoseOptions {
  readonly target: Target;
  /** The folder of builds, for the lines that authored what failed. */
  readonly dist: string;
  readonly system: string;
  readonly environment: string;
  readonly suffix: string;
}

/** What is known of a failure. */
export interface Diagnosis {
  /** Undefined for a stack that was named by its id alone. */
  readonly node?: NodeReference;
  readonly region: string;
  /** Undefined when StackSets never got to a stack. */
  readonly stackId?: string;
  /** How the stack came out of the operation that failed, or the instance's detailed status. */
  readonly status: string;
  /** Whether a later operation on the stack ended well. */
  readonly isOver: boolean;
  /** StackSets' own words, when no resource tells more. */
  readonly reason?: string;
  readonly rootCause?: RootCause;
  /** What helps against `reason`, when there is no root cause. */
  readonly fix?: string;
  /** Failures that only followed from the root cause, in their order. */
  readonly consequences: readonly TreeEvent[];
}

/**
 * Why the last operation on each instance of a system failed. Instances whose last operation ended well are left out.
 * @throws MeridianError (exit 2) for a system that was not built
 */
export async function diagnose({ target, dist, system, environment, suffix }: DiagnoseOptions): Promise<Diagnosis[]> {
  const part = { build: Build.open(dist, system, environment), parameters: { file: '', suffix, values: {} } };
  const found = await Promise.all(
    part.build.manifest.deployments.map(async (deployment) => {
      const state = await readStackSet(target, part.build.homeRegion, stackSetOf(part, deployment));
      return Promise.all(
        [...(state?.instances ?? [])].map(async ({ Account: account = target.account, Region: region = '', StackId: stackId, StackInstanceStatus, StatusReason }) => {
          const node = { system, environment, deployment: deployment.name, region };
          const diagnosis = stackId === undefined ? undefined : await diagnoseStack(target.of(account), region, stackId, deployment);
          if (diagnosis && !diagnosis.isOver) return { node, ...diagnosis };
          const status = StackInstanceStatus?.DetailedStatus ?? '';
          if (!['FAILED', 'INOPERABLE', 'FAILED_IMPORT'].includes(status)) return undefined;
          return withoutStack({ node, region, status, ...(stackId !== undefined && { stackId }) }, StatusReason);
        }),
      );
    }),
  );
  return found.flat().filter((diagnosis) => diagnosis !== undefined);
}

/**
 * Why the latest operation on one stack failed that did fail, also when the stack has been deleted since.
 * @param stackId ARN of a root stack
 * @throws MeridianError (exit 2) for what is no stack's ARN, or a stack that CloudFormation has forgotten
 */
export async function diagnoseById(target: Target, stackId: string): Promise<Diagnosis | undefined> {
  const region = /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):\d{12}:stack\//.exec(stackId)?.[1];
  if (region === undefined) throw new MeridianError(`Stack "${stackId}" unusable: a deleted stack answers only to its id, which begins with arn:aws:cloudformation:. Take it from "meridian status --json" or the journal.`, 2);
  if (!(await describeStack(target, region, stackId))) throw new MeridianError(`Stack ${stackId} unknown: CloudFormation has no such stack in ${region}, or has forgotten it; deleted stacks are remembered for 90 days. Look at the id and the account.`, 2);
  return diagnoseStack(target, region, stackId, undefined);
}

async function diagnoseStack(target: Target, region: string, stackId: string, deployment: Parameters<typeof explain>[3]): Promise<Diagnosis | undefined> {
  const failure = await lastFailedOperation(target, region, stackId);
  if (!failure) return undefined;
  const events = await new StackEvents(target, region, stackId, failure.since).read();
  const rootCause = await explain(target, region, events, deployment);
  const { status, isOver } = failure;
  return { region, stackId, status, isOver, ...(rootCause && { rootCause }), consequences: events.filter(isConsequence) };
}

function withoutStack(diagnosis: Omit<Diagnosis, 'isOver' | 'consequences'>, reason: string | undefined): Diagnosis {
  const fix = reason === undefined ? undefined : suggestedFix('', reason);
  return { ...diagnosis, isOver: false, consequences: [], ...(reason !== undefined && { reason }), ...(fix !== undefined && { fix }) };
}
