import { anything, type KnownNamespace } from './known-namespace';

const perLoadBalancer = [['LoadBalancer']];
const perZone = [['LoadBalancer'], ['AvailabilityZone', 'LoadBalancer']];
const perTargetGroup = [['LoadBalancer', 'TargetGroup'], ['AvailabilityZone', 'LoadBalancer', 'TargetGroup']];
const perTarget = [...perZone, ...perTargetGroup];
const perStage = [['ApiName', 'Stage'], ['ApiName'], ['ApiName', 'Method', 'Resource', 'Stage'], ['ApiId', 'Stage']];
const perRequestRule = [['Rule', 'WebACL'], ['RuleGroup', 'WebACL'], ['Rule', 'RuleGroup'], ['Region', 'Rule', 'WebACL'], ['Region', 'RuleGroup', 'WebACL'], ['Region', 'Rule', 'RuleGroup']];

/** What stands before the services: names, certificates, edge, API and load balancers. */
export const entranceMetrics: Readonly<Record<string, KnownNamespace>> = {
  'AWS/ApiGateway': {
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html',
    dimensions: {
      ApiId: { resources: [{ type: 'AWS::ApiGateway::RestApi', attributes: ['Ref', 'RestApiId'] }] },
      ApiName: { resources: [{ type: 'AWS::ApiGateway::RestApi', attributes: [], properties: ['Name'] }] },
      Method: anything,
      Resource: anything,
      Route: anything,
      Stage: { resources: [{ type: 'AWS::ApiGateway::Stage', attributes: ['Ref'], properties: ['StageName'] }] },
    },
    metrics: [
      { names: ['4XXError', '5XXError', 'CacheHitCount', 'CacheMissCount'], dimensions: perStage },
      { names: ['Count', 'Latency'], dimensions: [...perStage, ['ApiId']] },
      { names: ['IntegrationLatency'], dimensions: [...perStage, ['ApiId'], ['ApiId', 'Route', 'Stage']] },
    ],
  },
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
  'AWS/NetworkELB': {
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html',
    dimensions: {
      AvailabilityZone: anything,
      LoadBalancer: { resources: [{ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', attributes: ['LoadBalancerFullName'] }] },
      TargetGroup: { resources: [{ type: 'AWS::ElasticLoadBalancingV2::TargetGroup', attributes: ['TargetGroupFullName'] }] },
    },
    metrics: [
      { names: ['ClientTLSNegotiationErrorCount', 'ConsumedLCUs', 'ConsumedLCUs_TCP', 'ConsumedLCUs_TLS', 'TargetTLSNegotiationErrorCount'], dimensions: perLoadBalancer },
      {
        names: ['ActiveFlowCount', 'ActiveFlowCount_TCP', 'ActiveFlowCount_TLS', 'NewFlowCount', 'NewFlowCount_TCP', 'NewFlowCount_TLS', 'PeakPacketsPerSecond', 'PortAllocationErrorCount', 'ProcessedBytes', 'ProcessedBytes_TCP', 'ProcessedBytes_TLS', 'ProcessedPackets', 'TCP_Client_Reset_Count', 'TCP_ELB_Reset_Count', 'TCP_Target_Reset_Count'],
        dimensions: perZone,
      },
      { names: ['HealthyHostCount', 'UnHealthyHostCount'], dimensions: perTargetGroup },
    ],
  },
  'AWS/Route53': {
    page: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html',
    region: 'us-east-1',
    dimensions: { HealthCheckId: { resources: [{ type: 'AWS::Route53::HealthCheck', attributes: ['Ref', 'HealthCheckId'] }] } },
    metrics: [{ names: ['ChildHealthCheckHealthyCount', 'ConnectionTime', 'HealthCheckPercentageHealthy', 'HealthCheckStatus', 'SSLHandshakeTime', 'TimeToFirstByte'], dimensions: [['HealthCheckId']] }],
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
