import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cfnGuard, checkout } from '../../src/toolchain';

const of = (Type: string, Properties: object = {}): object => ({ Type, Properties });
const statements = { PolicyDocument: { Statement: [] } };

/** Resources whose lists somebody emptied: cfn-guard's functions stop the whole run at what they can't resolve. */
const emptied = {
  Acl: of('AWS::WAFv2::WebACL', { Rules: [] }),
  Bucket: of('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [] }, BucketEncryption: { ServerSideEncryptionConfiguration: [] } }),
  BucketPolicy: of('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, ...statements }),
  Cluster: of('AWS::RDS::DBCluster', { VpcSecurityGroupIds: [], EnableCloudwatchLogsExports: [] }),
  Distribution: of('AWS::CloudFront::Distribution', { DistributionConfig: { Enabled: true, Origins: [], Aliases: [], CacheBehaviors: [] } }),
  Group: of('AWS::EC2::SecurityGroup', { GroupDescription: 'x', SecurityGroupIngress: [], SecurityGroupEgress: [] }),
  Key: of('AWS::KMS::Key', { KeyPolicy: { Statement: [] } }),
  LoadBalancer: of('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [], SecurityGroups: [], LoadBalancerAttributes: [] }),
  Listener: of('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'LoadBalancer' }, Certificates: [], DefaultActions: [] }),
  Proxy: of('AWS::RDS::DBProxy', { Auth: [], VpcSubnetIds: [] }),
  ProxyTargets: of('AWS::RDS::DBProxyTargetGroup', { DBInstanceIdentifiers: [], DBClusterIdentifiers: [] }),
  Queue: of('AWS::SQS::Queue'),
  QueuePolicy: of('AWS::SQS::QueuePolicy', { Queues: [], ...statements }),
  Role: of('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] }, Policies: [], ManagedPolicyArns: [] }),
  Selection: of('AWS::Backup::BackupSelection', { BackupPlanId: 'plan', BackupSelection: { Resources: [], ListOfTags: [] } }),
  Plan: of('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [] } }),
  Service: of('AWS::ECS::Service', { LoadBalancers: [], CapacityProviderStrategy: [], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [], SecurityGroups: [] } } }),
  Task: of('AWS::ECS::TaskDefinition', { ContainerDefinitions: [], Volumes: [] }),
  Subnets: of('AWS::RDS::DBSubnetGroup', { SubnetIds: [] }),
  Topic: of('AWS::SNS::Topic', { Subscription: [] }),
  TopicPolicy: of('AWS::SNS::TopicPolicy', { Topics: [], ...statements }),
  Alarm: of('AWS::CloudWatch::Alarm', { AlarmActions: [], Dimensions: [] }),
  Secret: of('AWS::SecretsManager::Secret', { ReplicaRegions: [], Tags: [] }),
  Table: of('AWS::DynamoDB::GlobalTable', { Replicas: [] }),
  Trail: of('AWS::CloudTrail::Trail', { EventSelectors: [] }),
};

describe('our Guard rules, where somebody emptied a list', () => {
  it('judge it, and stop at none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-emptied-'));
    try {
      const file = join(folder, 'template.json');
      writeFileSync(file, JSON.stringify({ Resources: emptied }));
      const { status, stderr } = spawnSync(cfnGuard().command, ['validate', '--data', file, '--rules', join(checkout, 'rules'), '--structured', '--show-summary', 'none', '--output-format', 'json'], { encoding: 'utf8', maxBuffer: 64e6 });
      expect(stderr).to.equal('');
      expect(status).to.equal(19);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }).timeout(30_000);
});
