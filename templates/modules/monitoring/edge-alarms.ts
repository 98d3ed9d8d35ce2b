import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from './alarm';
import { certificateAlarm } from './certificate-alarm';
import type { Graph } from './dashboard';
import { edgeRegion, healthAlarms, healthGraphs, withAdvice, type HealthMetrics } from './health-alarms';

export { edgeRegion } from './health-alarms';

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

/** The metrics of CloudFront and its web ACL that are worth a graph. */
export type FrontMetrics = Readonly<Record<'requests' | 'errors' | 'clientErrors' | 'blocked', Metric>>;

/** The metrics of the edge that are worth a graph. */
export type EdgeMetrics = HealthMetrics & FrontMetrics;

/**
 * Alarms on CloudFront, its web ACL and certificate, and on the health of both regions. They stand in us-east-1.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function edgeAlarms(t: TemplateBuilder<Parameters, unknown>, settings: EdgeAlarmsSettings): EdgeMetrics {
  const { topic, primaryHealthCheckId, secondaryHealthCheckId, advice } = settings;
  const metrics = distributionAlarms(t, settings);
  const health = healthAlarms(t, { topic, primaryHealthCheckId, secondaryHealthCheckId, advice });
  viewerCertificateAlarm(t, settings);
  return { ...metrics, ...health };
}

/** What stands in front of one region, which nothing fails over from. */
export type FrontAlarmsSettings = Omit<EdgeAlarmsSettings, 'primaryHealthCheckId' | 'secondaryHealthCheckId'>;

/** The alarms of `edgeAlarms` without those on the health of regions. */
export function frontAlarms(t: TemplateBuilder<Parameters, unknown>, settings: FrontAlarmsSettings): FrontMetrics {
  const metrics = distributionAlarms(t, settings);
  viewerCertificateAlarm(t, settings);
  return metrics;
}

function viewerCertificateAlarm(t: TemplateBuilder<Parameters, unknown>, { certificateArn, topic, advice = {} }: FrontAlarmsSettings): void {
  certificateAlarm(t, 'CertificateExpiry', { certificateArn, description: withAdvice('The viewer certificate was not renewed in time: its validation record may be gone from the zone', advice.certificate), topic });
}

function distributionAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, distributionId, webAclName }: FrontAlarmsSettings): FrontMetrics {
  const ofDistribution = (name: string): Metric => ({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: distributionId, Region: 'Global' } });
  const metrics = {
    requests: ofDistribution('Requests'),
    errors: ofDistribution('5xxErrorRate'),
    clientErrors: ofDistribution('4xxErrorRate'),
    blocked: { namespace: 'AWS/WAFV2', name: 'BlockedRequests', dimensions: { WebACL: webAclName, Rule: 'ALL' } },
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
  return metrics;
}

/** The graphs of CloudFront and its web ACL. */
export function frontGraphs(metrics: FrontMetrics): readonly Graph[] {
  const region = edgeRegion;
  return [
    { title: 'Requests at the edge', statistic: 'Sum', region, metrics: [{ ...metrics.requests, label: 'all' }, { ...metrics.blocked, label: 'blocked' }] },
    { title: 'Errors at the edge, %', statistic: 'Average', region, metrics: [{ ...metrics.errors, label: '5xx' }, { ...metrics.clientErrors, label: '4xx' }] },
  ];
}

/** The graphs of CloudFront, web ACL and health checks; the health of the regions stands side by side. */
export function edgeGraphs(regions: { readonly primary: string; readonly secondary: string }, metrics: EdgeMetrics): readonly Graph[] {
  return [...frontGraphs(metrics), ...healthGraphs(regions, metrics)];
}

/** Graphs of two regions in turn, so that in two columns each stands beside its like. */
export function sideBySide(ofPrimary: readonly Graph[], ofSecondary: readonly Graph[]): readonly Graph[] {
  return ofPrimary.flatMap((graph, row) => [graph, ...ofSecondary.slice(row, row + 1)]);
}
