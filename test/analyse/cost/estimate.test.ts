import { expect } from 'chai';
import { estimateCost, usageOf, type Price, type PriceList } from '../../../src/analyse/cost';
import { deployment, list, resource, usage } from './deployment';

const service = (cpu: number, tasks = 2) => ({
  Task: resource('AWS::ECS::TaskDefinition', { Cpu: String(cpu), Memory: '2048' }),
  Web: resource('AWS::ECS::Service', { TaskDefinition: { Ref: 'Task' }, DesiredCount: tasks, CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: tasks, Weight: 1 }] }),
});

/** The list with one price changed. */
const with_ = (id: string, usd: number): PriceList => ({ ...list, prices: new Map([...list.prices].map(([key, price]): [string, Price] => [key, key === id ? { ...price, usd: { 'us-east-1': usd } } : price])) });

const monthly = (resources: Readonly<Record<string, object>>, prices = list): number => estimateCost([deployment(resources)], 'us-east-1', prices, usage).usd;

describe('The estimate of a month', () => {
  it('moves by the price of one vCPU for all tasks and hours when each task gets one more', () => {
    const vcpu = list.prices.get('fargate-vcpu')!.usd['us-east-1']!;
    expect(monthly(service(2048)) - monthly(service(1024))).to.be.closeTo(2 * 730 * vcpu, 1e-9);
  });

  it('moves by the difference of a price times what is used of it', () => {
    const before = list.prices.get('fargate-memory')!.usd['us-east-1']!;
    expect(monthly(service(1024), with_('fargate-memory', before + 0.01)) - monthly(service(1024))).to.be.closeTo(2 * 2 * 730 * 0.01, 1e-9);
  });

  it('counts tasks on Spot at their share, and those of the base in full', () => {
    const tasks = { ...service(1024, 4) } as Record<string, { Type: string; Properties: Record<string, unknown> }>;
    tasks['Web'] = { ...tasks['Web']!, Properties: { ...tasks['Web']!.Properties, CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 1, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 2 }] } };
    // One of the base, one of the other three, and two on Spot.
    expect(monthly(tasks) / monthly(service(1024, 4))).to.be.closeTo((2 + 2 * usage.spotShare) / 4, 1e-9);
  });

  it('gives a standby its least capacity and no traffic', () => {
    const database = {
      Cluster: resource('AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'global', ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 41 } }),
      Instance: resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'Cluster' } }),
    };
    const capacity = (region: string) => estimateCost([deployment(database, region)], 'us-east-1', list, usage).lines.find(({ price }) => price === 'aurora-capacity')!.quantity;
    expect(capacity('us-east-1')).to.be.closeTo((1 + 40 * usage.databaseBusyShare) * 730, 1e-9);
    expect(capacity('ap-southeast-1')).to.equal(730);
    const copied = estimateCost([deployment(database, 'ap-southeast-1')], 'us-east-1', list, usage).lines.map(({ price }) => price);
    expect(copied).to.include('aurora-replicated-write').and.not.to.include('aurora-io');
  });

  it('counts what no costing knows, and what has no price in its region, instead of leaving it out in silence', () => {
    const { notPriced, free, usd } = estimateCost([deployment({ Sea: resource('AWS::Ocean::Wave'), Ground: resource('AWS::EC2::Subnet'), Old: resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.x9.huge', AllocatedStorage: '20' }) })], 'us-east-1', list, usage);
    expect(notPriced).to.deep.equal([
      { type: 'AWS::Ocean::Wave', region: 'us-east-1', count: 1 },
      { type: 'AWS::RDS::DBInstance', region: 'us-east-1', count: 1, missingPrice: 'mysql-db.x9.huge' },
    ]);
    expect(free).to.equal(1);
    expect(usd).to.be.closeTo(20 * list.prices.get('rds-gp3')!.usd['us-east-1']!, 1e-9);
  });

  it('leaves out what has no size, instead of counting it as nothing', () => {
    const { notPriced, lines } = estimateCost([deployment({ Old: resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t3.micro' }) })], 'us-east-1', list, usage);
    expect(notPriced).to.deep.equal([{ type: 'AWS::RDS::DBInstance', region: 'us-east-1', count: 1, reason: 'how much rds-gp3 it uses is not known' }]);
    expect(lines.map(({ price }) => price)).to.deep.equal(['mysql-db.t3.micro']);
  });

  it('says why a type that costs something is left out', () => {
    const { notPriced } = estimateCost([deployment({ Goal: resource('AWS::ApplicationSignals::ServiceLevelObjective') })], 'us-east-1', list, usage);
    expect(notPriced).to.have.length(1);
    expect(notPriced[0]?.reason).to.match(/no price could be read/);
  });

  it('adds up the budgets that the environment gives itself', () => {
    const budget = (Amount: number) => resource('AWS::Budgets::Budget', { Budget: { BudgetLimit: { Amount, Unit: 'USD' } } });
    expect(estimateCost([deployment({ One: budget(100), Other: budget(20) })], 'us-east-1', list, usage).budgetUsd).to.equal(120);
    expect(estimateCost([deployment({})], 'us-east-1', list, usage)).not.to.have.property('budgetUsd');
  });

  it('takes a service’s budget as a part of the whole, and sets beside it what bills have under its name', () => {
    const whole = resource('AWS::Budgets::Budget', { Budget: { BudgetLimit: { Amount: '5000', Unit: 'USD' } } });
    const of = (name: string) => resource('AWS::Budgets::Budget', { Budget: { BudgetLimit: { Amount: 500, Unit: 'USD' }, FilterExpression: { Dimensions: { Key: 'SERVICE', Values: [name] } } } });
    const clusters = { Cluster: resource('AWS::EKS::Cluster'), Web: service(1024).Web, Task: service(1024).Task, Profile: resource('AWS::EKS::FargateProfile', { Selectors: [{ Namespace: 'shop' }] }) };
    const pods = [{ name: 'api', namespace: 'shop', region: 'us-east-1', vcpu: 1, memory: 1, least: 1, most: 1 }];
    const { budgetUsd, budgets } = estimateCost([deployment({ Whole: whole, Eks: of('Amazon Elastic Container Service for Kubernetes'), S3: of('Amazon Simple Storage Service'), ...clusters })], 'us-east-1', list, usage, pods);
    const price = (id: string) => 730 * list.prices.get(id)!.usd['us-east-1']!;
    expect(budgetUsd).to.equal(5000);
    const [all, eks, s3] = budgets.map(({ usd }) => usd);
    expect(eks).to.be.closeTo(price('eks-cluster') + price('fargate-vcpu') + 2 * price('fargate-memory'), 1e-9);
    expect(all).to.be.closeTo(eks! + 2 * price('fargate-vcpu') + 4 * price('fargate-memory'), 1e-9);
    expect(s3).to.equal(0);
  });

  it('gives environments without customers a small part of the use, and the same hours', () => {
    const { hours, requests, spotShare } = usageOf('develop');
    expect({ hours, requests, spotShare }).to.deep.equal({ hours: 730, requests: usage.requests * 0.02, spotShare: usage.spotShare });
  });
});
