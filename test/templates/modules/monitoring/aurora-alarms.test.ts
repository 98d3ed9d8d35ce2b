import { expect } from 'chai';
import { auroraAlarms } from '../../../../templates/modules/monitoring/aurora-alarms';
import { auroraLatencyGraphs } from '../../../../templates/modules/monitoring/aurora-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

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

describe('The Aurora graphs', () => {
  it('show latency of the storage in seconds and of commits in milliseconds apart, as Aurora publishes them', () => {
    const graphs = auroraLatencyGraphs({ region: 'us-east-1', place: 'here', cluster: 'aurora', otherRegion: 'ap-southeast-1' });
    expect(graphs.map(({ title, metrics }) => [title, metrics.map(({ name }) => name)])).to.deep.equal([['Database latency in here, s', ['ReadLatency', 'WriteLatency']], ['Database commits in here, ms', ['CommitLatency']]]);
  });
});
