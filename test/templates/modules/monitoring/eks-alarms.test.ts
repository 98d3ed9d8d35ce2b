import { expect } from 'chai';
import { deploymentAlarm, eksAlarms } from '../../../../templates/modules/monitoring/eks-alarms';
import { eksGraphs } from '../../../../templates/modules/monitoring/eks-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The EKS alarms module', () => {
  const made = (id: string) => {
    const t = builderOf();
    eksAlarms(t, { topic: value('topic'), cluster: value('cluster'), autoScalingGroup: value('nodes') });
    deploymentAlarm(t, 'Pods', { topic: value('topic'), cluster: value('cluster'), namespace: 'shop', deployment: 'web' });
    return properties(t, id);
  };

  it('takes a cluster of which nothing is known for ill, but a deployment of which nothing is known for one that is not applied yet', () => {
    expect(made('InsightsSilent')).to.include({ TreatMissingData: 'breaching', MetricName: 'cluster_node_count' });
    expect(made('NodesMissing')).to.include({ TreatMissingData: 'breaching' });
    expect(made('Pods')).to.include({ TreatMissingData: 'notBreaching' }).and.to.have.property('AlarmName').that.deep.equals({ 'Fn::Sub': 'kasha-web-pods-prod-${EnvironmentSuffix}' });
  });

  it('names in each alarm on nodes the share of the resource that it goes off at', () => {
    for (const [id, percent, what] of [['NodeCpu', 85, 'CPU'], ['NodeMemory', 85, 'memory'], ['NodeDisk', 80, 'disk']] as const) {
      expect(made(id)).to.include({ Threshold: percent }).and.to.have.property('AlarmDescription').that.contains(`more than ${percent} % of its ${what}`);
    }
  });
});

describe('The EKS graphs', () => {
  it('show of each deployment what it wants beside what it has, under the names by which Container Insights knows it', () => {
    const [pods] = eksGraphs({ region: 'us-east-1', place: 'here', cluster: 'cluster', namespace: 'shop', deployments: ['web', 'jobs'] });
    expect(pods?.metrics.map(({ label }) => label)).to.deep.equal(['web wanted', 'jobs wanted', 'web available', 'jobs available']);
    expect(pods?.metrics[0]?.dimensions).to.deep.equal({ ClusterName: 'cluster', Namespace: 'shop', PodName: 'web' });
  });
});
