import { expect } from 'chai';
import { auroraAlarms } from '../../../../templates/modules/monitoring/aurora-alarms';
import { auroraGraphs, auroraLatencyGraphs, provisionedAuroraGraphs } from '../../../../templates/modules/monitoring/aurora-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

describe('The Aurora alarms module', () => {
  const made = (mostLagSeconds?: number) => {
    const t = builderOf();
    auroraAlarms(t, { topic: value('topic'), cluster: value('aurora'), failoverRunbook: 'docs/runbooks/shop/failover.md', mostLagSeconds });
    return properties(t, 'ReplicationLag');
  };

  it('tells of half a minute of lag, or of what else it is told to, in the same seconds as it says', () => {
    expect(made()).to.include({ Threshold: 30_000 }).and.to.have.property('AlarmDescription').that.contains(' 30 s of commits').and.contains('docs/runbooks/shop/failover.md');
    expect(made(5)).to.include({ Threshold: 5000 }).and.to.have.property('AlarmDescription').that.contains(' 5 s of commits');
  });

  it('is silent about lag in the region that writes, where the metric does not exist', () => {
    expect(made()).to.include({ TreatMissingData: 'notBreaching' });
    expect(made()['Dimensions']).to.deep.include({ Name: 'SourceRegion', Value: { 'Fn::If': ['IsPrimary', 'ap-southeast-1', 'us-east-1'] } });
  });
});

describe('The Aurora alarms module, of a cluster alone', () => {
  it('looks for no lag behind another region, and shows none', () => {
    const t = builderOf();
    auroraAlarms(t, { topic: value('topic'), cluster: value('aurora'), failoverRunbook: 'docs/runbooks/shop/failover.md', replicates: false });
    expect(emitted(t)).to.have.property('DatabaseTransactionIds');
    expect(emitted(t)).not.to.have.property('ReplicationLag');
    const titles = (otherRegion?: string) => auroraGraphs({ region: 'us-east-1', place: 'here', cluster: 'aurora', otherRegion }).map(({ title }) => title);
    expect(titles('eu-west-1')).to.include('Replication lag in here, ms');
    expect(titles()).not.to.include('Replication lag in here, ms');
  });
});

describe('The Aurora alarms module, of instances with a size', () => {
  const made = (memoryGiB?: number) => {
    const t = builderOf();
    auroraAlarms(t, { topic: value('topic'), cluster: value('aurora'), failoverRunbook: 'docs/runbooks/shop/failover.md', ...(memoryGiB !== undefined && { memoryGiB }) });
    return emitted(t);
  };

  it('looks at memory and readers in place of capacity, and says to choose another class', () => {
    expect(made(32)).to.include.keys('DatabaseMemory', 'ReaderLag').and.not.to.have.property('DatabaseCapacity');
    expect(made(32)['DatabaseMemory']?.Properties).to.include({ Threshold: Math.round(0.05 * 32 * 2 ** 30), ComparisonOperator: 'LessThanThreshold', Statistic: 'Minimum' });
    expect(made(32)['DatabaseCpu']?.Properties).to.have.property('AlarmDescription').that.contains('choose a larger instanceClass in environments.ts');
  });

  it('looks at capacity where the cluster is serverless', () => {
    expect(made()).to.include.keys('DatabaseCapacity').and.not.to.have.any.keys('DatabaseMemory', 'ReaderLag');
    expect(made()['DatabaseCpu']?.Properties).to.have.property('AlarmDescription').that.contains('raise maximumCapacity in environments.ts');
  });
});

describe('The Aurora graphs', () => {
  it('show what instances with a size have left, and how far readers and region are behind', () => {
    const graphs = provisionedAuroraGraphs({ region: 'us-east-1', place: 'here', cluster: 'aurora', otherRegion: 'ap-southeast-1' });
    expect(graphs.map(({ statistic, metrics }) => [statistic, ...metrics.map(({ name }) => name)])).to.deep.equal([
      ['Maximum', 'CPUUtilization'], ['Minimum', 'FreeableMemory'], ['Maximum', 'DatabaseConnections'], ['Maximum', 'AuroraReplicaLag'], ['Maximum', 'AuroraGlobalDBRPOLag', 'AuroraGlobalDBReplicationLag'],
    ]);
  });

  it('show latency of the storage in seconds and of commits in milliseconds apart, as Aurora publishes them', () => {
    const graphs = auroraLatencyGraphs({ region: 'us-east-1', place: 'here', cluster: 'aurora', otherRegion: 'ap-southeast-1' });
    expect(graphs.map(({ title, metrics }) => [title, metrics.map(({ name }) => name)])).to.deep.equal([['Database latency in here, s', ['ReadLatency', 'WriteLatency']], ['Database commits in here, ms', ['CommitLatency']]]);
  });
});
