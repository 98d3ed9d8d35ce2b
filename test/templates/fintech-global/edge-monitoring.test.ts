import { expect } from 'chai';
import { edgeMonitoring } from '../../../templates/systems/fintech-global/edge-monitoring';
import { textsIn } from '../../requirements/selection';
import { decisive } from '../alarm-terms';
import { plain } from '../plain';
import { jsonIn } from './built';
import { everywhereOf, type Row } from './everywhere';

const parameters = {
  AlarmTopicArn: 'arn:aws:sns:us-east-1:111111111111:alarms',
  PrimaryHealthCheckId: 'check-primary',
  SecondaryHealthCheckId: 'check-secondary',
  PrimaryLoadBalancerFullName: 'app/primary/1',
  SecondaryLoadBalancerFullName: 'app/secondary/2',
};
const loadBalancers = { 'us-east-1': 'app/primary/1', 'ap-southeast-1': 'app/secondary/2' } as const;

/** It stands in us-east-1 only. */
const everywhere = everywhereOf(edgeMonitoring, () => parameters, ['us-east-1']);

const regional = [
  'Requests in *', 'Seconds to answer in *', 'Errors of the load balancer in *', 'Seconds of the slowest in *', 'Pods in *', 'Pods that wait in *', 'Kubernetes API in *', 'Nodes in *, %', 'Database CPU in *, %',
  'Database memory free in *, bytes', 'Database connections in *', 'Reader lag in *, ms', 'Replication lag in *, ms', 'Cache CPU in *, %', 'Cache memory in *, %', 'Evictions in *', 'Cache hits in *, %', 'Cache connections in *',
  'Cache replication lag in *, s', 'Reads used by tables in *, units a minute', 'Reads provisioned for tables in *, units a second', 'Writes used by tables in *, units a minute', 'Writes provisioned for tables in *, units a second',
  'Throttled by tables in *', 'Latency of tables in *, ms', 'Replication of tables from *, ms',
];

describe('FinTech Global edge monitoring', () => {
  everywhere('FTG-28 FTG-57', 'tells within two minutes of a region that does not answer its health check, or of which nobody knows', ({ all, short }) => {
    for (const [id, check, name] of [['PrimaryHealth', 'check-primary', 'primary-region-health'], ['SecondaryHealth', 'check-secondary', 'secondary-region-health']] as const) {
      const alarm = all('AWS::CloudWatch::Alarm')[id];
      expect(alarm.AlarmName).to.equal(`fintechglobal-${name}-${short}-main`);
      expect(decisive(alarm)).to.deep.equal({ metric: 'AWS/Route53 HealthCheckStatus', dimensions: { HealthCheckId: check }, over: ['Minimum', undefined, undefined, 'LessThanThreshold', 1], periods: [60, 2, 'breaching'] });
    }
  });

  everywhere('FTG-57', 'sends both alarms, and their end, to the topic of us-east-1, and says how long somebody may take to decide and where the way is written down', ({ all }) => {
    const { PrimaryHealth, SecondaryHealth, ...others } = all('AWS::CloudWatch::Alarm');
    expect(others).to.deep.equal({});
    for (const { ActionsEnabled, AlarmActions, OKActions } of [PrimaryHealth, SecondaryHealth]) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(PrimaryHealth, /Decide within 5 minutes whether its database is to be promoted: docs\/runbooks\/fintech-global\/failover\.md/g)).to.have.length(1);
  });

  everywhere('FTG-54 FTG-57', 'shows both regions side by side on one dashboard, each with its own load balancer, and the health of each', ({ all, short }) => {
    const { Dashboard, ...others } = all('AWS::CloudWatch::Dashboard');
    expect(others).to.deep.equal({});
    expect(Dashboard.DashboardName).to.equal(`fintechglobal-regions-${short}-main-us-east-1`);
    const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { widgets: readonly Row[] };
    const titles = ['Health of *', ...regional].flatMap((title) => Object.keys(loadBalancers).map((region) => title.replace('*', region)));
    expect(widgets.map(({ x, y, properties }) => [properties.title, x, y])).to.deep.equal(titles.map((title, index) => [title, (index % 2) * 12, Math.floor(index / 2) * 6]));
    const shown = (from: number, region: string) => widgets.filter((_, index) => index >= 2 && index % 2 === from).map(({ properties }) => [properties.region, ...textsIn(properties.metrics, /app\/\w+\/\d/g)].join(' ') || region);
    Object.entries(loadBalancers).forEach(([region, loadBalancer], from) => expect(shown(from, region)).to.deep.equal(regional.map((_, index) => (index < 4 ? `${region} ${loadBalancer}` : region))));
    expect(plain(widgets.slice(0, 2).map(({ properties }) => [properties.region, properties.metrics]))).to.deep.equal(['check-primary', 'check-secondary'].map((check) => ['us-east-1', [['AWS/Route53', 'HealthCheckStatus', 'HealthCheckId', check, { label: 'healthy' }]]]));
  });
});
