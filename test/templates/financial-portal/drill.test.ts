import { expect } from 'chai';
import { drill } from '../../../templates/systems/financial-portal/drill';
import { recoveryTargets } from '../../../templates/systems/financial-portal/recovery';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { bothRegions, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const subnets = ['subnet-a', 'subnet-b', 'subnet-c'];
const parametersOf = (region: Region) => ({
  VpcId: 'vpc-1',
  ServiceSubnetIds: subnets.join(','),
  DefaultKeyArn: `arn:aws:kms:${region}:${own}:key/default`,
  DatabaseClusterArn: `arn:aws:rds:${region}:${own}:cluster:aurora`,
  ErrorAlarmName: 'region-errors',
  StrandedAlarmArn: `arn:aws:cloudwatch:${region}:${own}:alarm:users-stranded`,
});
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };

/** Asserts something of every environment's experiments in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: Region, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(drill, region, environment, parametersOf(region)), type), region, environment));
    }
  }
}

const allow = (Action: readonly string[], Resource: readonly string[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
const own_log = allow(['logs:CreateLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'], ['*']);

describe('Financial portal drill', () => {
  everywhere('FIN-74', 'can cut the services of one region off for longer than its recovery may take, and ends that when the failover fails', (all, region) => {
    const { Actions, Targets, StopConditions, ExperimentOptions } = all('AWS::FIS::ExperimentTemplate')['RegionLoss'];
    expect(plain(Actions)).to.deep.equal({ fault: { ActionId: 'aws:network:disrupt-connectivity', Parameters: { scope: 'all', duration: 'PT20M' }, Targets: { Subnets: 'targets' } } });
    expect(plain(Targets)).to.deep.equal({ targets: { ResourceType: 'aws:ec2:subnet', ResourceArns: subnets.map((id) => `arn:aws:ec2:${region}:${own}:subnet/${id}`), SelectionMode: 'ALL' } });
    expect(plain(StopConditions)).to.deep.equal([{ Source: 'aws:cloudwatch:alarm', Value: parametersOf(region).StrandedAlarmArn }]);
    expect(plain(ExperimentOptions)).to.deep.equal({ AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' });
    expect(recoveryTargets.timeMinutes).to.be.below(20);
  });

  everywhere('FIN-74', 'can take the database its writer, unless the services already fail', (all, region) => {
    const { Actions, Targets, StopConditions, ExperimentOptions } = all('AWS::FIS::ExperimentTemplate')['WriterLoss'];
    expect(plain(Actions)).to.deep.equal({ fault: { ActionId: 'aws:rds:failover-db-cluster', Parameters: {}, Targets: { Clusters: 'targets' } } });
    expect(plain(Targets)).to.deep.equal({ targets: { ResourceType: 'aws:rds:cluster', ResourceArns: [parametersOf(region).DatabaseClusterArn], SelectionMode: 'ALL' } });
    expect(plain(StopConditions)).to.deep.equal([{ Source: 'aws:cloudwatch:alarm', Value: `arn:aws:cloudwatch:${region}:${own}:alarm:region-errors` }]);
    expect(plain(ExperimentOptions)).to.deep.equal({ AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' });
  });

  everywhere('FIN-74 FIN-58', 'has these two experiments only, each under a name that tells its environment', (all, _, environment) => {
    const named = Object.entries(all('AWS::FIS::ExperimentTemplate')).map(([id, { Tags, RoleArn }]) => [id, Tags.Name, plain(RoleArn)]);
    expect(named).to.deep.equal([
      ['RegionLoss', `fin-region-loss-${shorts[environment]}-main`, 'RegionLossRole.Arn'],
      ['WriterLoss', `fin-writer-loss-${shorts[environment]}-main`, 'WriterLossRole.Arn'],
    ]);
  });

  everywhere('FIN-49 FIN-74', 'may touch the network ACLs of this VPC’s service subnets and this cluster, and nothing else', (all, region) => {
    const { RegionLossRole, WriterLossRole } = all('AWS::IAM::Role');
    const policies = (...Statement: readonly object[]) => [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }];
    const ec2 = (resource: string) => `arn:aws:ec2:${region}:${own}:${resource}`;
    const inVpc = { ArnEquals: { 'ec2:Vpc': ec2('vpc/vpc-1') } };
    const byFis = { 'aws:RequestTag/managedByFIS': 'true' };
    expect(plain(RegionLossRole.Policies)).to.deep.equal(
      policies(
        allow(['ec2:CreateNetworkAcl'], [ec2('vpc/vpc-1')]),
        allow(['ec2:CreateNetworkAcl'], [ec2('network-acl/*')], { StringEquals: byFis }),
        allow(['ec2:CreateTags'], [ec2('network-acl/*')], { StringEquals: { 'ec2:CreateAction': 'CreateNetworkAcl', ...byFis } }),
        allow(['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'], [ec2('network-acl/*')], { StringEquals: { 'ec2:ResourceTag/managedByFIS': 'true' }, ...inVpc }),
        allow(['ec2:ReplaceNetworkAclAssociation'], [ec2('network-acl/*'), ...subnets.map((id) => ec2(`subnet/${id}`))], inVpc),
        allow(['ec2:DescribeManagedPrefixLists', 'ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'], ['*']),
        allow(['ec2:GetManagedPrefixListEntries'], [ec2('prefix-list/*')]),
        own_log,
      ),
    );
    expect(plain(WriterLossRole.Policies)).to.deep.equal(policies(allow(['rds:FailoverDBCluster'], [parametersOf(region).DatabaseClusterArn]), allow(['rds:DescribeDBClusters', 'tag:GetResources'], ['*']), own_log));
    for (const { AssumeRolePolicyDocument } of [RegionLossRole, WriterLossRole]) {
      expect(plain(AssumeRolePolicyDocument)).to.deep.equal({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'fis.amazonaws.com' }, Action: ['sts:AssumeRole'], Condition: { StringEquals: { 'aws:SourceAccount': own } } }],
      });
    }
  });

  everywhere('FIN-07 FIN-48 FIN-74', 'writes down what each experiment did, under the region’s key', (all, region, environment) => {
    const logs = all('AWS::Logs::LogGroup');
    const experiments = all('AWS::FIS::ExperimentTemplate');
    for (const [id, part] of [['RegionLoss', 'region-loss'], ['WriterLoss', 'writer-loss']] as const) {
      const { LogGroupName, RetentionInDays, KmsKeyId } = logs[`${id}Log`];
      expect(plain([LogGroupName, RetentionInDays, KmsKeyId])).to.deep.equal([`/aws/vendedlogs/fis/fin-${part}-${shorts[environment]}-main`, environment === 'production' ? 400 : 14, parametersOf(region).DefaultKeyArn]);
      expect(plain(experiments[id].LogConfiguration)).to.deep.equal({ LogSchemaVersion: 2, CloudWatchLogsConfiguration: { LogGroupArn: `${id}Log.Arn` } });
    }
  });
});
