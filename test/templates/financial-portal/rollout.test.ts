import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DescribeGlobalClustersCommand, SwitchoverGlobalClusterCommand } from '@aws-sdk/client-rds';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_ACCOUNT } from '../../../src/local-aws';
import { destroy, rollout } from '../../../src/rollout';
import { financialPortal } from '../../../templates/systems/financial-portal';
import { RolledSystem } from '../rolled-system';

const [primary, secondary] = ['ap-southeast-1', 'us-east-1'];
const [cluster, web] = ['fin-cluster-prod-main', 'fin-web-prod-main'];

describe('Financial portal on the local AWS', function () {
  this.timeout(90_000);
  let portal: RolledSystem;

  before(async () => {
    portal = await RolledSystem.open(financialPortal);
  });
  after(() => portal?.close());

  it('FIN-02 FIN-70 stands in both regions, with one writer in the primary, and a second rollout changes nothing', () => portal.standsAndStays());

  it('changes no nested stack but the one that a new image belongs to, in the secondary first', () => portal.changesOneStack('WebImage'));

  it('FIN-13 moves a service from Fargate Spot when ECS tells of a shortage', async () => {
    const ecs = new ECSClient(portal.target.clientConfig(primary));
    const providers = async () => {
      const { services: [service] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [web] }));
      return service?.capacityProviderStrategy?.map(({ capacityProvider }) => capacityProvider);
    };
    const arn = (resource: string) => `arn:aws:ecs:${primary}:${LOCAL_ACCOUNT}:${resource}`;
    expect(await providers()).to.deep.equal(['FARGATE', 'FARGATE_SPOT']);
    const detail = { eventName: 'SERVICE_TASK_PLACEMENT_FAILURE', clusterArn: arn(`cluster/${cluster}`), capacityProviderArns: [arn('capacity-provider/FARGATE_SPOT')], reason: 'RESOURCE:FARGATE' };
    await portal.control.publish({ account: LOCAL_ACCOUNT, region: primary, source: 'aws.ecs', detailType: 'ECS Service Action', detail, resources: [arn(`service/${cluster}/${web}`)] });
    for (let tries = 0; tries < 200 && (await providers())?.length !== 1; tries += 1) await sleep(50);
    expect(await providers()).to.deep.equal(['FARGATE']);
    ecs.destroy();
  });

  it('FIN-60 is neither rolled nor destroyed while its writer is away, and destroyed to nothing once it is back', async () => {
    const switchTo = (region: string) =>
      portal.rds(region, async (client) => {
        const { GlobalClusters: [database] = [] } = await client.send(new DescribeGlobalClustersCommand({}));
        const member = database?.GlobalClusterMembers?.find(({ DBClusterArn }) => DBClusterArn?.includes(`:${region}:`));
        await client.send(new SwitchoverGlobalClusterCommand({ GlobalClusterIdentifier: database?.GlobalClusterIdentifier, TargetDbClusterIdentifier: member?.DBClusterArn }));
      });
    const refusal = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'accepted', (error: Error) => error.message);
    await switchTo(secondary);
    for (const attempt of [() => rollout(portal.options()), () => destroy(portal.options())]) expect(await refusal(attempt())).to.contain(`has failed over: its writer is in ${secondary}, and the definition has it in ${primary}.`);
    await switchTo(primary);
    await portal.isDestroyed();
  });
});
