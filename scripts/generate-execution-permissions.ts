import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const checkout = resolve(__dirname, '..');
const output = join(checkout, 'templates/bootstrap/generated/execution-permissions.json');

/** What SAM expands to and an author of a template therefore does not name. */
const expandsTo: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Function': ['AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::IAM::Role', 'AWS::Events::Rule'],
};

/** Actions of types whose schema names none, read from the services' pages in the Service Authorization Reference. */
const unnamed: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFormation::CustomResource': ['lambda:InvokeFunction'],
  'AWS::CloudWatch::AnomalyDetector': ['cloudwatch:PutAnomalyDetector', 'cloudwatch:DeleteAnomalyDetector', 'cloudwatch:DescribeAnomalyDetectors'],
};

/** What the patterns stand for that some schemas have instead of actions: reads of what the type's properties set. */
const meant: Readonly<Record<string, readonly string[]>> = {
  'autoscaling:Describe*': [
    ...['AutoScalingGroups', 'AutoScalingInstances', 'InstanceRefreshes', 'LifecycleHooks', 'LoadBalancerTargetGroups', 'LoadBalancers', 'NotificationConfigurations'],
    ...['ScalingActivities', 'Tags', 'TrafficSources', 'WarmPool'],
  ].map((read) => `Describe${read}`),
  'dynamodb:Describe*': ['ContinuousBackups', 'ContributorInsights', 'KinesisStreamingDestination', 'Table', 'TableReplicaAutoScaling', 'TimeToLive'].map((read) => `Describe${read}`),
};

/**
 * Actions of StackSets and CloudFormation itself: the stacks, their templates and bundles, the values of wires, and ending the instances
 * that a rolling update replaces, which is the update policy's doing and not the handler's.
 */
const ofStacks = [
  ...['CreateStack', 'UpdateStack', 'DeleteStack', 'DescribeStacks', 'DescribeStackEvents', 'DescribeStackResources', 'ListStackResources', 'GetTemplate', 'GetTemplateSummary', 'ValidateTemplate'].map((action) => `cloudformation:${action}`),
  's3:GetObject',
  'ssm:GetParameters',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
];

/**
 * Services that a type in use needs beside the one that most of its actions belong to: a backup vault stores its content through the
 * first, and a canary, most of which is a Lambda function, belongs to the second.
 */
const besides = ['backup-storage', 'synthetics'];

interface Schema {
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

/**
 * What CloudFormation may do when it rolls our templates: service → actions, from the handler permissions in the registry schemas of
 * the types in use. Actions of services that none of these types belongs to are left out: a handler names them for the sake of other
 * users, such as a web ACL association for Amplify. So are names that are no IAM actions, which several handlers hold. Of the
 * patterns over a service's reads (`dynamodb:Describe*`) the table above names what they stand for.
 * @throws Error when set-up has not run, and for a type without permissions, or a pattern of its own service's, that is not in our tables
 */
export function generateExecutionPermissions(): Record<string, string[]> {
  const names = JSON.parse(readFileSync(join(checkout, 'src/cfn/resource-types.json'), 'utf8')) as string[];
  const types = [...new Set(names.flatMap((name) => expandsTo[name] ?? [name]))];
  const byType = types.map((type) => withoutPatterns(type, unnamed[type] ?? permissionsOf(type)));
  const services = new Set([...byType.map(mainService), ...besides]);
  const isAction = iamActions();
  const permissions: Record<string, string[]> = {};
  for (const permission of [...new Set([...byType.flat(), ...ofStacks])].sort()) {
    const service = serviceOf(permission);
    const action = permission.slice(service.length + 1);
    if (services.has(service) && isAction(service, action) && !permissions[service]?.includes(action)) (permissions[service] ??= []).push(action);
  }
  return Object.fromEntries(Object.entries(permissions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A type's permissions with actions for patterns. Patterns over other services are left out: a handler that may look at one image
 * names all of `ssm:Get*`.
 */
function withoutPatterns(type: string, permissions: readonly string[]): readonly string[] {
  const own = mainService(permissions);
  return permissions.flatMap((permission) => {
    if (!permission.includes('*')) return [permission];
    if (serviceOf(permission) !== own) return [];
    const actions = meant[permission];
    if (!actions) throw new Error(`Resource type ${type} names ${permission}: the execution role has named actions only. Add what it stands for to the table in ${__filename}.`);
    return actions.map((action) => `${own}:${action}`);
  });
}

/** The service that most of a type's actions belong to. */
function mainService(permissions: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const permission of permissions) counts.set(serviceOf(permission), (counts.get(serviceOf(permission)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

function serviceOf(permission: string): string {
  return permission.split(':')[0]?.toLowerCase() ?? '';
}

/** Reads a file of the data that cfn-lint ships. */
function lintData<T>(file: string): T {
  const library = join(checkout, '.tools/python/lib');
  const python = readdirSync(library).find((name) => name.startsWith('python')) ?? '';
  return JSON.parse(readFileSync(join(library, python, 'site-packages/cfnlint/data', file), 'utf8')) as T;
}

/** Tells whether IAM knows an action. */
function iamActions(): (service: string, action: string) => boolean {
  const services = lintData<Record<string, { Actions: Record<string, object> }>>('AdditionalSpecs/Policies.json');
  return (service, action) => action.toLowerCase() in (services[service]?.Actions ?? {});
}

function permissionsOf(type: string): string[] {
  const index = lintData<Record<string, string>>('schemas/providers/us-east-1.json');
  const schema: Schema = index[type] ? lintData(`schemas/resources/${index[type]}.json`) : {};
  const permissions = [...new Set(Object.values(schema.handlers ?? {}).flatMap((handler) => handler.permissions ?? []))];
  if (permissions.length === 0) throw new Error(`Resource type ${type} names no permissions: its registry schema has no handlers. Add its actions to the table in ${__filename}.`);
  return permissions;
}

/** The file's text: one service a line, so that a review sees what a new type adds. */
export function executionPermissionsText(): string {
  const lines = Object.entries(generateExecutionPermissions()).map(([service, actions]) => `  ${JSON.stringify(service)}: ${JSON.stringify(actions)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

if (require.main === module) {
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, executionPermissionsText());
  console.log('templates/bootstrap/generated/execution-permissions.json');
}
