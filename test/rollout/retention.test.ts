import { GetTemplateCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { planNodes } from '../../src/rollout/nodes';
import { retentionOf } from '../../src/rollout/retention';
import { Target } from '../../src/rollout/target';
import { WrittenDist } from './support/built';

describe('what a destruction would keep and what it would meet', () => {
  const target = new Target({ kind: 'local', endpoint: 'http://127.0.0.1:1' });
  const service = mockClient(target.in('us-east-1').cloudFormation);
  const dist = new WrittenDist();
  const build = dist.build({ name: 'data', regions: { create: ['us-east-1'], update: ['us-east-1'] }, templates: { root: { body: { Resources: {} } } } });
  const node = planNodes([{ build, parameters: { file: 'f', suffix: 'main', values: {} } }], new Map())[0]!;
  after(() => {
    target.close();
    dist.remove();
  });

  const stack = (id: string, resources: Record<string, object>) => {
    service.on(GetTemplateCommand, { StackName: id }).resolves({ TemplateBody: JSON.stringify({ Resources: resources }) });
    service.on(ListStackResourcesCommand, { StackName: id }).resolves({
      StackResourceSummaries: Object.entries(resources).map(([LogicalResourceId, { Type = '' }]: [string, { Type?: string }]) => ({
        LogicalResourceId, ResourceType: Type, PhysicalResourceId: LogicalResourceId === 'Nested' ? 'nested' : LogicalResourceId.toLowerCase(), LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const,
      })),
    });
  };

  it('reads the templates that were rolled, nested ones too', async () => {
    stack('root', { Nested: { Type: 'AWS::CloudFormation::Stack' }, Logs: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate' }, Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Delete' } });
    stack('nested', {
      Primary: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Snapshot', Properties: { DeletionProtection: true } },
      Keeper: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Retain', Properties: { DeletionProtection: true } },
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] } },
      Cluster: { Type: 'AWS::EKS::Cluster', DeletionPolicy: 'Delete', Properties: { DeletionProtection: true } },
      Free: { Type: 'AWS::RDS::DBInstance', Properties: { DeletionProtection: false } },
    });
    const { kept, protected: guarded } = await retentionOf(target, node, 'root');
    expect(kept.map(({ path, logicalId, policy, physicalId }) => [...path, logicalId, policy, physicalId].join(' '))).to.have.members(['Logs Retain logs', 'Nested Primary Snapshot primary', 'Nested Keeper Retain keeper']);
    expect(guarded.map(({ logicalId, whatToDo }) => [logicalId, whatToDo])).to.deep.equal([
      ['Primary', 'aws rds modify-db-instance --db-instance-identifier primary --no-deletion-protection --apply-immediately --region us-east-1 --endpoint-url http://127.0.0.1:1'],
      ['Balancer', 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn balancer --attributes Key=deletion_protection.enabled,Value=false --region us-east-1 --endpoint-url http://127.0.0.1:1'],
      ['Cluster', 'aws eks update-cluster-config --name cluster --no-deletion-protection --region us-east-1 --endpoint-url http://127.0.0.1:1'],
    ]);
  });
});
