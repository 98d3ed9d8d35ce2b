import { IntrinsicFunction } from './intrinsics';
import { MeridianError } from '../errors';
import type { BuildContext } from './context';

/** Longest `EnvironmentSuffix` that a deployment may choose; the parameter's pattern enforces it. */
export const suffixLength = 6;
const accountIdLength = 12;

/**
 * A resource name whose last parts are known only at deployment. It remembers its worst-case length (longest region of the
 * pair, six-character suffix), so that a name over its limit fails the build and not a rollout.
 */
export class Name extends IntrinsicFunction {
  constructor(readonly text: string, readonly worstCase: string) {
    super('Fn::Sub', text);
  }

  /** The text itself where nothing of it waits for deployment: there is nothing to substitute. */
  override toJSON(): ReturnType<IntrinsicFunction['toJSON']> {
    // JSON takes a text as well, which the type of the base does not say.
    return this.text.includes('${') ? super.toJSON() : (this.text as never);
  }

  /** A new name with `tail` behind this one, for example `/*` or `-events`. */
  with(tail: string): Name {
    return new Name(this.text + tail, this.worstCase + tail);
  }

  /** A new name with `head` before this one, for example `alias/`. */
  after(head: string): Name {
    return new Name(head + this.text, head + this.worstCase);
  }

  /** The same name in another region, for what was given it there by agreement. */
  in(region: string): Name {
    return new Name(this.text.replaceAll('${AWS::Region}', region), this.worstCase);
  }
}

/** How far a name must be unique: in its region (the default), in the account (IAM, CloudFront policies) or among all accounts (S3). */
export type NameScope = 'region' | 'account' | 'world';

/**
 * The name of a resource after the system's pattern. Account-wide names end in the region, so that two instances of one
 * StackSet can live in one account; world-wide names also carry the account id.
 *
 * @param resource  the resource's part of the name, for example `alb` or `rds/mysql/admin-password`
 * @param scope     @default 'region' (most names are regional)
 */
export function resourceName(context: BuildContext, resource: string, scope: NameScope = 'region'): Name {
  const base = context.namePattern
    .replace('{system}', context.system)
    .replace('{resource}', resource)
    .replace('{environment}', context.shortEnvironment);
  const tail = { region: '', account: '-${AWS::Region}', world: '-${AWS::AccountId}-${AWS::Region}' }[scope];
  const longestRegion = [context.regions.primary, context.regions.secondary, 'us-east-1'].reduce((a, b) => (b.length > a.length ? b : a));
  return new Name(
    base.replace('{suffix}', '${EnvironmentSuffix}') + tail,
    (base.replace('{suffix}', 'x'.repeat(suffixLength)) + tail)
      .replace('${AWS::AccountId}', '0'.repeat(accountIdLength))
      .replace('${AWS::Region}', longestRegion),
  );
}

/**
 * Longest name that AWS accepts, by resource type and property, in characters.
 * Sources: the service's API reference for the create call of each type.
 */
const nameLimits: Readonly<Record<string, number>> = {
  'AWS::ApplicationSignals::ServiceLevelObjective.Name': 127,
  'AWS::Logs::DeliverySource.Name': 60,
  'AWS::Logs::DeliveryDestination.Name': 60,
  'AWS::Logs::SubscriptionFilter.FilterName': 512,
  'AWS::Logs::SubscriptionFilter.LogGroupName': 512,
  'AWS::KinesisFirehose::DeliveryStream.DeliveryStreamName': 64,
  'AWS::CE::AnomalyMonitor.MonitorName': 1024,
  'AWS::CE::AnomalySubscription.SubscriptionName': 1024,
  'AWS::ApiGateway::ApiKey.Name': 1024,
  'AWS::ApiGateway::RestApi.Name': 1024,
  'AWS::ApiGateway::Stage.StageName': 128,
  'AWS::ApiGateway::UsagePlan.UsagePlanName': 1024,
  'AWS::ApiGateway::VpcLink.Name': 128,
  'AWS::ApiGatewayV2::VpcLink.Name': 128,
  'AWS::ApplicationAutoScaling::ScalingPolicy.PolicyName': 256,
  'AWS::Backup::BackupVault.BackupVaultName': 50,
  'AWS::Backup::RestoreTestingPlan.RestoreTestingPlanName': 50,
  'AWS::CloudFront::CachePolicy.Name': 128,
  'AWS::CloudFront::OriginAccessControl.Name': 64,
  'AWS::CloudFront::ResponseHeadersPolicy.Name': 128,
  'AWS::CloudTrail::Trail.TrailName': 128,
  'AWS::CloudWatch::Alarm.AlarmName': 255,
  'AWS::CloudWatch::CompositeAlarm.AlarmName': 255,
  'AWS::CloudWatch::Dashboard.DashboardName': 255,
  'AWS::DynamoDB::GlobalTable.TableName': 255,
  'AWS::Athena::WorkGroup.Name': 128,
  'AWS::AutoScaling::AutoScalingGroup.AutoScalingGroupName': 255,
  'AWS::EC2::LaunchTemplate.LaunchTemplateName': 128,
  'AWS::EC2::PrefixList.PrefixListName': 255,
  'AWS::EC2::SecurityGroup.GroupName': 255,
  'AWS::ECR::Repository.RepositoryName': 256,
  'AWS::ECS::Cluster.ClusterName': 255,
  'AWS::ECS::Service.ServiceName': 255,
  'AWS::ECS::TaskDefinition.Family': 255,
  'AWS::ElastiCache::GlobalReplicationGroup.GlobalReplicationGroupIdSuffix': 40,
  'AWS::ElastiCache::ReplicationGroup.ReplicationGroupId': 40,
  'AWS::EKS::Cluster.Name': 100,
  'AWS::ElasticLoadBalancingV2::LoadBalancer.Name': 32,
  'AWS::ElasticLoadBalancingV2::TargetGroup.Name': 32,
  'AWS::Events::Rule.Name': 64,
  'AWS::IAM::InstanceProfile.InstanceProfileName': 128,
  'AWS::IAM::ManagedPolicy.ManagedPolicyName': 128,
  'AWS::IAM::Role.RoleName': 64,
  'AWS::KMS::Alias.AliasName': 256,
  'AWS::Lambda::Function.FunctionName': 64,
  'AWS::Logs::LogGroup.LogGroupName': 512,
  'AWS::Organizations::Policy.Name': 128,
  'AWS::RDS::DBCluster.DBClusterIdentifier': 63,
  'AWS::RDS::DBClusterParameterGroup.DBClusterParameterGroupName': 255,
  'AWS::RDS::DBInstance.DBInstanceIdentifier': 63,
  'AWS::RDS::DBParameterGroup.DBParameterGroupName': 255,
  'AWS::RDS::DBProxy.DBProxyName': 63,
  'AWS::RDS::DBProxyEndpoint.DBProxyEndpointName': 63,
  'AWS::RDS::DBSubnetGroup.DBSubnetGroupName': 255,
  'AWS::RDS::GlobalCluster.GlobalClusterIdentifier': 63,
  'AWS::S3::Bucket.BucketName': 63,
  'AWS::SNS::Topic.TopicName': 256,
  'AWS::AppRunner::Service.ServiceName': 40,
  'AWS::Scheduler::Schedule.Name': 64,
  'AWS::SQS::Queue.QueueName': 80,
  'AWS::SSM::Document.Name': 128,
  'AWS::SSM::Parameter.Name': 1011,
  'AWS::SecretsManager::Secret.Name': 512,
  'AWS::Serverless::Function.FunctionName': 64,
  'AWS::Synthetics::Canary.Name': 255,
  'AWS::WAFv2::WebACL.Name': 128,
  'AWS::ARCRegionSwitch::Plan.Name': 32,
  'AWS::Backup::BackupPlan.BackupPlan.BackupPlanName': 50,
};

/**
 * Fails the build for a name that could be too long once deployed, or whose limit is not in the table.
 * @throws MeridianError naming the property, the worst-case name, its length and the limit.
 */
export function checkNames(template: string, logicalId: string, type: string, properties: object): void {
  for (const [property, value] of Object.entries(properties)) {
    if (!(value instanceof Name)) continue;
    const limit = nameLimits[`${type}.${property}`];
    const where = `${template} ${logicalId}.${property}`;
    if (limit === undefined) {
      throw new MeridianError(`Name limit of ${type}.${property} unknown: ${where} is a generated name. Add its limit to nameLimits in src/cfn/names.ts.`, 2);
    }
    if (value.worstCase.length > limit) {
      throw new MeridianError(
        `Name too long in ${where}: "${value.worstCase}" can have ${value.worstCase.length} characters, ${type} takes ${limit}. Shorten its resource part by ${value.worstCase.length - limit}.`,
        2,
      );
    }
  }
}
