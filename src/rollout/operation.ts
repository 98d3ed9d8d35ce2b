import {
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  DescribeStackSetOperationCommand,
  ListStackSetOperationsCommand,
  OperationIdAlreadyExistsException,
  OperationInProgressException,
  OperationNotFoundException,
  paginateListStackSetOperationResults,
  StackSetNotFoundException,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
  type StackSetOperation,
  type StackSetOperationPreferences,
  type StackSetOperationResultSummary,
  type StackSetOperationSummary,
} from '@aws-sdk/client-cloudformation';
import type { Wave } from './accounts/accounts';
import { stackSetRequest, type StackSetDefinition } from './stack-set';
import type { Target } from './target';

/** An operation on a StackSet, as a person needs to know it. */
export interface OperationReference {
  readonly stackSet: string;
  readonly operationId: string;
  /** CREATE, UPDATE, DELETE or DETECT_DRIFT. */
  readonly action: string;
  readonly startedAt: Date;
}

/** What one operation is asked to do, always in one region. */
export interface OperationRequest {
  readonly stackSet: string;
  /** The StackSet's home region, where the call goes. */
  readonly home: string;
  readonly region: string;
  readonly accounts: readonly string[];
  /** How it goes through them. @default one after the other, and none may fail */
  readonly wave?: Wave;
  /** Chosen by the caller before the call, so that a repeat of the call is the same operation. */
  readonly operationId: string;
}

/** The StackSet is busy with somebody else's operation. */
export class StackSetBusy extends Error {}

/**
 * One region at a time: which one comes next is the rollout's decision. StackSets' strict mode never runs more accounts at once than the
 * tolerance and one; who asks for more gets the soft mode, in which all that run when one too many fails end by themselves.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 */
function preferences({ region, wave: { concurrency, tolerance } = { concurrency: 1, tolerance: 0 } }: OperationRequest): StackSetOperationPreferences {
  return {
    RegionConcurrencyType: 'SEQUENTIAL',
    RegionOrder: [region],
    FailureToleranceCount: tolerance,
    MaxConcurrentCount: concurrency,
    ...(concurrency > tolerance + 1 && { ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' }),
  };
}

/** Adds the instances of a region with the StackSet's present template. Throws StackSetBusy. */
export async function createInstances(target: Target, request: OperationRequest): Promise<void> {
  await begin(() => target.in(request.home).cloudFormation.send(new CreateStackInstancesCommand(operationOn(request))));
}

/** Changes the StackSet to its definition and brings instances of one region to it; all others become outdated. Throws StackSetBusy. */
export async function updateStackSet(target: Target, request: OperationRequest, definition: StackSetDefinition): Promise<void> {
  await begin(() => target.in(request.home).cloudFormation.send(new UpdateStackSetCommand({ ...stackSetRequest(target, definition), ...operationOn(request) })));
}

/**
 * Brings instances of one region to the StackSet as it is, and lets them read their wires again. The others keep their status, which they would
 * not if the template or parameters were given once more.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
 */
export async function refreshInstances(target: Target, request: OperationRequest): Promise<void> {
  await begin(() => target.in(request.home).cloudFormation.send(new UpdateStackInstancesCommand(operationOn(request))));
}

/** Deletes instances of a region with their stacks. Throws StackSetBusy. */
export async function deleteInstances(target: Target, request: OperationRequest): Promise<void> {
  await begin(() => target.in(request.home).cloudFormation.send(new DeleteStackInstancesCommand({ ...operationOn(request), RetainStacks: false })));
}

function operationOn(request: OperationRequest) {
  const { stackSet, accounts, region, operationId } = request;
  return { StackSetName: stackSet, Accounts: [...accounts], Regions: [region], OperationPreferences: preferences(request), OperationId: operationId };
}

/** Starts an operation; one that was accepted before under the same id counts as started. */
async function begin(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (error instanceof OperationIdAlreadyExistsException) return;
    if (error instanceof OperationInProgressException) throw new StackSetBusy(error.message, { cause: error });
    throw error;
  }
}

/** The operation that a StackSet is busy with, or undefined when it is free. */
export async function runningOperation(target: Target, home: string, stackSet: string): Promise<OperationReference | undefined> {
  const operations = await listOperations(target, home, stackSet);
  const running = operations.find(({ Status }) => Status === 'RUNNING' || Status === 'STOPPING');
  return running && { stackSet, operationId: running.OperationId ?? '', action: running.Action ?? '', startedAt: running.CreationTimestamp ?? new Date(0) };
}

/** An operation by its id, or undefined when AWS has never heard of it, or of its StackSet. */
export async function findOperation(target: Target, { home, stackSet, operationId }: Pick<OperationRequest, 'home' | 'stackSet' | 'operationId'>): Promise<StackSetOperation | undefined> {
  try {
    const { StackSetOperation } = await target.in(home).cloudFormation.send(new DescribeStackSetOperationCommand({ StackSetName: stackSet, OperationId: operationId }));
    return StackSetOperation;
  } catch (error) {
    if (error instanceof OperationNotFoundException || error instanceof StackSetNotFoundException) return undefined;
    throw error;
  }
}

/** The latest operations on a StackSet, newest first; none when there is no such StackSet. One page: at most one of them still runs. */
export async function listOperations(target: Target, home: string, stackSet: string): Promise<StackSetOperationSummary[]> {
  try {
    const { Summaries = [] } = await target.in(home).cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName: stackSet }));
    return Summaries;
  } catch (error) {
    if (error instanceof StackSetNotFoundException) return [];
    throw error;
  }
}

/** How each instance of an operation ended, with StackSets' reason. */
export async function operationResults(target: Target, { home, stackSet, operationId }: Pick<OperationRequest, 'home' | 'stackSet' | 'operationId'>): Promise<StackSetOperationResultSummary[]> {
  const client = target.in(home).cloudFormation;
  const results: StackSetOperationResultSummary[] = [];
  for await (const page of paginateListStackSetOperationResults({ client }, { StackSetName: stackSet, OperationId: operationId })) results.push(...(page.Summaries ?? []));
  return results;
}

/** An operation in words, for a message. */
export function describeOperation({ operationId, action, startedAt }: OperationReference): string {
  return `operation ${operationId} (${action}) runs since ${startedAt.toISOString()}`;
}
