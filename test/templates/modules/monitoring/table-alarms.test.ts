import { expect } from 'chai';
import { tableAlarms } from '../../../../templates/modules/monitoring/table-alarms';
import { tableCapacityAlarms } from '../../../../templates/modules/monitoring/table-capacity-alarms';
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

  it('says of a throttled table what its kind of capacity needs', () => {
    const said = (capacity?: 'on demand' | 'provisioned') => {
      const t = builderOf();
      tableAlarms(t, 'Carts', { topic: value('topic'), name: 'carts', table: 'shop-carts', indexes: [], operations: ['GetItem'], ...(capacity && { capacity }) });
      return properties(t, 'CartsThrottled')['AlarmDescription'];
    };
    expect(said()).to.contain('A table on demand takes twice its last peak at once');
    expect(said('provisioned')).to.contain('Provisioned capacity needs a few minutes to grow');
  });

  it('tells when a provisioned table has used nearly all that it has, reads and writes apart', () => {
    const t = builderOf();
    tableCapacityAlarms(t, 'Carts', { topic: value('topic'), name: 'carts', table: 'shop-carts', scalesAt: 70 });
    for (const kind of ['Read', 'Write']) {
      expect(properties(t, `Carts${kind}Capacity`)).to.include({ Threshold: 90 }).and.to.have.property('AlarmDescription').that.contains(`${kind.toLowerCase()} capacity for ten minutes although it grows at 70 %`);
    }
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
