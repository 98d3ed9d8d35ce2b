import { expect } from 'chai';
import { tableAlarms } from '../../../../templates/modules/monitoring/table-alarms';
import { tableGraphs } from '../../../../templates/modules/monitoring/table-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

interface Query {
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[] } };
}

describe('The table alarms module', () => {
  const made = (indexes: readonly string[], id: string): readonly string[] => {
    const t = builderOf();
    tableAlarms(t, 'Carts', { topic: value('topic'), name: 'carts', table: 'shop-carts', indexes, operations: ['GetItem', 'PutItem'] });
    const queries = properties(t, id)['Metrics'] as readonly Query[];
    return queries.map(({ Expression, MetricStat }) => Expression ?? [MetricStat?.Metric.MetricName, ...(MetricStat?.Metric.Dimensions ?? []).map(({ Value }) => Value)].join(' '));
  };

  it('adds up what the table and each of its indexes throttle, a minute without any counted as none', () => {
    expect(made([], 'CartsThrottled')).to.deep.equal(['ReadThrottleEvents shop-carts', 'WriteThrottleEvents shop-carts', 'FILL(m1, 0) + FILL(m2, 0)']);
    expect(made(['byUser', 'byDay'], 'CartsThrottled')).to.have.length(7).and.include('WriteThrottleEvents shop-carts byDay').and.include('FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0) + FILL(m4, 0) + FILL(m5, 0) + FILL(m6, 0)');
  });

  it('adds up DynamoDB’s own errors over the operations that it is told of', () => {
    expect(made(['byUser'], 'CartsErrors')).to.deep.equal(['SystemErrors shop-carts GetItem', 'SystemErrors shop-carts PutItem', 'FILL(m1, 0) + FILL(m2, 0)']);
  });

  it('looks at the way to the other region, from whichever it stands in', () => {
    const t = builderOf();
    tableAlarms(t, 'Carts', { topic: value('topic'), name: 'carts', table: 'shop-carts', indexes: [], operations: ['GetItem'] });
    expect(properties(t, 'CartsReplication')['Dimensions']).to.deep.equal([
      { Name: 'TableName', Value: 'shop-carts' },
      { Name: 'ReceivingRegion', Value: { 'Fn::If': ['IsPrimary', 'ap-southeast-1', 'us-east-1'] } },
    ]);
  });

  it('labels each line with table, index and what it counts', () => {
    const [throttled] = tableGraphs({ region: 'us-east-1', place: 'here', otherRegion: 'ap-southeast-1', tables: { carts: { table: 'shop-carts', indexes: ['byUser'] } }, operations: ['GetItem'] });
    expect(throttled?.metrics.map(({ label }) => label)).to.deep.equal(['carts reads', 'carts byUser reads', 'carts writes', 'carts byUser writes']);
  });
});
