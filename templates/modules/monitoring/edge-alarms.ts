import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from './alarm';
import type { Graph } from './dashboard';

/** Where CloudFront, WAF for CloudFront and Route 53 publish their metrics. */
export const edgeRegion = 'us-east-1';

/** What stands in front of two regions. */
export interface EdgeAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly distributionId: Token<'String'>;
  readonly webAclName: Token<'String'>;
  readonly certificateArn: Token<'String'>;
  readonly primaryHealthCheckId: Token<'String'>;
  readonly secondaryHealthCheckId: Token<'String'>;
  /** What to do, by what has happened: it ends the alarm's description. @default nothing said */
  readonly advice?: Partial<Readonly<Record<'primaryHealth' | 'secondaryHealth' | 'certificate', string>>>;
}

/**
 * What to do about what only the edge sees, where the other region serves reads until somebody promotes its database.
 * @param decisionMinutes until somebody has decided whether to promote it
 * @param failoverRunbook the page that says how: `docs/runbooks/…`
 */
export const failoverAdvice = (decisionMinutes: number, failoverRunbook: string) =>
  ({
    primaryHealth: `Reads go to the other region by themselves. Decide within ${decisionMinutes} minutes whether its database is to be promoted: ${failoverRunbook}`,
    secondaryHealth: 'Bring it back before it is needed: its own alarms on tasks and database say what fails',
    certificate: 'Compare the records that the certificate asks for with those of the zone, and write what is missing',
  }) as const satisfies EdgeAlarmsSettings['advice'];

/** The metrics of the edge that are worth a graph. */
export type EdgeMetrics = Readonly<Record<'requests' | 'errors' | 'clientErrors' | 'blocked' | 'primaryHealth' | 'secondaryHealth', Metric>>;

/**
 * Alarms on CloudFront, its web ACL and certificate, and on the health of both regions. They stand in us-east-1.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function edgeAlarms(t: TemplateBuilder<Parameters, unknown>, settings: EdgeAlarmsSettings): EdgeMetrics {
  const { topic, distributionId, webAclName, certificateArn, primaryHealthCheckId, secondaryHealthCheckId, advice = {} } = settings;
  const said = (happened: keyof typeof advice, what: string): string => (advice[happened] === undefined ? what : `${what}. ${advice[happened]}`);
  const ofDistribution = (name: string): Metric => ({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: distributionId, Region: 'Global' } });
  const ofHealthCheck = (id: Token<'String'>): Metric => ({ namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: id } });
  const metrics = {
    requests: ofDistribution('Requests'),
    errors: ofDistribution('5xxErrorRate'),
    clientErrors: ofDistribution('4xxErrorRate'),
    blocked: { namespace: 'AWS/WAFV2', name: 'BlockedRequests', dimensions: { WebACL: webAclName, Rule: 'ALL' } },
    primaryHealth: ofHealthCheck(primaryHealthCheckId),
    secondaryHealth: ofHealthCheck(secondaryHealthCheckId),
  } satisfies Record<string, Metric>;

  alarm(t, 'Errors', {
    name: 'edge-5xx',
    description: 'More than 1 % of what users ask for fails: look whether a region, or CloudFront itself, is the cause',
    metric: metrics.errors,
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: 1,
    periods: 5,
    topic,
  });
  anomalyAlarm(t, 'ClientErrors', { name: 'edge-4xx', description: 'More requests than usual are refused: a broken link, a broken release or somebody who probes', metric: metrics.clientErrors, statistic: 'Average', topic });
  anomalyAlarm(t, 'BlockedRequests', { name: 'edge-blocked', description: 'The web ACL blocks more than usual: an attack, or a rule that hits users', metric: metrics.blocked, statistic: 'Sum', topic });
  healthAlarm(t, 'PrimaryHealth', 'primary-region-health', said('primaryHealth', 'The primary region does not answer its health check and gets no traffic'), metrics.primaryHealth, topic);
  healthAlarm(t, 'SecondaryHealth', 'secondary-region-health', said('secondaryHealth', 'The secondary region does not answer its health check: nothing could take over now'), metrics.secondaryHealth, topic);
  alarm(t, 'CertificateExpiry', {
    name: 'certificate-expiry',
    description: said('certificate', 'The viewer certificate was not renewed in time: its validation record may be gone from the zone'),
    metric: { namespace: 'AWS/CertificateManager', name: 'DaysToExpiry', dimensions: { CertificateArn: certificateArn } },
    statistic: 'Minimum',
    comparison: 'LessThanOrEqualToThreshold',
    // ACM begins to renew 60 days before the end.
    threshold: 45,
    period: 86_400,
    periods: 1,
    topic,
  });
  return metrics;
}

function healthAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, name: string, description: string, metric: Metric, topic: Token<'String'>): void {
  // Without an answer from Route 53 nobody knows whether the region is well.
  alarm(t, id, { name, description, metric, statistic: 'Minimum', comparison: 'LessThanThreshold', threshold: 1, periods: 2, missing: 'breaching', topic });
}

/** The graphs of CloudFront, web ACL and health checks; the health of the regions stands side by side. */
export function edgeGraphs({ primary, secondary }: { readonly primary: string; readonly secondary: string }, metrics: EdgeMetrics): readonly Graph[] {
  const region = edgeRegion;
  return [
    { title: 'Requests at the edge', statistic: 'Sum', region, metrics: [{ ...metrics.requests, label: 'all' }, { ...metrics.blocked, label: 'blocked' }] },
    { title: 'Errors at the edge, %', statistic: 'Average', region, metrics: [{ ...metrics.errors, label: '5xx' }, { ...metrics.clientErrors, label: '4xx' }] },
    { title: `Health of ${primary}`, statistic: 'Average', region, metrics: [{ ...metrics.primaryHealth, label: 'healthy' }] },
    { title: `Health of ${secondary}`, statistic: 'Average', region, metrics: [{ ...metrics.secondaryHealth, label: 'healthy' }] },
  ];
}

/** Graphs of two regions in turn, so that in two columns each stands beside its like. */
export function sideBySide(ofPrimary: readonly Graph[], ofSecondary: readonly Graph[]): readonly Graph[] {
  return ofPrimary.flatMap((graph, row) => [graph, ...ofSecondary.slice(row, row + 1)]);
}
