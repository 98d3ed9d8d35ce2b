import { DescribeServicesCommand, ECSClient, UpdateServiceCommand, type Service } from '@aws-sdk/client-ecs';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { handler } from '../../../src/functions/spot-shortage';
import type { EcsEvent } from '../../../src/functions/spot-shortage/event';
import { withVariables } from '../../support/variables';

const mixed = [{ capacityProvider: 'FARGATE', base: 3, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 3 }];
const onDemand = [{ capacityProvider: 'FARGATE', base: 3, weight: 1 }];
const arn = (resource: string) => `arn:aws:ecs:ap-southeast-1:111122223333:${resource}`;

const placementFailure: EcsEvent = { 'detail-type': 'ECS Service Action', resources: [arn('service/portal/web')], detail: {} };
const interruption = (group: string): EcsEvent => ({ 'detail-type': 'ECS Task State Change', resources: [arn('task/portal/1')], detail: { group } });
const schedule = { 'detail-type': 'Scheduled Event' } as const;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** A service whose only deployment is so old. */
const service = (capacityProviderStrategy: Service['capacityProviderStrategy'], age: number, rest: Partial<Service> = {}): Service => ({
  status: 'ACTIVE',
  capacityProviderStrategy,
  deployments: [{ status: 'PRIMARY', createdAt: hoursAgo(age) }],
  ...rest,
});

describe('The function for a shortage of Fargate Spot', () => {
  const { log } = console;
  const environment = { CLUSTER: 'portal', STRATEGIES: JSON.stringify({ web: mixed }), QUIET_HOURS: '4' };
  let ecs: AwsClientStub<ECSClient>;
  let putBack: () => void;

  beforeEach(() => {
    putBack = withVariables(environment);
    console.log = () => undefined;
    ecs = mockClient(ECSClient);
    ecs.on(UpdateServiceCommand).resolves({});
  });
  afterEach(() => {
    putBack();
    console.log = log;
    ecs.restore();
  });

  /** What the function changes for this event while the service is so. */
  async function updates(event: Parameters<typeof handler>[0], described: Service): Promise<readonly unknown[]> {
    ecs.on(DescribeServicesCommand, { cluster: 'portal', services: ['web'] }).resolves({ services: [described] });
    await handler(event);
    return ecs.commandCalls(UpdateServiceCommand).map(({ args }) => args[0].input);
  }

  it('keeps out of a shortage on demand, which it could only make worse', async () => {
    const detail = { capacityProviderArns: [arn('capacity-provider/FARGATE')] };
    expect(await updates({ ...placementFailure, detail }, service(mixed, 100))).to.deep.equal([]);
    expect(await updates({ ...placementFailure, detail: { capacityProviderArns: [...detail.capacityProviderArns, arn('capacity-provider/FARGATE_SPOT')] } }, service(mixed, 100))).to.have.length(1);
  });

  for (const [what, event] of [['finds no capacity for a task', placementFailure], ['has a task taken back', interruption('service:web')]] as const) {
    it(`runs a service that ${what} wholly on demand, by a new deployment of the same task definition`, async () => {
      expect(await updates(event, service(mixed, 100))).to.deep.equal([{ cluster: 'portal', service: 'web', capacityProviderStrategy: onDemand, forceNewDeployment: true }]);
    });
  }

  it('runs a service that has nothing but Spot on demand alone', async () => {
    const spotOnly = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    process.env['STRATEGIES'] = JSON.stringify({ web: spotOnly });
    const [update] = await updates(placementFailure, service(spotOnly, 100));
    expect(update).to.deep.include({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] });
  });

  it('deploys nothing for the other events of one shortage', async () => {
    expect(await updates(placementFailure, service(onDemand, 0))).to.deep.equal([]);
  });

  it('leaves alone what it was not told of: other services, and tasks of none', async () => {
    for (const group of ['service:other', 'family:batch']) expect(await updates(interruption(group), service(mixed, 100))).to.deep.equal([]);
    expect(ecs.calls()).to.have.length(0);
  });

  it('returns to the template’s share after hours without a shortage', async () => {
    expect(await updates(schedule, service(onDemand, 5))).to.deep.equal([{ cluster: 'portal', service: 'web', capacityProviderStrategy: mixed, forceNewDeployment: true }]);
  });

  const shortage = (age: number) => ({ events: [{ createdAt: hoursAgo(age), message: '(service web) was unable to place a task. Reason: Capacity is unavailable at this time.' }] });
  const staying: readonly (readonly [string, Service])[] = [
    ['moved three hours ago', service(onDemand, 3)],
    ['was short of capacity an hour ago', service(onDemand, 10, shortage(1))],
    ['is being deployed', service(onDemand, 5, { deployments: [{ createdAt: hoursAgo(5) }, { createdAt: hoursAgo(6) }] })],
    ['has its Spot share already', service(mixed, 100)],
  ];
  for (const [what, described] of staying) {
    it(`changes nothing by schedule while the service ${what}`, async () => {
      expect(await updates(schedule, described)).to.deep.equal([]);
    });
  }

  it('takes an old shortage, and other events, for no shortage', async () => {
    expect(await updates(schedule, service(onDemand, 10, shortage(9)))).to.have.length(1);
    expect(await updates(schedule, service(onDemand, 10, { events: [{ createdAt: hoursAgo(1), message: '(service web) has reached a steady state.' }] }))).to.have.length(2);
  });

  it('fails for a service that is gone, so that somebody is told', async () => {
    const failure = await updates(placementFailure, { ...service(mixed, 1), status: 'INACTIVE' }).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'Service web: cluster portal has no active service of that name. Correct STRATEGIES, or remove the rule.');
  });

  it('says which variable is missing', async () => {
    delete process.env['QUIET_HOURS'];
    const failure = await handler(schedule).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message').that.matches(/^Environment variable QUIET_HOURS/);
  });
});
