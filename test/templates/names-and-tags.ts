import { unread } from '../requirements/recording';
import { chosen } from '../requirements/selection';
import { plain } from './plain';
import { taggings } from './taggings';
import type { PlacedResource } from './whole-system';

type Row = Readonly<Record<string, any>>;
type TagList = readonly { readonly Key: string; readonly Value: unknown }[];

/** Properties that name what they stand in, and not something else. */
const nameProperties = [
  'AlarmName', 'AliasName', 'AutoScalingGroupName', 'BucketName', 'CacheSubnetGroupName', 'CanaryName', 'ClusterName', 'DashboardName', 'DBClusterIdentifier', 'DBClusterParameterGroupName', 'DBInstanceIdentifier', 'DBParameterGroupName',
  'BackupPlanName', 'BackupVaultName', 'DBProxyEndpointName', 'DBProxyName', 'RestoreTestingPlanName',
  'DBSubnetGroupName', 'DeliveryStreamName', 'Family', 'FargateProfileName', 'FilterName', 'FunctionName', 'GlobalClusterIdentifier', 'GroupName', 'InstanceProfileName', 'LaunchTemplateName', 'LogGroupName', 'MonitorName', 'Name', 'NodegroupName', 'PolicyName', 'QueueName',
  'ReplicationGroupId', 'RepositoryName', 'RoleName', 'ServiceName', 'StageName', 'SubscriptionName', 'TableName', 'TopicName', 'UsagePlanName',
];
/** Types whose `Name` or the like is another thing's, or a domain. */
const namesOfOthers = new Set([
  'AWS::ApiGateway::Method', 'AWS::EC2::VPCEndpoint', 'AWS::Lambda::Permission', 'AWS::Logs::LogStream', 'AWS::Logs::MetricFilter', 'AWS::Route53::HostedZone', 'AWS::Route53::RecordSet', 'Custom::EmptyBucket',
  'Custom::ManagedPrefixList',
]);

/** The property that names a resource, where one does. */
export const nameProperty = ({ type, resource }: PlacedResource): string | undefined =>
  namesOfOthers.has(type) ? undefined : unread(() => nameProperties.find((key) => typeof resource.properties[key] === 'string'));

/** A resource's tags with some keys, by key. */
export function tagsOf(placed: PlacedResource, keys: readonly string[]): unknown {
  const tagging = taggings.get(placed.type);
  const tags = tagging && (placed.resource.properties as Row)[tagging.property];
  if (tagging?.shape === 'map') return Object.fromEntries(keys.map((key) => [key, plain((tags as Row)[key])]));
  return Object.fromEntries(chosen(tags as TagList, ({ Key }) => keys.includes(Key)).map(({ Key, Value }) => [Key, plain(Value)]));
}
