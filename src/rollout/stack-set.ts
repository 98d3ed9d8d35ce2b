import {
  CreateStackSetCommand,
  DeleteStackSetCommand,
  DescribeStackSetCommand,
  paginateListStackInstances,
  StackSetNotFoundException,
  type Parameter,
  type StackInstanceSummary,
  type StackSet,
  type Tag,
} from '@aws-sdk/client-cloudformation';
import { executionRoleName, administrationRoleName } from '../../templates/bootstrap';
import { StackInstances } from './instances';
import type { Target } from './target';

/** What a deployment's StackSet should be. */
export interface StackSetDefinition {
  readonly name: string;
  readonly description: string;
  /** The packaged root template. */
  readonly body: string;
  /** Where CloudFormation reads the root when it is too large for a request. */
  readonly url?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters that keep the values which the StackSet has. @default none */
  readonly keeps?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A StackSet as it stands, with its instances. */
export interface StackSetState {
  readonly stackSet: StackSet;
  readonly instances: StackInstances;
}

/** Our templates name IAM resources and hold no transforms. */
const capabilities = ['CAPABILITY_NAMED_IAM' as const];

/** Makes an empty StackSet in its home region. Instances are added by operations. */
export async function createStackSet(target: Target, home: string, definition: StackSetDefinition, token: string): Promise<void> {
  await target.in(home).cloudFormation.send(new CreateStackSetCommand({ ...stackSetRequest(target, definition), PermissionModel: 'SELF_MANAGED', ClientRequestToken: token }));
}

/** Deletes a StackSet that has no instances. */
export async function deleteStackSet(target: Target, home: string, name: string): Promise<void> {
  await target.in(home).cloudFormation.send(new DeleteStackSetCommand({ StackSetName: name }));
}

/** The part of a request that says what the StackSet is. */
export function stackSetRequest(target: Target, definition: StackSetDefinition) {
  return {
    StackSetName: definition.name,
    Description: definition.description,
    ...(definition.url ? { TemplateURL: definition.url } : { TemplateBody: definition.body }),
    Parameters: [
      ...Object.entries(definition.parameters).map(([ParameterKey, ParameterValue]): Parameter => ({ ParameterKey, ParameterValue })),
      ...(definition.keeps ?? []).map((ParameterKey): Parameter => ({ ParameterKey, UsePreviousValue: true })),
    ],
    Capabilities: capabilities,
    Tags: Object.entries(definition.tags).map(([Key, Value]): Tag => ({ Key, Value })),
    AdministrationRoleARN: administrationRoleArn(target),
    ExecutionRoleName: executionRoleName,
  };
}

/** A StackSet with its instances, or undefined when there is none of that name. */
export async function readStackSet(target: Target, home: string, name: string): Promise<StackSetState | undefined> {
  const client = target.in(home).cloudFormation;
  try {
    const { StackSet } = await client.send(new DescribeStackSetCommand({ StackSetName: name }));
    if (!StackSet || StackSet.Status === 'DELETED') return undefined;
    return { stackSet: StackSet, instances: new StackInstances(await listInstances(target, home, name)) };
  } catch (error) {
    if (error instanceof StackSetNotFoundException) return undefined;
    throw error;
  }
}

/** The instances of a StackSet. @param region only those there. @default all regions */
export async function listInstances(target: Target, home: string, name: string, region?: string): Promise<StackInstanceSummary[]> {
  const client = target.in(home).cloudFormation;
  const instances: StackInstanceSummary[] = [];
  for await (const page of paginateListStackInstances({ client }, { StackSetName: name, StackInstanceRegion: region })) instances.push(...(page.Summaries ?? []));
  return instances;
}

/** What of a StackSet differs from its definition: template, parameters by name, tags, roles, capabilities. Empty when nothing. */
export function definitionChanges(target: Target, definition: StackSetDefinition, { stackSet }: StackSetState): string[] {
  const stored = Object.fromEntries((stackSet.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));
  const names = [...new Set([...Object.keys(stored), ...Object.keys(definition.parameters)])].sort();
  const tags = Object.fromEntries((stackSet.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  return [
    ...(stackSet.TemplateBody === definition.body ? [] : ['template']),
    ...names.filter((name) => stored[name] !== definition.parameters[name] && !definition.keeps?.includes(name)).map((name) => `parameter ${name}`),
    ...(sameEntries(tags, definition.tags) ? [] : ['tags']),
    ...(stackSet.AdministrationRoleARN === administrationRoleArn(target) && stackSet.ExecutionRoleName === executionRoleName ? [] : ['roles']),
    ...((stackSet.Capabilities ?? []).join() === capabilities.join() ? [] : ['capabilities']),
  ];
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function administrationRoleArn(target: Target): string {
  return `arn:aws:iam::${target.account}:role/${administrationRoleName}`;
}
