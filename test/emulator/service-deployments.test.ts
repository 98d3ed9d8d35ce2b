import { DescribeServicesCommand, ECSClient, UpdateServiceCommand, type CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import { expect } from 'chai';
import { localClientConfig } from '../../src/local-aws';
import { HOME, Rehearsal, ref, type Template } from './rehearsal';

const ON_DEMAND = { capacityProvider: 'FARGATE', base: 3, weight: 1 };
const SPOT = { capacityProvider: 'FARGATE_SPOT', weight: 3 };

describe('a service of ECS', () => {
  let aws: Rehearsal;
  let ecs: ECSClient;
  before(async () => {
    aws = await Rehearsal.open();
    ecs = new ECSClient(localClientConfig(aws.local.endpoint, HOME));
  });
  after(async () => {
    ecs.destroy();
    await aws.close();
  });

  const described = async () => {
    const { services: [service] = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'c', services: ['web'] }));
    const plain = (strategy: readonly CapacityProviderStrategyItem[] = []) => strategy.map(({ capacityProvider }) => capacityProvider);
    return { service: plain(service?.capacityProviderStrategy), newest: service?.deployments?.[0]?.id, deployed: plain(service?.deployments?.[0]?.capacityProviderStrategy), events: service?.events?.length ?? 0 };
  };

  it('is deployed anew by another capacity provider strategy, and not by the one that it has', async () => {
    const template: Template = {
      Resources: {
        Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'web', Image: 'web' }] } },
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'c', CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] } },
        Service: { Type: 'AWS::ECS::Service', Properties: { ServiceName: 'web', Cluster: ref('Cluster'), TaskDefinition: ref('Task'), DesiredCount: 3, CapacityProviderStrategy: [ON_DEMAND, SPOT].map(({ capacityProvider, weight, ...base }) => ({ CapacityProvider: capacityProvider, Weight: weight, ...('base' in base && { Base: base.base }) })) } },
      },
    };
    expect((await aws.create(template)).reasons).to.equal('');
    const first = await described();
    expect(first).to.include({ events: 0 }).and.deep.include({ service: ['FARGATE', 'FARGATE_SPOT'], deployed: ['FARGATE', 'FARGATE_SPOT'] });
    await ecs.send(new UpdateServiceCommand({ cluster: 'c', service: 'web', capacityProviderStrategy: [ON_DEMAND] }));
    const second = await described();
    expect(second).to.deep.include({ service: ['FARGATE'], deployed: ['FARGATE'] });
    expect([second.newest === first.newest, second.events]).to.deep.equal([false, 1]);
    await ecs.send(new UpdateServiceCommand({ cluster: 'c', service: 'web', capacityProviderStrategy: [ON_DEMAND] }));
    expect(await described()).to.deep.equal(second);
  });
});
