import { expect } from 'chai';
import { cacheAlarms } from '../../../../templates/modules/monitoring/cache-alarms';
import { cacheGraphs, cacheNodes } from '../../../../templates/modules/monitoring/cache-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

interface Query {
  readonly Id: string;
  readonly Expression?: string;
}

describe('The cache alarms module', () => {
  const made = (shards: number, replicas: number, id: string) => {
    const t = builderOf();
    cacheAlarms(t, { topic: value('topic'), group: value('cache'), shards, replicas, mostConnections: 1200 });
    return properties(t, id);
  };

  it('looks at every node of every shard, and takes the worst', () => {
    const queries = made(2, 1, 'CacheCpu')['Metrics'] as readonly Query[];
    expect(queries).to.have.length(5);
    expect(queries.at(-1)?.Expression).to.equal('MAX([FILL(m1, 0), FILL(m2, 0), FILL(m3, 0), FILL(m4, 0)])');
  });

  it('has room for five nodes in each of two shards, with the ten metrics that an alarm takes, and says how many connections are too many', () => {
    expect(made(2, 4, 'CacheLag')['Metrics']).to.have.length(11);
    expect(made(1, 1, 'CacheConnections')).to.include({ Threshold: 1200 }).and.to.have.property('AlarmDescription').that.contains('more than 1,200 open connections');
  });
});

describe('The cache alarms module with a single node', () => {
  it('looks at it alone, which can be behind nobody', () => {
    const t = builderOf();
    cacheAlarms(t, { topic: value('topic'), group: value('cache'), shards: 'none', replicas: 0, mostConnections: 1200 });
    expect(emitted(t)).to.have.property('CacheCpu');
    expect(emitted(t)).not.to.have.property('CacheLag');
    expect(cacheGraphs({ region: 'us-east-1', place: 'here', group: 'cache', shards: 'none', replicas: 0 }).map(({ title }) => title)).not.to.include('Cache replication lag in here, s');
  });
});

describe('The cache graphs', () => {
  it('know the nodes of a group without cluster mode by group and number', () => {
    expect(Object.keys(cacheNodes({ group: 'cache', shards: 'none', replicas: 1 }))).to.deep.equal(['001', '002']);
  });


  it('know nodes by the names that ElastiCache makes of group, shard and number', () => {
    expect(Object.keys(cacheNodes({ group: 'cache', shards: 2, replicas: 1 }))).to.deep.equal(['0001-001', '0001-002', '0002-001', '0002-002']);
  });

  it('have a line for each node', () => {
    for (const { title, metrics } of cacheGraphs({ region: 'us-east-1', place: 'here', group: 'cache', shards: 1, replicas: 2 })) expect(metrics.map(({ label }) => label), title).to.deep.equal(['0001-001', '0001-002', '0001-003']);
  });
});
