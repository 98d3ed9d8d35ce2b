import { expect } from 'chai';
import { edgeMonitoring } from '../../../templates/systems/kasha/edge-monitoring';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { jsonIn, ofType, resolved } from './built';

const parameters = {
  AlarmEmail: 'alarms@example.com',
  DefaultKeyArn: 'arn:aws:kms:us-east-1:111111111111:key/default',
  DistributionId: 'E1',
  WebAclName: 'kasha-edge-prod-main',
  CertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1',
  PrimaryHealthCheckId: 'check-primary',
  SecondaryHealthCheckId: 'check-secondary',
  PrimaryLoadBalancerFullName: 'app/primary/1',
  SecondaryLoadBalancerFullName: 'app/secondary/2',
};
const stack = resolved(edgeMonitoring, 'us-east-1', 'production', parameters);
const alarms = ofType(stack, 'AWS::CloudWatch::Alarm');

/** Namespace, name and dimensions of the metric that an alarm watches. */
function watched(id: string): string {
  const { Namespace, MetricName, Dimensions } = alarms[id].Metrics?.[0].MetricStat.Metric ?? alarms[id];
  return [Namespace, MetricName, ...Dimensions.map(({ Name, Value }: Record<string, string>) => `${Name}=${Value}`)].join(' ');
}

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly title: string; readonly region: string; readonly metrics: readonly (string | object)[][] };
}

describe('Kasha edge monitoring', () => {
  const expected = [
    { id: 'Errors', what: 'failing requests of CloudFront', metric: 'AWS/CloudFront 5xxErrorRate DistributionId=E1 Region=Global' },
    { id: 'ClientErrors', what: 'unusual refusals at CloudFront', metric: 'AWS/CloudFront 4xxErrorRate DistributionId=E1 Region=Global' },
    { id: 'BlockedRequests', what: 'a surge of requests that the web ACL blocks', metric: 'AWS/WAFV2 BlockedRequests WebACL=kasha-edge-prod-main Rule=ALL' },
    { id: 'PrimaryHealth', what: 'a primary region that is out of DNS', metric: 'AWS/Route53 HealthCheckStatus HealthCheckId=check-primary' },
    { id: 'SecondaryHealth', what: 'a secondary region that could not take over', metric: 'AWS/Route53 HealthCheckStatus HealthCheckId=check-secondary' },
    { id: 'CertificateExpiry', what: 'a viewer certificate that was not renewed', metric: `AWS/CertificateManager DaysToExpiry CertificateArn=${parameters.CertificateArn}` },
  ];
  for (const { id, what, metric } of expected) requirement('KSH-112', `tells of ${what}`, () => expect(watched(id)).to.equal(metric));

  requirement('KSH-112', 'mails every alarm, and its end, by one encrypted topic', () => {
    expect(Object.keys(alarms).sort()).to.deep.equal(expected.map(({ id }) => id).sort());
    const [topic] = Object.values(ofType(stack, 'AWS::SNS::Topic'));
    expect(topic).to.include({ TopicName: 'kasha-edge-alarms-prod-main', KmsMasterKeyId: parameters.DefaultKeyArn });
    expect(Object.values(ofType(stack, 'AWS::SNS::Subscription'))[0]).to.include({ Protocol: 'email', Endpoint: 'alarms@example.com' });
    for (const [id, { AlarmActions, OKActions }] of Object.entries(alarms)) {
      expect(AlarmActions[0].origin, id).to.include({ logicalId: 'Alarms' });
      expect(OKActions[0].origin, id).to.include({ logicalId: 'Alarms' });
    }
  });

  requirement('KSH-112', 'learns what is usual for refusals and blocks, and goes off above it only', () => {
    for (const id of ['ClientErrors', 'BlockedRequests']) expect(alarms[id]).to.include({ ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'usual' });
  });

  it('takes a region whose health check says nothing for unhealthy', () => {
    for (const id of ['PrimaryHealth', 'SecondaryHealth']) expect(alarms[id]).to.include({ TreatMissingData: 'breaching', Statistic: 'Minimum', ComparisonOperator: 'LessThanThreshold', Threshold: 1 });
  });

  it('warns of a certificate after ACM should have renewed it, 60 days before its end, and a month before users see it', () => {
    expect(alarms['CertificateExpiry'].Threshold).to.be.within(30, 59);
  });

  requirement('KSH-112', 'shows both regions side by side on one dashboard', () => {
    const board = ofType(stack, 'AWS::CloudWatch::Dashboard')['Dashboard'];
    const widgets = (jsonIn(board, 'DashboardBody') as { widgets: readonly Widget[] }).widgets;
    const regionOf = ({ properties: { title } }: Widget): string | undefined => /us-east-1|ap-southeast-1/.exec(title)?.[0];
    const regional = widgets.filter((widget) => regionOf(widget));
    expect(widgets.map(({ properties }) => properties.title)).to.deep.equal([
      'Requests at the edge', 'Errors at the edge, %',
      ...['Health of us-east-1', 'Requests in us-east-1', 'Seconds to answer in us-east-1', 'CPU in us-east-1, %', 'Database connections in us-east-1'].flatMap((title) => [title, title.replace('us-east-1', 'ap-southeast-1')]),
    ]);
    for (const widget of regional) {
      expect(widget.x, widget.properties.title).to.equal(regionOf(widget) === 'us-east-1' ? 0 : 12);
      if (!widget.properties.title.startsWith('Health')) expect(widget.properties.region).to.equal(regionOf(widget));
    }
    const named = (region: string): readonly string[] => textsIn(regional.filter((widget) => regionOf(widget) === region).map(({ properties }) => properties.metrics), /app\/\w+\/\d|kasha-mysql-[\w-]+/g);
    expect(named('us-east-1')).to.deep.equal(['app/primary/1', 'kasha-mysql-db-prod-main']);
    expect(named('ap-southeast-1')).to.deep.equal(['app/secondary/2', 'kasha-mysql-read-replica-prod-main']);
  });
});
