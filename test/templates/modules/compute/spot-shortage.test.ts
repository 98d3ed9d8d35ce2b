import { expect } from 'chai';
import { ecsCluster } from '../../../../templates/modules/compute/ecs-cluster';
import { fargateCapacity } from '../../../../templates/modules/compute/fargate-capacity';
import { spotShortage } from '../../../../templates/modules/compute/spot-shortage';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from './behind-load-balancer';

/** A cluster whose service leaves Spot while it is short. */
function short(quietHours?: number) {
  const t = builderOf();
  const clusterName = t.resourceName('cluster');
  const cluster = ecsCluster(t, 'Cluster', { name: clusterName, storageKeyArn: value('key'), capacityBy: 'association' });
  fargateCapacity(t, 'Capacity', { cluster });
  spotShortage(t, 'Shortage', {
    cluster,
    clusterName,
    services: [{ name: t.resourceName('web'), share: { base: 2, onDemandWeight: 1, spotWeight: 4 } }],
    ...(quietHours === undefined ? {} : { quietHours }),
    keyArn: value('key'),
    topic: value('topic'),
    logRetentionInDays: 365,
  });
  return t;
}

describe('The capacity of a cluster', () => {
  it('is said by the association alone, which would otherwise overwrite the cluster’s list', () => {
    expect(properties(short(), 'Cluster')).not.to.have.property('CapacityProviders');
    expect(properties(short(), 'Capacity')['CapacityProviders']).to.deep.equal(['FARGATE', 'FARGATE_SPOT']);
  });
});

describe('The Spot shortage module', () => {
  it('tells the function the share that the template has, and how long it must be quiet', () => {
    const variables = (quietHours?: number) => (properties(short(quietHours), 'Shortage')['Environment'] as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
    const { STRATEGIES } = variables() as { readonly STRATEGIES: { readonly 'Fn::Sub': string } };
    expect(Object.values(JSON.parse(STRATEGIES['Fn::Sub']) as object)).to.deep.equal([[{ capacityProvider: 'FARGATE', base: 2, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 4 }]]);
    expect(variables()['QUIET_HOURS']).to.equal('4');
    expect(variables(12)['QUIET_HOURS']).to.equal('12');
  });

  it('lets each of its rules, and nothing else, invoke the function', () => {
    const permissions = Object.entries(emitted(short())).filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
    expect(permissions.map(([id, { Properties }]) => [id, Properties['SourceArn']])).to.deep.equal(
      ['Placement', 'Interruption', 'Return'].map((rule) => [`Shortage${rule}Permission`, { 'Fn::GetAtt': [`Shortage${rule}`, 'Arn'] }]),
    );
  });

  it('keeps what could not be delivered, and what the function failed to handle, in one encrypted queue', () => {
    const t = short();
    const queue = { 'Fn::GetAtt': ['ShortageFailures', 'Arn'] };
    for (const rule of ['Placement', 'Interruption', 'Return']) expect(properties(t, `Shortage${rule}`)).to.have.nested.property('Targets[0].DeadLetterConfig').that.deep.equals({ Arn: queue });
    expect(properties(t, 'Shortage')['DeadLetterQueue']).to.deep.equal({ Type: 'SQS', TargetArn: queue });
    expect(properties(t, 'ShortageFailures')['KmsMasterKeyId']).to.deep.equal({ 'Fn::Sub': 'key' });
  });
});
