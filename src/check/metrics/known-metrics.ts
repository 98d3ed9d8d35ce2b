/** How a dimension's value is checked: it is one of `values`, or names one of `resources`; with neither, any text will do. */
export interface KnownDimension {
  readonly values?: readonly string[];
  readonly resources?: readonly NamedResource[];
}

/** A resource type that a dimension names, and where the name comes from. */
export interface NamedResource {
  readonly type: string;
  /** What gives the name in another template: `Ref`, or an attribute for `Fn::GetAtt`. */
  readonly attributes: readonly string[];
  /** The properties that fix the name beforehand; `*` stands for any element of a list. */
  readonly properties?: readonly string[];
}

/** Metrics that are published with the same sets of dimensions. */
export interface MetricGroup {
  readonly names: readonly string[];
  /** The sets of dimension names that they are published with. */
  readonly dimensions: readonly (readonly string[])[];
  /** AWS's page, when it is another one than the namespace's. */
  readonly page?: string;
}

/** A namespace of CloudWatch as far as it was reviewed. */
export interface KnownNamespace {
  /** AWS's page that lists the metrics and dimensions. */
  readonly page: string;
  /** The only region that has the metrics, of a service that is in no region. @default each region has its own */
  readonly region?: 'us-east-1';
  readonly dimensions: Readonly<Record<string, KnownDimension>>;
  readonly metrics: readonly MetricGroup[];
}

const anything: KnownDimension = {};

const perQueue = [['QueueName']];
const perService = [['ClusterName', 'ServiceName'], ['ClusterName']];
const perLoadBalancer = [['LoadBalancer']];
const perZone = [['LoadBalancer'], ['AvailabilityZone', 'LoadBalancer']];
const perTargetGroup = [['LoadBalancer', 'TargetGroup'], ['AvailabilityZone', 'LoadBalancer', 'TargetGroup']];
const perTarget = [...perZone, ...perTargetGroup];
const perDatabase = [['DBInstanceIdentifier'], ['DBClusterIdentifier'], ['DatabaseClass'], ['EngineName']];
const perRequestRule = [['Rule', 'WebACL'], ['RuleGroup', 'WebACL'], ['Rule', 'RuleGroup'], ['Region', 'Rule', 'WebACL'], ['Region', 'RuleGroup', 'WebACL'], ['Region', 'Rule', 'RuleGroup']];
const perFunction = [['FunctionName'], ['FunctionName', 'Resource'], []];

/** The namespaces that our systems use, each reviewed against its page. A namespace, or a name, that is missing here is added with its page. */
export const knownNamespaces: Readonly<Record<string, KnownNamespace>> = {
  'AWS/ApplicationELB': {
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
    dimensions: {
      AvailabilityZone: anything,
      LoadBalancer: { resources: [{ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', attributes: ['LoadBalancerFullName'] }] },
      TargetGroup: { resources: [{ type: 'AWS::ElasticLoadBalancingV2::TargetGroup', attributes: ['TargetGroupFullName'] }] },
    },
    metrics: [
      {
        names: ['ActiveConnectionCount', 'ConsumedLCUs', 'GrpcRequestCount', 'HTTPCode_ELB_500_Count', 'HTTPCode_ELB_502_Count', 'HTTPCode_ELB_503_Count', 'HTTPCode_ELB_504_Count', 'IPv6ProcessedBytes', 'IPv6RequestCount', 'NewConnectionCount', 'ProcessedBytes', 'RuleEvaluations'],
        dimensions: perLoadBalancer,
      },
      {
        names: ['ClientTLSNegotiationErrorCount', 'DesyncMitigationMode_NonCompliant_Request_Count', 'HTTPCode_ELB_3XX_Count', 'HTTPCode_ELB_4XX_Count', 'HTTPCode_ELB_5XX_Count', 'HTTP_Fixed_Response_Count', 'HTTP_Redirect_Count', 'HTTP_Redirect_Url_Limit_Exceeded_Count', 'RejectedConnectionCount'],
        dimensions: perZone,
      },
      { names: ['HTTPCode_Target_2XX_Count', 'HTTPCode_Target_3XX_Count', 'HTTPCode_Target_4XX_Count', 'HTTPCode_Target_5XX_Count', 'TargetConnectionErrorCount', 'TargetResponseTime', 'TargetTLSNegotiationErrorCount'], dimensions: perTarget },
      { names: ['RequestCount'], dimensions: perTarget },
      { names: ['RequestCountPerTarget'], dimensions: [['TargetGroup'], ['LoadBalancer', 'TargetGroup']] },
      { names: ['HealthyHostCount', 'UnHealthyHostCount'], dimensions: perTargetGroup },
    ],
  },
  'AWS/CertificateManager': {
    page: 'https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html',
    dimensions: { CertificateArn: { resources: [{ type: 'AWS::CertificateManager::Certificate', attributes: ['Ref', 'CertificateArn'] }] } },
    metrics: [{ names: ['DaysToExpiry'], dimensions: [['CertificateArn']] }],
  },
  'AWS/CloudFront': {
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html',
    region: 'us-east-1',
    dimensions: {
      DistributionId: { resources: [{ type: 'AWS::CloudFront::Distribution', attributes: ['Ref', 'Id'] }] },
      Region: { values: ['Global'] },
    },
    metrics: [
      {
        names: ['4xxErrorRate', '401ErrorRate', '403ErrorRate', '404ErrorRate', '5xxErrorRate', '502ErrorRate', '503ErrorRate', '504ErrorRate', 'BytesDownloaded', 'BytesUploaded', 'CacheHitRate', 'OriginLatency', 'Requests', 'TotalErrorRate'],
        dimensions: [['DistributionId', 'Region']],
      },
    ],
  },
  'AWS/ECS': {
    page: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html',
    dimensions: {
      ClusterName: { resources: [{ type: 'AWS::ECS::Cluster', attributes: ['Ref'], properties: ['ClusterName'] }] },
      ServiceName: { resources: [{ type: 'AWS::ECS::Service', attributes: ['Name'], properties: ['ServiceName'] }] },
    },
    metrics: [
      { names: ['CPUUtilization', 'MemoryUtilization'], dimensions: perService },
      { names: ['CPUReservation', 'MemoryReservation', 'GPUReservation'], dimensions: [['ClusterName']] },
    ],
  },
  'AWS/Lambda': {
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    dimensions: {
      FunctionName: { resources: [{ type: 'AWS::Lambda::Function', attributes: ['Ref'], properties: ['FunctionName'] }, { type: 'AWS::Serverless::Function', attributes: ['Ref'], properties: ['FunctionName'] }] },
      Resource: anything,
    },
    metrics: [
      { names: ['ConcurrentExecutions', 'DeadLetterErrors', 'DestinationDeliveryFailures', 'Duration', 'Errors', 'Invocations', 'IteratorAge', 'PostRuntimeExtensionsDuration', 'Throttles'], dimensions: perFunction },
      { names: ['UnreservedConcurrentExecutions'], dimensions: [[]] },
    ],
  },
  'AWS/Logs': {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html',
    dimensions: { LogGroupName: { resources: [{ type: 'AWS::Logs::LogGroup', attributes: ['Ref'], properties: ['LogGroupName'] }] } },
    metrics: [{ names: ['IncomingBytes', 'IncomingLogEvents', 'LogEventsWithFindings'], dimensions: [['LogGroupName'], []] }],
  },
  'AWS/RDS': {
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html',
    dimensions: {
      DBInstanceIdentifier: { resources: [{ type: 'AWS::RDS::DBInstance', attributes: ['Ref'], properties: ['DBInstanceIdentifier'] }] },
      DBClusterIdentifier: { resources: [{ type: 'AWS::RDS::DBCluster', attributes: ['Ref'], properties: ['DBClusterIdentifier'] }] },
      DatabaseClass: anything,
      EngineName: anything,
    },
    metrics: [
      {
        names: ['BinLogDiskUsage', 'BurstBalance', 'CPUCreditBalance', 'CPUCreditUsage', 'CPUUtilization', 'DatabaseConnections', 'DiskQueueDepth', 'EBSByteBalance%', 'EBSIOBalance%', 'FreeLocalStorage', 'FreeStorageSpace', 'FreeableMemory', 'NetworkReceiveThroughput', 'NetworkTransmitThroughput', 'ReadIOPS', 'ReadLatency', 'ReadThroughput', 'SwapUsage', 'WriteIOPS', 'WriteLatency', 'WriteThroughput'],
        dimensions: perDatabase,
      },
      { names: ['ReplicaLag'], dimensions: [['DBInstanceIdentifier']] },
      { names: ['DBLoad', 'DBLoadCPU', 'DBLoadNonCPU', 'DBLoadRelativeToNumVCPUs'], dimensions: [['DBInstanceIdentifier']], page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Cloudwatch.html' },
    ],
  },
  'AWS/Route53': {
    page: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html',
    region: 'us-east-1',
    dimensions: { HealthCheckId: { resources: [{ type: 'AWS::Route53::HealthCheck', attributes: ['Ref', 'HealthCheckId'] }] } },
    metrics: [{ names: ['ChildHealthCheckHealthyCount', 'ConnectionTime', 'HealthCheckPercentageHealthy', 'HealthCheckStatus', 'SSLHandshakeTime', 'TimeToFirstByte'], dimensions: [['HealthCheckId']] }],
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
  'AWS/WAFV2': {
    page: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html',
    dimensions: {
      Region: anything,
      Rule: { values: ['ALL', 'Default_Action'], resources: [{ type: 'AWS::WAFv2::WebACL', attributes: [], properties: ['Rules.*.VisibilityConfig.MetricName'] }] },
      RuleGroup: anything,
      WebACL: { resources: [{ type: 'AWS::WAFv2::WebACL', attributes: [], properties: ['VisibilityConfig.MetricName'] }] },
    },
    metrics: [{ names: ['AllowedRequests', 'BlockedRequests', 'CountedRequests', 'PassedRequests', 'CaptchaRequests', 'ChallengeRequests', 'RequestsWithValidCaptchaToken', 'RequestsWithValidChallengeToken'], dimensions: perRequestRule }],
  },
};
