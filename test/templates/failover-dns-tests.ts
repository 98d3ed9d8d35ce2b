import { expect } from 'chai';
import type { ResolvedStack, Template } from '../../src/resolve';
import { requirement } from '../requirements/requirement';
import { ofType } from './built-system';

type Region = 'us-east-1' | 'ap-southeast-1';

/** A system whose load balancers answer one name in turn, as its owner's list names the facts. */
export interface FailoverSystem {
  readonly name: string;
  /** What its names begin with. */
  readonly prefix: string;
  readonly domain: string;
  readonly regions: readonly [primary: Region, secondary: Region];
  readonly compliance: string;
  /** Logical ids of all records that the primary has, sorted. */
  readonly primaryRecords: readonly string[];
  /** Logical id of the record that fails over, and its name. @default `OriginRecord` and `origin.<domain>`, which CloudFront calls */
  readonly record?: { readonly id: string; readonly name: string };
  /** Path that each region's load balancer is asked for. @default `/health/deep` */
  readonly healthPath?: string;
  /** What stands behind the load balancer, in one word. @default `task` */
  readonly target?: string;
  /** Ids of the facts that each test proves, several between blanks; `secondary` where that region has a name of its own. */
  readonly ids: Readonly<Record<'endpoint' | 'alarm' | 'origin' | 'region' | 'names', string>> & { readonly secondary?: string };
}

/** What the templates of every such test get. */
export const failoverDnsParameters = ({ prefix, domain, regions: [primary] }: FailoverSystem) => ({
  HostedZoneId: 'Z1',
  DomainName: domain,
  LoadBalancerDnsName: `${prefix}-alb.elb.amazonaws.com`,
  LoadBalancerZoneId: 'ZELB',
  LoadBalancerFullName: `app/${prefix}-alb/1`,
  AlarmTopicArn: `arn:aws:sns:${primary}:111122223333:${prefix}-alarms`,
});

/**
 * Tests of the health checks and failover records of one environment.
 * @param environment as the tag has it
 * @param short       as names have it: `prod`
 * @param written     the dns template as it is emitted
 * @param stackIn     the same as it stands in a region, with `failoverDnsParameters`
 */
export function failoverDnsTests(system: FailoverSystem, environment: string, short: string, written: Template, stackIn: (region: Region) => ResolvedStack): void {
  const { name, prefix, domain, regions, ids, healthPath = '/health/deep', target = 'task' } = system;
  const [primary, secondary] = regions;
  const { record = { id: 'OriginRecord', name: `origin.${domain}` } } = system;
  const called = system.record ? 'the domain, which clients call' : 'origin.<domain>, which CloudFront calls';
  const parameters = failoverDnsParameters(system);
  const loadBalancer = { DNSName: parameters.LoadBalancerDnsName, HostedZoneId: parameters.LoadBalancerZoneId };
  const propertiesOf = (id: string): Record<string, any> => (written.Resources?.[id]?.Properties ?? {}) as Record<string, any>;

  for (const region of regions) {
    requirement(ids.endpoint, `checks the deep health path of ${region}’s own load balancer every ten seconds from four checker regions`, () => {
      expect(ofType(stackIn(region), 'AWS::Route53::HealthCheck')['EndpointCheck'].HealthCheckConfig).to.deep.equal({
        Type: 'HTTPS',
        FullyQualifiedDomainName: parameters.LoadBalancerDnsName,
        Port: 443,
        ResourcePath: healthPath,
        EnableSNI: true,
        RequestInterval: 10,
        FailureThreshold: 3,
        Regions: ['ap-southeast-1', 'eu-west-1', 'us-east-1', 'us-west-2'],
      });
    });

    requirement(ids.alarm, `follows in ${region} an alarm on what its load balancer answers for want of a ${target}, never on what ${target}s answer`, () => {
      expect(ofType(stackIn(region), 'AWS::CloudWatch::Alarm')['Unanswered']).to.deep.include({
        AlarmName: `${prefix}-unanswered-${short}-main`,
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_ELB_5XX_Count',
        Dimensions: [{ Name: 'LoadBalancer', Value: parameters.LoadBalancerFullName }],
        Statistic: 'Sum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 100,
        Period: 60,
        EvaluationPeriods: 3,
        AlarmActions: [parameters.AlarmTopicArn],
      });
    });

    requirement(ids.origin, `makes the load balancer of ${region} its half of ${called}, by its own health too`, () => {
      expect(ofType(stackIn(region), 'AWS::Route53::RecordSet')[record.id]).to.deep.include({
        HostedZoneId: 'Z1',
        Name: record.name,
        Type: 'A',
        SetIdentifier: region,
        Failover: region === primary ? 'PRIMARY' : 'SECONDARY',
        AliasTarget: { ...loadBalancer, EvaluateTargetHealth: true },
      });
    });
  }

  requirement(ids.alarm, 'takes silence for health: a region without errors publishes none, and a lost one is found by the other check', () => {
    expect(propertiesOf('AnswersCheck')['HealthCheckConfig']).to.deep.equal({
      Type: 'CLOUDWATCH_METRIC',
      AlarmIdentifier: { Name: { Ref: 'Unanswered' }, Region: { Ref: 'AWS::Region' } },
      InsufficientDataHealthStatus: 'Healthy',
    });
  });

  requirement(ids.region, 'takes a region out of DNS as soon as either check fails', () => {
    expect(propertiesOf('RegionCheck')['HealthCheckConfig']).to.deep.equal({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'EndpointCheck' }, { Ref: 'AnswersCheck' }], HealthThreshold: 2 });
    expect(propertiesOf(record.id)['HealthCheckId']).to.deep.equal({ Ref: 'RegionCheck' });
    expect(written.Outputs?.['HealthCheckId']?.Value).to.deep.equal({ Ref: 'RegionCheck' });
  });

  requirement(ids.names, 'names the checks for the console, where they have no other name, beside the tags of all', () => {
    for (const [id, part] of [['EndpointCheck', 'endpoint'], ['AnswersCheck', 'answers'], ['RegionCheck', 'region']] as const) {
      const Name = { 'Fn::Sub': `${prefix}-${part}-${short}-\${EnvironmentSuffix}` };
      const tags = { Compliance: system.compliance, CostCenter: name, Environment: environment, Name, System: name };
      expect(propertiesOf(id)['HealthCheckTags']).to.deep.equal(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
    }
  });

  const recordsIn = (region: Region): Readonly<Record<string, any>> => ofType(stackIn(region), 'AWS::Route53::RecordSet');
  if (ids.secondary === undefined) return;
  requirement(ids.secondary, 'gives the secondary region a name of its own, where CloudFront reads what the origin does not answer', () => {
    expect(recordsIn(secondary)['SecondaryRecord']).to.deep.equal({ HostedZoneId: 'Z1', Name: `secondary.${domain}`, Type: 'A', AliasTarget: { ...loadBalancer, EvaluateTargetHealth: false } });
    expect(Object.keys(recordsIn(primary)).sort()).to.deep.equal(system.primaryRecords);
  });
}
