import { expect } from 'chai';
import { dns } from '../../../templates/systems/customer-portal/dns';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved } from './built';

const parameters = {
  HostedZoneId: 'Z1',
  DomainName: 'customers.example.com',
  LoadBalancerDnsName: 'cus-alb.elb.amazonaws.com',
  LoadBalancerZoneId: 'ZELB',
  LoadBalancerFullName: 'app/cus-alb/1',
  ApiDomainName: 'd-1.execute-api.amazonaws.com',
  ApiZoneId: 'ZAPI',
  AlarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:cus-alarms',
};
const shorts = { production: 'prod', staging: 'stg', develop: 'dev' } as const;
const loadBalancer = { DNSName: parameters.LoadBalancerDnsName, HostedZoneId: parameters.LoadBalancerZoneId };

for (const environment of environmentNames) {
  describe(`Customer portal dns of ${environment}`, () => {
    const written = (id: string): Record<string, any> => (emitted(dns, environment).Resources?.[id]?.Properties ?? {}) as Record<string, any>;

    for (const region of bothRegions) {
      const of = (type: string): Readonly<Record<string, any>> => ofType(resolved(dns, region, environment, parameters), type);

      requirement('CUS-64', `checks the deep health path of ${region}’s own load balancer every ten seconds from four checker regions`, () => {
        expect(of('AWS::Route53::HealthCheck')['EndpointCheck'].HealthCheckConfig).to.deep.equal({
          Type: 'HTTPS',
          FullyQualifiedDomainName: parameters.LoadBalancerDnsName,
          Port: 443,
          ResourcePath: '/health/deep',
          EnableSNI: true,
          RequestInterval: 10,
          FailureThreshold: 3,
          Regions: ['ap-southeast-1', 'eu-west-1', 'us-east-1', 'us-west-2'],
        });
      });

      requirement('CUS-64', `follows in ${region} an alarm on what its load balancer answers for want of a task, never on what tasks answer`, () => {
        expect(of('AWS::CloudWatch::Alarm')['Unanswered']).to.deep.include({
          AlarmName: `cus-unanswered-${shorts[environment]}-main`,
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

      requirement('CUS-63 CUS-64', `makes the load balancer of ${region} its half of origin.<domain>, which CloudFront calls, by its own health too`, () => {
        expect(of('AWS::Route53::RecordSet')['OriginRecord']).to.deep.include({
          HostedZoneId: 'Z1',
          Name: 'origin.customers.example.com',
          Type: 'A',
          SetIdentifier: region,
          Failover: region === 'us-east-1' ? 'PRIMARY' : 'SECONDARY',
          AliasTarget: { ...loadBalancer, EvaluateTargetHealth: true },
        });
      });

      requirement('CUS-64 CUS-44', `makes the API of ${region} its half of api.<domain>, which clients with keys call, by the same check and the health of API Gateway`, () => {
        const { HealthCheckId, ...record } = of('AWS::Route53::RecordSet')['ApiRecord'];
        expect(record).to.deep.equal({
          HostedZoneId: 'Z1',
          Name: 'api.customers.example.com',
          Type: 'A',
          SetIdentifier: region,
          Failover: region === 'us-east-1' ? 'PRIMARY' : 'SECONDARY',
          AliasTarget: { DNSName: parameters.ApiDomainName, HostedZoneId: parameters.ApiZoneId, EvaluateTargetHealth: true },
        });
        expect(plain(HealthCheckId)).to.equal('RegionCheck');
      });
    }

    requirement('CUS-64', 'takes silence for health: a region without errors publishes none, and a lost one is found by the other check', () => {
      expect(written('AnswersCheck')['HealthCheckConfig']).to.deep.equal({
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: { Ref: 'Unanswered' }, Region: { Ref: 'AWS::Region' } },
        InsufficientDataHealthStatus: 'Healthy',
      });
    });

    requirement('CUS-64', 'takes a region out of DNS as soon as either check fails', () => {
      expect(written('RegionCheck')['HealthCheckConfig']).to.deep.equal({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'EndpointCheck' }, { Ref: 'AnswersCheck' }], HealthThreshold: 2 });
      expect(written('OriginRecord')['HealthCheckId']).to.deep.equal({ Ref: 'RegionCheck' });
      expect(emitted(dns, environment).Outputs?.['HealthCheckId']?.Value).to.deep.equal({ Ref: 'RegionCheck' });
    });

    requirement('CUS-62 CUS-69', 'names the checks for the console, where they have no other name, beside the tags of all', () => {
      for (const [id, part] of [['EndpointCheck', 'endpoint'], ['AnswersCheck', 'answers'], ['RegionCheck', 'region']] as const) {
        const Name = { 'Fn::Sub': `cus-${part}-${shorts[environment]}-\${EnvironmentSuffix}` };
        const tags = { Compliance: 'pci-dss soc2', CostCenter: 'customer-portal', Environment: environment, Name, System: 'customer-portal' };
        expect(written(id)['HealthCheckTags']).to.deep.equal(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
      }
    });

    requirement('CUS-64', 'gives the secondary region a name of its own, where CloudFront reads what the origin does not answer', () => {
      const of = (region: (typeof bothRegions)[number]): Readonly<Record<string, any>> => ofType(resolved(dns, region, environment, parameters), 'AWS::Route53::RecordSet');
      expect(of('ap-southeast-1')['SecondaryRecord']).to.deep.equal({ HostedZoneId: 'Z1', Name: 'secondary.customers.example.com', Type: 'A', AliasTarget: { ...loadBalancer, EvaluateTargetHealth: false } });
      expect(Object.keys(of('us-east-1')).sort()).to.deep.equal(['ApiRecord', 'OriginRecord']);
    });
  });
}
