import type { Name, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from '../../modules/monitoring/alarm';
import { dashboard, type Graph } from '../../modules/monitoring/dashboard';
import { alarmTopic } from '../../modules/monitoring/topic';
import { primaryIdentifier, replicaIdentifier } from './database-names';
import { defineTemplate, type KashaSettings } from './environments';

const text = { Type: 'String' } as const;

/** Where CloudFront, WAF for CloudFront and Route 53 publish their metrics. */
const edgeRegion = 'us-east-1';

/** Alarms on what has metrics in us-east-1 only, and a dashboard of both regions. */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'Kasha alarms of CloudFront, WAF, health checks and viewer certificate, and the dashboard of both regions',
    parameters: {
      AlarmEmail: text,
      DefaultKeyArn: text,
      DistributionId: text,
      WebAclName: text,
      CertificateArn: text,
      PrimaryHealthCheckId: text,
      SecondaryHealthCheckId: text,
      PrimaryLoadBalancerFullName: text,
      SecondaryLoadBalancerFullName: text,
    },
  },
  (t) => {
    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('edge-alarms'), keyArn: t.param('DefaultKeyArn'), email: t.param('AlarmEmail') });
    const ofDistribution = (name: string): Metric => ({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: t.param('DistributionId'), Region: 'Global' } });
    const ofHealthCheck = (id: Token<'String'>): Metric => ({ namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: id } });
    const metrics = {
      requests: ofDistribution('Requests'),
      errors: ofDistribution('5xxErrorRate'),
      clientErrors: ofDistribution('4xxErrorRate'),
      blocked: { namespace: 'AWS/WAFV2', name: 'BlockedRequests', dimensions: { WebACL: t.param('WebAclName'), Rule: 'ALL' } },
      primaryHealth: ofHealthCheck(t.param('PrimaryHealthCheckId')),
      secondaryHealth: ofHealthCheck(t.param('SecondaryHealthCheckId')),
    } satisfies Record<string, Metric>;

    alarm(t, 'Errors', {
      name: 'edge-5xx',
      description: 'More than 1 % of what users ask for fails: look whether a region, or CloudFront itself, is the cause',
      metric: metrics.errors,
      statistic: 'Average',
      comparison: 'GreaterThanThreshold',
      threshold: 1,
      periods: 5,
      topic: topic.ref(),
    });
    anomalyAlarm(t, 'ClientErrors', { name: 'edge-4xx', description: 'More requests than usual are refused: a broken link, a broken release or somebody who probes', metric: metrics.clientErrors, statistic: 'Average', topic: topic.ref() });
    anomalyAlarm(t, 'BlockedRequests', { name: 'edge-blocked', description: 'The web ACL blocks more than usual: an attack, or a rule that hits users', metric: metrics.blocked, statistic: 'Sum', topic: topic.ref() });
    healthAlarm(t, 'PrimaryHealth', 'primary-region-health', 'The primary region does not answer its health check and gets no traffic', metrics.primaryHealth, topic.ref());
    healthAlarm(t, 'SecondaryHealth', 'secondary-region-health', 'The secondary region does not answer its health check: nothing could take over now', metrics.secondaryHealth, topic.ref());
    alarm(t, 'CertificateExpiry', {
      name: 'certificate-expiry',
      description: 'The viewer certificate was not renewed in time: its validation record may be gone from the zone',
      metric: { namespace: 'AWS/CertificateManager', name: 'DaysToExpiry', dimensions: { CertificateArn: t.param('CertificateArn') } },
      statistic: 'Minimum',
      comparison: 'LessThanOrEqualToThreshold',
      // ACM begins to renew 60 days before the end.
      threshold: 45,
      period: 86_400,
      periods: 1,
      topic: topic.ref(),
    });

    const { primary, secondary } = t.context.regions;
    const ofPrimary = regionGraphs(t, primary, t.param('PrimaryLoadBalancerFullName'), primaryIdentifier(t));
    const ofSecondary = regionGraphs(t, secondary, t.param('SecondaryLoadBalancerFullName'), t.settings.database.crossRegionReplica ? replicaIdentifier(t) : undefined);
    dashboard(t, 'Dashboard', 'regions', [
      { title: 'Requests at the edge', statistic: 'Sum', region: edgeRegion, metrics: [{ ...metrics.requests, label: 'all' }, { ...metrics.blocked, label: 'blocked' }] },
      { title: 'Errors at the edge, %', statistic: 'Average', region: edgeRegion, metrics: [{ ...metrics.errors, label: '5xx' }, { ...metrics.clientErrors, label: '4xx' }] },
      { title: `Health of ${primary}`, statistic: 'Average', region: edgeRegion, metrics: [{ ...metrics.primaryHealth, label: 'healthy' }] },
      { title: `Health of ${secondary}`, statistic: 'Average', region: edgeRegion, metrics: [{ ...metrics.secondaryHealth, label: 'healthy' }] },
      ...ofPrimary.flatMap((graph, row) => [graph, ...ofSecondary.slice(row, row + 1)]),
    ]);
    return { AlarmTopicArn: topic.ref() };
  },
);

type Builder = TemplateBuilder<Parameters, KashaSettings>;

function healthAlarm(t: Builder, id: string, name: string, description: string, metric: Metric, topic: Token<'String'>): void {
  // Without an answer from Route 53 nobody knows whether the region is well.
  alarm(t, id, { name, description, metric, statistic: 'Minimum', comparison: 'LessThanThreshold', threshold: 1, periods: 2, missing: 'breaching', topic });
}

/** The graphs of one region, the same for both, so that they stand side by side; a secondary without database comes without its graphs. Services and database have agreed names. */
function regionGraphs(t: Builder, region: string, loadBalancer: Token<'String'>, database: Name | undefined): readonly Graph[] {
  const ofLoadBalancer = (name: string): Metric => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: loadBalancer } });
  const ofService = (service: string): Metric => ({ namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions: { ClusterName: t.resourceName('cluster'), ServiceName: t.resourceName(service) } });
  const ofDatabase = (name: string, label: string) => (database ? [{ namespace: 'AWS/RDS', name, dimensions: { DBInstanceIdentifier: database }, label }] : []);
  const connections = ofDatabase('DatabaseConnections', 'connections');
  return [
    { title: `Requests in ${region}`, statistic: 'Sum', region, metrics: [{ ...ofLoadBalancer('RequestCount'), label: 'requests' }, { ...ofLoadBalancer('HTTPCode_Target_5XX_Count'), label: 'errors' }] },
    { title: `Seconds to answer in ${region}`, statistic: 'Average', region, metrics: [{ ...ofLoadBalancer('TargetResponseTime'), label: 'mean' }] },
    { title: `CPU in ${region}, %`, statistic: 'Average', region, metrics: [{ ...ofService('frontend'), label: 'frontend' }, { ...ofService('backend'), label: 'backend' }, ...ofDatabase('CPUUtilization', 'database')] },
    ...(connections.length > 0 ? [{ title: `Database connections in ${region}`, statistic: 'Maximum' as const, region, metrics: connections }] : []),
  ];
}
