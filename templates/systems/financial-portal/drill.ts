import { Fn, type IntrinsicFunction } from '../../../src/cfn';
import { experiment } from '../../modules/monitoring/experiment';
import { allow, arn, type Statement } from '../../modules/security/policy';
import { defineTemplate } from './environments';
import { recoveryTargets } from './recovery';

const text = { Type: 'String' } as const;

/** Minutes for which a region stays lost: five more than its recovery may take, so that a game day can measure it. */
const lostFor = recoveryTargets.timeMinutes + 5;

/** Experiments for game days, which somebody starts: the region's service is lost, or the database's writer is. */
export const drill = defineTemplate(
  'drill',
  {
    description: 'Financial portal experiments for game days: loss of the region’s service, loss of the database’s writer',
    parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' }, ServiceSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' }, DefaultKeyArn: text, DatabaseClusterArn: text, ErrorAlarmName: text, StrandedAlarmArn: text },
  },
  (t) => {
    const { availabilityZones, logRetentionDays } = t.settings;
    const subnets = t.param('ServiceSubnetIds');
    const subnetArns = Array.from({ length: availabilityZones }, (_, zone) => Fn.Sub('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:subnet/${Id}', { Id: Fn.Select(zone, subnets) }));
    const common = { keyArn: t.param('DefaultKeyArn'), logRetentionInDays: logRetentionDays };

    experiment(t, 'RegionLoss', {
      ...common,
      name: 'region-loss',
      description: `Cuts all Service subnets of this region off for ${lostFor} minutes: no task answers, the deep-health check fails, DNS takes the region out. Ends early when users are still sent here after ten minutes`,
      action: 'aws:network:disrupt-connectivity',
      parameters: { scope: 'all', duration: `PT${lostFor}M` },
      target: { name: 'Subnets', resourceType: 'aws:ec2:subnet', arns: subnetArns },
      statements: networkStatements(subnetArns),
      stopAlarmArn: t.param('StrandedAlarmArn'),
    });
    experiment(t, 'WriterLoss', {
      ...common,
      name: 'writer-loss',
      description: 'Makes a reader of the Aurora cluster the writer, as the loss of the writer or of its zone would. Only in the region that writes',
      action: 'aws:rds:failover-db-cluster',
      target: { name: 'Clusters', resourceType: 'aws:rds:cluster', arns: [t.param('DatabaseClusterArn')] },
      statements: [allow(['rds:FailoverDBCluster'], [t.param('DatabaseClusterArn')]), allow(['rds:DescribeDBClusters', 'tag:GetResources'], ['*'])],
      stopAlarmArn: Fn.Sub('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${ErrorAlarmName}'),
    });
    return {};
  },
);

/**
 * What FIS needs to put network ACLs of its own before the subnets, and the former ones back.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#network-actions-reference
 */
function networkStatements(subnetArns: readonly IntrinsicFunction[]): readonly Statement[] {
  const vpc = arn('ec2', 'vpc/${VpcId}');
  const acls = arn('ec2', 'network-acl/*');
  const byFis = { 'aws:RequestTag/managedByFIS': 'true' };
  const inVpc = { ArnEquals: { 'ec2:Vpc': vpc } };
  return [
    allow(['ec2:CreateNetworkAcl'], [vpc]),
    allow(['ec2:CreateNetworkAcl'], [acls], { StringEquals: byFis }),
    allow(['ec2:CreateTags'], [acls], { StringEquals: { 'ec2:CreateAction': 'CreateNetworkAcl', ...byFis } }),
    allow(['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'], [acls], { StringEquals: { 'ec2:ResourceTag/managedByFIS': 'true' }, ...inVpc }),
    allow(['ec2:ReplaceNetworkAclAssociation'], [acls, ...subnetArns], inVpc),
    allow(['ec2:DescribeManagedPrefixLists', 'ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'], ['*']),
    allow(['ec2:GetManagedPrefixListEntries'], [arn('ec2', 'prefix-list/*')]),
  ];
}
