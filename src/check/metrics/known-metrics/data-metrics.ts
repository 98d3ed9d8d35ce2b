import { anything, type KnownNamespace, type NamedResource } from './known-namespace';

const perDatabase = [['DBInstanceIdentifier'], ['DBClusterIdentifier'], ['DatabaseClass'], ['EngineName']];
const perAurora = [...perDatabase, ['DBClusterIdentifier', 'Role']];
const auroraPage = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html';
const perTableAndIndex = [['TableName'], ['GlobalSecondaryIndexName', 'TableName']];
const proxyPage = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html';
const perProxyEndpoint = [['ProxyName'], ['EndpointName', 'ProxyName']];
const perProxyTarget = [['ProxyName'], ['ProxyName', 'Target', 'TargetGroup'], ['ProxyName', 'TargetGroup', 'TargetRole']];
const perQueue = [['QueueName']];
const globalTable: NamedResource = { type: 'AWS::DynamoDB::GlobalTable', attributes: [], copies: 'Replicas.*.Region' };

/** What keeps or carries data: databases, tables, queues and streams. */
export const dataMetrics: Readonly<Record<string, KnownNamespace>> = {
  'AWS/DynamoDB': {
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
    dimensions: {
      GlobalSecondaryIndexName: { resources: [{ ...globalTable, properties: ['GlobalSecondaryIndexes.*.IndexName'] }] },
      Operation: {
        values: ['BatchExecuteStatement', 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'ExecuteStatement', 'ExecuteTransaction', 'GetItem', 'GetRecords', 'PutItem', 'Query', 'Scan', 'TransactGetItems', 'TransactWriteItems', 'UpdateItem'],
      },
      ReceivingRegion: anything,
      TableName: { resources: [{ ...globalTable, attributes: ['Ref'], properties: ['TableName'] }] },
    },
    metrics: [
      { names: ['ConditionalCheckFailedRequests', 'TimeToLiveDeletedItemCount', 'TransactionConflict'], dimensions: [['TableName']] },
      {
        names: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ProvisionedReadCapacityUnits', 'ProvisionedWriteCapacityUnits', 'ReadThrottleEvents', 'WriteThrottleEvents'],
        dimensions: perTableAndIndex,
      },
      {
        names: ['ReadAccountLimitThrottleEvents', 'ReadKeyRangeThroughputThrottleEvents', 'ReadMaxOnDemandThroughputThrottleEvents', 'WriteAccountLimitThrottleEvents', 'WriteKeyRangeThroughputThrottleEvents', 'WriteMaxOnDemandThroughputThrottleEvents'],
        dimensions: perTableAndIndex,
        page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TroubleshootingThrottling-cloudwatch.html',
      },
      { names: ['ReturnedItemCount', 'SuccessfulRequestLatency', 'SystemErrors', 'ThrottledRequests'], dimensions: [['Operation', 'TableName']] },
      { names: ['ReplicationLatency'], dimensions: [['ReceivingRegion', 'TableName']] },
    ],
  },
  'AWS/ElastiCache': {
    page: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html',
    // A node is named by ElastiCache, after its group, shard and number.
    dimensions: { CacheClusterId: anything, CacheNodeId: anything },
    metrics: [
      {
        names: ['AuthenticationFailures', 'CPUUtilization', 'CacheHitRate', 'CurrConnections', 'DatabaseMemoryUsagePercentage', 'EngineCPUUtilization', 'Evictions', 'ReplicationLag'],
        dimensions: [['CacheClusterId'], ['CacheClusterId', 'CacheNodeId'], []],
      },
    ],
  },
  'AWS/Firehose': {
    page: 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html',
    dimensions: { DeliveryStreamName: { resources: [{ type: 'AWS::KinesisFirehose::DeliveryStream', attributes: ['Ref'], properties: ['DeliveryStreamName'] }] } },
    metrics: [
      {
        names: ['BackupToS3.Bytes', 'BackupToS3.DataFreshness', 'BackupToS3.Records', 'BackupToS3.Success', 'BytesPerSecondLimit', 'DeliveryToS3.Bytes', 'DeliveryToS3.DataFreshness', 'DeliveryToS3.Records', 'DeliveryToS3.Success', 'IncomingBytes', 'IncomingPutRequests', 'IncomingRecords', 'KMSKeyAccessDenied', 'KMSKeyDisabled', 'KMSKeyInvalidState', 'KMSKeyNotFound', 'PutRequestsPerSecondLimit', 'RecordsPerSecondLimit', 'ThrottledRecords'],
        dimensions: [['DeliveryStreamName']],
      },
    ],
  },
  'AWS/RDS': {
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html',
    dimensions: {
      DBInstanceIdentifier: { resources: [{ type: 'AWS::RDS::DBInstance', attributes: ['Ref'], properties: ['DBInstanceIdentifier'] }] },
      DBClusterIdentifier: { resources: [{ type: 'AWS::RDS::DBCluster', attributes: ['Ref'], properties: ['DBClusterIdentifier'] }] },
      DatabaseClass: anything,
      EngineName: anything,
      Role: { values: ['READER', 'WRITER'] },
      EndpointName: { resources: [{ type: 'AWS::RDS::DBProxyEndpoint', attributes: ['Ref'], properties: ['DBProxyEndpointName'] }] },
      ProxyName: { resources: [{ type: 'AWS::RDS::DBProxy', attributes: ['Ref'], properties: ['DBProxyName'] }] },
      SourceRegion: anything,
      Target: anything,
      TargetGroup: anything,
      TargetRole: { values: ['READ_ONLY', 'READ_WRITE'] },
    },
    metrics: [
      {
        names: ['BinLogDiskUsage', 'BurstBalance', 'CPUCreditBalance', 'CPUCreditUsage', 'CPUUtilization', 'DiskQueueDepth', 'EBSByteBalance%', 'EBSIOBalance%', 'FreeLocalStorage', 'FreeStorageSpace', 'FreeableMemory', 'NetworkReceiveThroughput', 'NetworkTransmitThroughput', 'ReadIOPS', 'ReadLatency', 'ReadThroughput', 'SwapUsage', 'WriteIOPS', 'WriteLatency', 'WriteThroughput'],
        dimensions: perDatabase,
      },
      { names: ['DatabaseConnections'], dimensions: [...perDatabase, ...perProxyTarget] },
      { names: ['DatabaseConnectionsCurrentlyBorrowed', 'DatabaseConnectionsCurrentlySessionPinned', 'MaxDatabaseConnectionsAllowed'], dimensions: perProxyTarget, page: proxyPage },
      { names: ['ClientConnections', 'ClientConnectionsSetupFailedAuth', 'DatabaseConnectionsBorrowLatency', 'QueryRequests'], dimensions: perProxyEndpoint, page: proxyPage },
      { names: ['ReplicaLag'], dimensions: [['DBInstanceIdentifier']] },
      { names: ['ACUUtilization', 'AuroraReplicaLag', 'CommitLatency', 'Deadlocks', 'MaximumUsedTransactionIDs', 'ServerlessDatabaseCapacity'], dimensions: perAurora, page: auroraPage },
      { names: ['AuroraGlobalDBDataTransferBytes', 'AuroraGlobalDBProgressLag', 'AuroraGlobalDBReplicatedWriteIO', 'AuroraGlobalDBReplicationLag', 'AuroraGlobalDBRPOLag'], dimensions: [['DBClusterIdentifier', 'SourceRegion']], page: auroraPage },
      { names: ['DBLoad', 'DBLoadCPU', 'DBLoadNonCPU', 'DBLoadRelativeToNumVCPUs'], dimensions: [['DBInstanceIdentifier']], page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Cloudwatch.html' },
    ],
  },
  'AWS/S3': {
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html',
    dimensions: {
      // It stands in another region than the metric, mostly.
      DestinationBucket: anything,
      RuleId: { resources: [{ type: 'AWS::S3::Bucket', attributes: [], properties: ['ReplicationConfiguration.Rules.*.Id'] }] },
      SourceBucket: { resources: [{ type: 'AWS::S3::Bucket', attributes: ['Ref'], properties: ['BucketName'] }] },
    },
    metrics: [{ names: ['OperationsFailedReplication', 'ReplicationLatency'], dimensions: [['DestinationBucket', 'RuleId', 'SourceBucket']] }],
  },
  'AWS/SQS': {
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    dimensions: { QueueName: { resources: [{ type: 'AWS::SQS::Queue', attributes: ['QueueName'], properties: ['QueueName'] }] } },
    metrics: [
      {
        names: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfGroupsWithInflightMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesVisible', 'NumberOfEmptyReceives', 'NumberOfMessagesDeleted', 'NumberOfMessagesReceived', 'NumberOfMessagesSent', 'SentMessageSize'],
        dimensions: perQueue,
      },
    ],
  },
};
