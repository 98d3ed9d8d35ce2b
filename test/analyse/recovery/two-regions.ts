import { defineSystem, Fn, nest, templatesOf, type RecoveryTargets, type System } from '../../../src/cfn';
import { LoadBalancer } from '../../../src/cfn/generated/elasticloadbalancingv2';
import { DBCluster } from '../../../src/cfn/generated/rds';
import { alarmHealthCheck } from '../../../templates/modules/dns/alarm-health-check';
import { calculatedHealthCheck } from '../../../templates/modules/dns/calculated-health-check';
import { failoverRecord } from '../../../templates/modules/dns/failover-record';
import { healthCheck } from '../../../templates/modules/dns/health-check';
import { regionSwitchPlan } from '../../../templates/modules/dns/region-switch-plan';
import { ecsServices } from '../../../templates/modules/dns/scaled-workloads';
import { auroraGlobalDatabase } from '../../../templates/modules/dns/switched-database';
import { alarm } from '../../../templates/modules/monitoring/alarm';

/** What the recovery of the tests' system depends on. */
export interface RecoverySettings {
  readonly intervalSeconds: 10 | 30;
  readonly failureThreshold: number;
  readonly keepAliveSeconds: number;
  readonly stepTimeoutMinutes: number;
  readonly plan: boolean;
  readonly automatic: boolean;
  /** Periods of a minute of the alarm on the record's health check; none leaves the alarm out. */
  readonly calledPeriods: number;
  /** Milliseconds of lag above which the alarm goes off; none leaves the alarm out. */
  readonly lagMilliseconds: number;
  readonly lagPeriods: number;
  readonly secondDatabase: boolean;
}

export const settings: RecoverySettings = {
  intervalSeconds: 10,
  failureThreshold: 3,
  keepAliveSeconds: 180,
  stepTimeoutMinutes: 8,
  plan: true,
  automatic: false,
  calledPeriods: 2,
  lagMilliseconds: 30_000,
  lagPeriods: 1,
  secondDatabase: true,
};

export const targets: RecoveryTargets = { timeMinutes: 15, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 };

const defineTemplate = templatesOf<RecoverySettings>();

const region = defineTemplate('region', { description: 'region', parameters: { Topic: { Type: 'String' }, Zone: { Type: 'AWS::Route53::HostedZone::Id' } } }, (t) => {
  const { intervalSeconds, failureThreshold, keepAliveSeconds, lagMilliseconds, lagPeriods, secondDatabase } = t.settings;
  const balancer = t.add('Balancer', new LoadBalancer({ Name: t.resourceName('alb'), LoadBalancerAttributes: [{ Key: 'client_keep_alive.seconds', Value: String(keepAliveSeconds) }] }));
  const errors = alarm(t, 'Errors', { name: 'errors', description: 'errors', metric: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_ELB_5XX_Count', dimensions: {} }, statistic: 'Sum', comparison: 'GreaterThanThreshold', threshold: 9, topic: t.param('Topic') });
  const endpoint = healthCheck(t, 'Endpoint', { name: t.resourceName('endpoint'), host: balancer.att('DNSName'), path: '/deep', intervalSeconds, failureThreshold });
  const answers = alarmHealthCheck(t, 'Answers', { name: t.resourceName('answers'), alarmName: errors.ref() });
  const check = calculatedHealthCheck(t, 'Check', { name: t.resourceName('check'), children: [endpoint, answers] });
  failoverRecord(t, 'Record', { hostedZoneId: t.param('Zone'), name: Fn.Sub('origin.example.com'), target: { dnsName: balancer.att('DNSName'), zoneId: balancer.att('CanonicalHostedZoneID') }, healthCheck: check });
  const cluster = t.add('Cluster', new DBCluster({ Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'pair-global' }), { when: secondDatabase ? undefined : t.isPrimary });
  if (lagMilliseconds > 0) {
    alarm(t, 'Lag', {
      name: 'lag',
      description: 'lag',
      metric: { namespace: 'AWS/RDS', name: 'AuroraGlobalDBRPOLag', dimensions: { DBClusterIdentifier: cluster.ref() } },
      statistic: 'Maximum',
      comparison: 'GreaterThanThreshold',
      threshold: lagMilliseconds,
      periods: lagPeriods,
      topic: t.param('Topic'),
    });
  }
  return { HealthCheckId: check.ref() };
});

const edge = defineTemplate('edge-dns', { description: 'edge', parameters: { Topic: { Type: 'String' }, PrimaryHealthCheckId: { Type: 'String' } } }, (t) => {
  const { calledPeriods, plan, automatic, stepTimeoutMinutes } = t.settings;
  if (calledPeriods > 0) {
    alarm(t, 'PrimaryHealth', {
      name: 'primary-health',
      description: 'lost',
      metric: { namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: t.param('PrimaryHealthCheckId') } },
      statistic: 'Minimum',
      comparison: 'LessThanThreshold',
      threshold: 1,
      periods: calledPeriods,
      topic: t.param('Topic'),
    });
  }
  if (plan) {
    regionSwitchPlan(t, 'RegionSwitch', {
      name: 'switch',
      description: 'switch',
      recoveryTimeObjectiveMinutes: 15,
      database: auroraGlobalDatabase(t.context.regions, { globalCluster: t.resourceName('global'), cluster: t.resourceName('aurora', 'account') }),
      workloads: ecsServices(t.context.regions, { cluster: t.resourceName('cluster'), services: [{ name: 'api', service: t.resourceName('api') }] }),
      stepTimeoutMinutes,
      ...(automatic && { automatic: { alarm: t.resourceName('primary-health') } }),
    });
  }
  return {};
});

/**
 * A system of two regions with what decides about its recovery and nothing else.
 * @param changed what it has otherwise than `settings`
 * @param promised its recovery targets
 */
export function twoRegions(changed: Partial<RecoverySettings> = {}, promised: RecoveryTargets | 'nothing' = targets): System {
  const Topic = { Type: 'String' } as const;
  return defineSystem({
    name: 'pair',
    title: 'Pair',
    regions: { primary: 'ap-southeast-1', secondary: 'us-east-1' },
    namePattern: 'pair-{resource}-{environment}-{suffix}',
    costCenter: 'tests',
    compliance: 'none',
    environments: { production: { short: 'prod', settings: { ...settings, ...changed } } },
    ...(promised !== 'nothing' && { recoveryTargets: promised }),
    deployments: (plan, { primary, secondary }) =>
      plan
        .deploy('platform', { description: 'platform', regions: { create: [primary, secondary], update: [secondary, primary] }, parameters: { Topic, Zone: { Type: 'AWS::Route53::HostedZone::Id' } } }, (root) => {
          const built = nest(root, 'Region', region, { Topic: root.param('Topic'), Zone: root.param('Zone') });
          return { wires: { HealthCheckId: built.HealthCheckId } };
        })
        .deploy('edge', { description: 'edge', regions: { create: [secondary], update: [secondary] }, parameters: { Topic } }, (root, { platform }) => {
          nest(root, 'EdgeDns', edge, { Topic: root.param('Topic'), PrimaryHealthCheckId: root.acrossRegions(platform.HealthCheckId, primary, 'PrimaryHealthCheckId') });
          return { wires: {} };
        }),
  });
}
