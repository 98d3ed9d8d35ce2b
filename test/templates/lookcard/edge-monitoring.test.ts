import { expect } from 'chai';
import { edgeMonitoring } from '../../../templates/systems/lookcard/edge-monitoring';
import { requirement } from '../../requirements/requirement';
import { above, decisive } from '../alarm-terms';
import { plain } from '../plain';
import { environmentNames, jsonIn, ofType, resolved } from './built';
import { shorts } from './everywhere';

type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const parameters = {
  AlarmTopicArn: `arn:aws:sns:us-east-1:${own}:alarms`,
  DistributionId: 'E1',
  WebAclName: 'lookcard-edge',
  CertificateArn: `arn:aws:acm:us-east-1:${own}:certificate/1`,
  PrimaryHealthCheckId: 'check-primary',
  SecondaryHealthCheckId: 'check-secondary',
  PrimaryLoadBalancerFullName: 'app/primary/1',
  SecondaryLoadBalancerFullName: 'app/secondary/2',
};
const atTheEdge = ['certificate-expiry', 'edge-4xx', 'edge-5xx', 'edge-blocked', 'edge-budget-360', 'edge-budget-60'];

describe('LookCard edge monitoring', () => {
  for (const environment of environmentNames) {
    const all = (type: string): Row => ofType(resolved(edgeMonitoring, 'us-east-1', environment, parameters), type);
    const parts = environment === 'production' ? [...atTheEdge, 'primary-region-health', 'secondary-region-health'] : atTheEdge;

    requirement('LKC-99', `tells of what only CloudFront, its web ACL and certificate show, at the edge’s own topic: ${environment}`, () => {
      const alarms = Object.values(all('AWS::CloudWatch::Alarm'));
      expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `lookcard-${part}-${shorts[environment]}-main`));
      for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    });

    requirement('LKC-99', `tells of requests that fail at CloudFront: ${environment}`, () => {
      expect(decisive(all('AWS::CloudWatch::Alarm')['Errors'])).to.deep.equal(above('AWS/CloudFront 5xxErrorRate', { DistributionId: 'E1', Region: 'Global' }, 'Average', 1, 5));
    });

    requirement('LKC-99', `shows the edge and each region’s load balancer on one dashboard: ${environment}`, () => {
      const { Dashboard } = all('AWS::CloudWatch::Dashboard');
      expect(Dashboard.DashboardName).to.equal(`lookcard-regions-${shorts[environment]}-main-us-east-1`);
      const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { widgets: readonly Row[] };
      const regional = (region: string) => [`Requests in ${region}`, `Seconds to answer in ${region}`, `Errors of the load balancer in ${region}`, `Seconds of the slowest in ${region}`];
      const regions = environment === 'production' ? ['ap-southeast-1', 'us-east-1'] : ['ap-southeast-1'];
      expect(widgets.map(({ properties }): unknown => properties.title)).to.have.members([
        'Requests at the edge',
        'Errors at the edge, %',
        ...(environment === 'production' ? regions.map((region) => `Health of ${region}`) : []),
        ...regions.flatMap(regional),
      ]);
    });
  }

  requirement('LKC-112', 'tells within two minutes of a region of production that does not answer its health check, or of which nobody knows', () => {
    const alarms = ofType(resolved(edgeMonitoring, 'us-east-1', 'production', parameters), 'AWS::CloudWatch::Alarm');
    for (const [id, check] of [['PrimaryHealth', 'check-primary'], ['SecondaryHealth', 'check-secondary']] as const) {
      expect(decisive(alarms[id])).to.deep.equal({ metric: 'AWS/Route53 HealthCheckStatus', dimensions: { HealthCheckId: check }, over: ['Minimum', undefined, undefined, 'LessThanThreshold', 1], periods: [60, 2, 'breaching'] });
    }
    expect(alarms['PrimaryHealth'].AlarmDescription).to.match(/docs\/runbooks\/lookcard\/failover\.md$/);
  });
});
