import { randomUUID } from 'node:crypto';
import { CreateStackCommand, UpdateStackCommand, type Parameter, type Stack, type Tag } from '@aws-sdk/client-cloudformation';
import { changeOf, staleWires, type NodeChange } from '../change';
import type { OperationEnd } from '../follow';
import { foreignChanges } from '../foreign-changes';
import { StackInstances } from '../instances';
import type { Journal } from '../journal/journal';
import type { JournalCall } from '../journal/record';
import { hashesOf, keepVersion } from '../journal/version';
import { resourceTotal } from '../node-progress';
import { finishNode, type NodeResult } from '../node-result';
import { referenceTo, type RolloutNode } from '../nodes';
import type { RootOutputs } from '../outputs';
import { artifactBucket } from '../package';
import { rootParameters, wiredParameters } from '../parameters';
import type { Listener } from '../progress';
import type { StackSetDefinition } from '../stack-set';
import type { Target } from '../target';
import type { BreakGlassNode } from './prepare';
import { plainStackName, type StandingStack } from './standing-stack';
import { afterLatestEvent, watchStack } from './watch-stack';

/** What the work on a stack needs beside it. */
export interface BreakGlassContext {
  readonly target: Target;
  readonly journal: Journal;
  readonly listener: Listener;
  /** Outputs of deployments so far; its own are added. */
  readonly outputs: RootOutputs;
}

/** Brings the stack of one deployment to what was built, past its StackSet, or makes one. Leaves alone what is that already. */
export async function rollStack(context: BreakGlassContext, { node, package: { root }, standing }: BreakGlassNode): Promise<NodeResult> {
  const { target, journal, listener, outputs } = context;
  const started = performance.now();
  const definition = { name: node.stackSet, description: '', body: root.bytes.toString('utf8'), parameters: rootParameters(node, outputs), tags: { System: node.system, Environment: node.environment } };
  const change: NodeChange = standing ? await changeIn(target, node, standing.stack, definition) : { action: 'create', reasons: [] };
  const operationId = randomUUID();
  const finish = (stack: Stack | undefined, end?: OperationEnd): NodeResult => {
    if (end?.status !== 'FAILED') (outputs[node.deployment] ??= {})[node.region] = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    const stackIds = new Map(stack?.StackId ? [[target.account, stack.StackId]] : []);
    return finishNode({ node, changes: new Map([[target.account, change]]), started, operationId, end, stackIds }, listener);
  };
  if (change.action === 'none') return finish(standing?.stack);

  const since = standing ? await afterLatestEvent(target, node.region, standing.stackId) : new Date(0);
  const request = requestFor(target, node, definition, root.key, operationId);
  let stackId = standing?.stackId ?? '';
  const call = await journal.call(journalCall(context, node, definition, operationId, standing), async () => {
    const client = target.in(node.region).cloudFormation;
    if (standing) await client.send(new UpdateStackCommand({ ...request, StackName: stackId }));
    else stackId = (await client.send(new CreateStackCommand({ ...request, StackName: plainStackName(node.stackSet), OnFailure: 'DELETE' }))).StackId ?? '';
  });
  listener({ type: 'node-start', node: referenceTo(node), action: change.action, total: resourceTotal(node), operationId });
  const { stack, end } = await watchStack(target, node, stackId, since, listener);
  journal.outcome(call, end.status, end.reason);
  return finish(stack, end);
}

async function changeIn(target: Target, node: RolloutNode, stack: Stack, definition: StackSetDefinition): Promise<NodeChange> {
  const definitionChanges = await foreignChanges(target, node.region, stack, definition);
  const stale = await staleWires(target, node.region, stack, wiredParameters(node, definition.parameters));
  return changeOf({ definitionChanges, instance: { Status: 'CURRENT' }, stack, staleWires: stale });
}

/** The same as the StackSet would ask for, with the root from the bucket of the region itself. */
function requestFor(target: Target, { region }: RolloutNode, { parameters, tags }: StackSetDefinition, rootKey: string, ClientRequestToken: string) {
  return {
    TemplateURL: `https://s3.${region}.amazonaws.com/${artifactBucket(target.account, region)}/${rootKey}`,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]): Parameter => ({ ParameterKey, ParameterValue })),
    Tags: Object.entries(tags).map(([Key, Value]): Tag => ({ Key, Value })),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    ClientRequestToken,
  };
}

/** What the journal says of the call, with the version that the stack has. */
function journalCall({ target, journal }: BreakGlassContext, { id, stackSet, region }: RolloutNode, definition: StackSetDefinition, operationId: string, standing: StandingStack | undefined): JournalCall {
  const kept = standing && keepVersion(journal.folder, { stackSet: { TemplateBody: standing.body, Parameters: standing.stack.Parameters }, instances: new StackInstances() }, definition);
  return {
    node: id,
    action: standing ? 'update' : 'create',
    call: standing ? 'UpdateStack' : 'CreateStack',
    operationId,
    stackSet,
    home: region,
    region,
    accounts: [target.account],
    ...hashesOf(definition),
    ...(kept && { previous: kept }),
  };
}
