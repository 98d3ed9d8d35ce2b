import { GetTemplateCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { awsCommand } from './aws-command';
import { referenceTo, type RolloutNode } from './nodes';
import type { NodeReference } from './progress';
import { nestedStackType, parseTemplate, type EmittedTemplate, type TemplateResource } from './template';
import type { Target } from './target';

/** A resource of a stack, as a person finds it. */
interface DeployedResource {
  readonly node: NodeReference;
  readonly account: string;
  /** Logical ids of the nested stacks from the root down. */
  readonly path: readonly string[];
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
}

/** A resource that stays when its stack is deleted, or leaves a snapshot. */
export interface KeptResource extends DeployedResource {
  readonly policy: 'Retain' | 'Snapshot';
}

/** A resource that AWS refuses to delete until somebody takes its protection off. */
export interface ProtectedResource extends DeployedResource {
  /** How to take it off. */
  readonly whatToDo: string;
}

/** What of a node survives its destruction, and what prevents it. */
export interface Retention {
  readonly kept: readonly KeptResource[];
  readonly protected: readonly ProtectedResource[];
}

/**
 * Reads the templates that a stack and those nested in it were rolled with, and says what a deletion would meet.
 * @param target the account of the stack
 */
export async function retentionOf(target: Target, node: RolloutNode, stackId: string, path: readonly string[] = []): Promise<Retention> {
  const template = await deployedTemplate(target, node.region, stackId);
  const kept: KeptResource[] = [];
  const guarded: ProtectedResource[] = [];
  const client = target.in(node.region).cloudFormation;
  for await (const page of paginateListStackResources({ client }, { StackName: stackId })) {
    for (const { LogicalResourceId: logicalId = '', ResourceType: resourceType = '', PhysicalResourceId: physicalId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      const resource = template.Resources[logicalId];
      if (!physicalId || ResourceStatus === 'DELETE_COMPLETE' || !resource) continue;
      const found = { node: referenceTo(node), account: target.account, path, logicalId, resourceType, physicalId };
      const policy = policyOf(resource);
      const whatToDo = policy === 'Retain' ? undefined : protectionOf(target, node.region, resource, physicalId);
      if (policy) kept.push({ ...found, policy });
      if (whatToDo) guarded.push({ ...found, whatToDo });
      if (resourceType !== nestedStackType || policy) continue;
      const nested = await retentionOf(target, node, physicalId, [...path, logicalId]);
      kept.push(...nested.kept);
      guarded.push(...nested.protected);
    }
  }
  return { kept, protected: guarded };
}

async function deployedTemplate(target: Target, region: string, stackId: string): Promise<EmittedTemplate> {
  const { TemplateBody = '' } = await target.in(region).cloudFormation.send(new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' }));
  return parseTemplate(TemplateBody, stackId);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function policyOf({ DeletionPolicy }: TemplateResource): KeptResource['policy'] | undefined {
  if (DeletionPolicy === 'Snapshot') return 'Snapshot';
  return DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : undefined;
}

/** The AWS CLI's command that takes the protection off, by resource type. */
const unprotect: Readonly<Record<string, (id: string) => string>> = {
  'AWS::RDS::DBInstance': (id) => `rds modify-db-instance --db-instance-identifier ${id} --no-deletion-protection --apply-immediately`,
  'AWS::RDS::DBCluster': (id) => `rds modify-db-cluster --db-cluster-identifier ${id} --no-deletion-protection --apply-immediately`,
  'AWS::RDS::GlobalCluster': (id) => `rds modify-global-cluster --global-cluster-identifier ${id} --no-deletion-protection`,
  'AWS::DynamoDB::Table': (id) => `dynamodb update-table --table-name ${id} --no-deletion-protection-enabled`,
  'AWS::EKS::Cluster': (id) => `eks update-cluster-config --name ${id} --no-deletion-protection`,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (id) => `elbv2 modify-load-balancer-attributes --load-balancer-arn ${id} --attributes Key=deletion_protection.enabled,Value=false`,
};

function protectionOf(target: Target, region: string, { Type, Properties = {} }: TemplateResource, physicalId: string): string | undefined {
  const attributes = (Properties['LoadBalancerAttributes'] ?? []) as readonly { Key?: string; Value?: unknown }[];
  const isOn = (value: unknown): boolean => value === true || value === 'true';
  const on = isOn(Properties['DeletionProtection']) || isOn(Properties['DeletionProtectionEnabled']) || attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && isOn(Value));
  if (!on) return undefined;
  const command = unprotect[Type]?.(physicalId);
  return command ? awsCommand(target, region, command) : `switch the deletion protection of ${physicalId} off in ${region}`;
}
