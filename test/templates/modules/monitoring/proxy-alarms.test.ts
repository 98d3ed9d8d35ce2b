import { expect } from 'chai';
import { proxyAlarms } from '../../../../templates/modules/monitoring/proxy-alarms';
import { proxyGraphs } from '../../../../templates/modules/monitoring/proxy-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The proxy alarms module', () => {
  const made = (longestWait?: number) => {
    const t = builderOf();
    proxyAlarms(t, { topic: value('topic'), proxy: 'pool', longestWait });
    return t;
  };

  it('takes milliseconds for the microseconds that RDS Proxy publishes', () => {
    expect(properties(made(), 'ProxyWait')).to.include({ MetricName: 'DatabaseConnectionsBorrowLatency', Threshold: 500_000 });
    expect(properties(made(20), 'ProxyWait')).to.include({ Threshold: 20_000 }).and.to.have.property('AlarmDescription').that.contains('longer than 20 ms');
  });

  it('compares the connections in use with those that the database allows', () => {
    expect(properties(made(), 'ProxyConnections')).to.have.nested.property('Metrics[2].Expression', '100 * used / allowed');
  });
});

describe('The proxy graphs', () => {
  it('name the proxy in every metric, which then counts all of its endpoints', () => {
    for (const { dimensions } of proxyGraphs({ region: 'us-east-1', place: 'here', proxy: 'pool' }).flatMap(({ metrics }) => metrics)) expect(dimensions).to.deep.equal({ ProxyName: 'pool' });
  });
});
