/**
 * Types that hold what exists nowhere else: replacing or removing one loses it, or leaves a new and empty one in its place.
 * Queues count for the messages in them, keys for all that they encrypt, log groups for what auditors read, registries for images,
 * user pools for their users, hosted zones for the delegation that points at them. Caches, SSM parameters that a template fills, and
 * replicas of secrets don't count: they fill again.
 */
const dataStores: ReadonlySet<string> = new Set([
  'AWS::Backup::BackupVault',
  'AWS::CloudTrail::EventDataStore',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::Redshift::Cluster',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** Whether resources of a type hold what exists only there, so that their replacement or removal needs `--allow-replace`. */
export function storesData(type: string): boolean {
  return dataStores.has(type);
}
