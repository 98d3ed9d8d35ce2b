import { expect } from 'chai';
import { dns } from '../../../templates/systems/financial-portal/dns';
import { requirement } from '../../requirements/requirement';
import { bothRegions, emitted, environmentNames, ofType, resolved } from './built';

const parameters = {
  HostedZoneId: 'Z1',
  DomainName: 'portal.example.com',
  LoadBalancerDnsName: 'fin-alb.elb.amazonaws.com',
  LoadBalancerZoneId: 'ZELB',
  LoadBalancerFullName: 'app/fin-alb/1',
  AlarmTopicArn: 'arn:aws:sns:ap-southeast-1:111122223333:fin-alarms',
};
const shorts = { production: 'prod', staging: 'staging', develop: 'dev' } as const;
const loadBalancer = { DNSName: parameters.LoadBalancerDnsName, HostedZoneId: parameters.LoadBalancerZoneId };

for (const environment of environmentNames) {
  describe(`Financial portal dns of ${environment}`, () => {
    const written = (id: string): Record<string, any> => (emitted(dns, environment).Resources?.[id]?.Properties ?? {}) as Record<string, any>;
    const nameOf = (tags: readonly { readonly Key: string; readonly Value: string }[]): string | undefined => tags.find(({ Key }) => Key === 'Name')?.Value;

    for (const region of bothRegions) {
      const of = (type: string): Readonly<Record<string, any>> => ofType(resolved(dns, region, environment, parameters), type);

      requirement('FIN-38', `checks the deep health path of ${region}’s own load balancer every ten seconds from four checker regions`, () => {
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

      requirement('FIN-38', `follows in ${region} an alarm on what its load balancer answers for want of a task, never on what tasks answer`, () => {
        expect(of('AWS::CloudWatch::Alarm')['Unanswered']).to.deep.include({
          AlarmName: `fin-unanswered-${shorts[environment]}-main`,
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

      requirement('FIN-39', `makes the load balancer of ${region} its half of origin.<domain>, which CloudFront calls, by its own health too`, () => {
        expect(of('AWS::Route53::RecordSet')['OriginRecord']).to.deep.include({
          HostedZoneId: 'Z1',
          Name: 'origin.portal.example.com',
          Type: 'A',
          SetIdentifier: region,
          Failover: region === 'ap-southeast-1' ? 'PRIMARY' : 'SECONDARY',
          AliasTarget: { ...loadBalancer, EvaluateTargetHealth: true },
        });
      });
    }

    requirement('FIN-38', 'takes silence for health: a region without errors publishes none, and a lost one is found by the other check', () => {
      expect(written('AnswersCheck')['HealthCheckConfig']).to.deep.equal({
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: { Ref: 'Unanswered' }, Region: { Ref: 'AWS::Region' } },
        InsufficientDataHealthStatus: 'Healthy',
      });
    });

    requirement('FIN-38 FIN-39', 'takes a region out of DNS as soon as either check fails', () => {
      expect(written('RegionCheck')['HealthCheckConfig']).to.deep.equal({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'EndpointCheck' }, { Ref: 'AnswersCheck' }], HealthThreshold: 2 });
      expect(written('OriginRecord')['HealthCheckId']).to.deep.equal({ Ref: 'RegionCheck' });
      expect(emitted(dns, environment).Outputs?.['HealthCheckId']?.Value).to.deep.equal({ Ref: 'RegionCheck' });
    });

    it('names the checks for the console, where they have no other name', () => {
      for (const [id, part] of [['EndpointCheck', 'endpoint'], ['AnswersCheck', 'answers'], ['RegionCheck', 'region']] as const) {
        expect(nameOf(written(id)['HealthCheckTags'])).to.deep.equal({ 'Fn::Sub': `fin-${part}-${shorts[environment]}-\${EnvironmentSuffix}` });
      }
    });

    requirement('FIN-39', 'gives the secondary region a name of its own, where CloudFront reads what the origin does not answer', () => {
      const of = (region: (typeof bothRegions)[number]): Readonly<Record<string, any>> => ofType(resolved(dns, region, environment, parameters), 'AWS::Route53::RecordSet');
      expect(of('us-east-1')['SecondaryRecord']).to.deep.equal({ HostedZoneId: 'Z1', Name: 'secondary.portal.example.com', Type: 'A', AliasTarget: { ...loadBalancer, EvaluateTargetHealth: false } });
      expect(Object.keys(of('ap-southeast-1'))).to.deep.equal(['OriginRecord']);
    });
  });
}
