import { expect } from 'chai';
import { linesOf, list, quantityOf, resource, usage } from './deployment';

const hours = 730;
const both = ['us-east-1', 'ap-southeast-1'];

describe('The estimate of a cache', () => {
  const group = (properties: object) => linesOf({ Cache: resource('AWS::ElastiCache::ReplicationGroup', { CacheNodeType: 'cache.r7g.large', ...properties }) });

  it('has each copy of each shard, at the price of its engine', () => {
    expect(quantityOf(group({ Engine: 'valkey', NumNodeGroups: 3, ReplicasPerNodeGroup: 2 }), 'valkey-cache.r7g.large')).to.equal(9 * hours);
    expect(quantityOf(group({ Engine: 'redis', NumCacheClusters: 2 }), 'redis-cache.r7g.large')).to.equal(2 * hours);
    expect(quantityOf(linesOf({ Cache: resource('AWS::ElastiCache::CacheCluster', { Engine: 'redis', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 1 }) }), 'redis-cache.t4g.micro')).to.equal(hours);
  });

  it('costs a fifth less with Valkey than with Redis OSS', () => {
    for (const region of both) expect(list.prices.get('valkey-cache.r7g.large')!.usd[region]).to.be.closeTo(0.8 * list.prices.get('redis-cache.r7g.large')!.usd[region]!, 1e-4);
  });
});

describe('The estimate of provisioned Aurora', () => {
  const instance = resource('AWS::RDS::DBInstance', { DBInstanceClass: 'db.r7g.large', Engine: 'aurora-postgresql', DBClusterIdentifier: { Ref: 'Cluster' } });
  const target = (MinCapacity: number, MaxCapacity = MinCapacity) =>
    resource('AWS::ApplicationAutoScaling::ScalableTarget', { ServiceNamespace: 'rds', ScalableDimension: 'rds:cluster:ReadReplicaCount', ResourceId: { 'Fn::Sub': 'cluster:${Cluster}' }, MinCapacity, MaxCapacity });
  const readers = (scaling: object) => quantityOf(linesOf({ Cluster: resource('AWS::RDS::DBCluster'), Writer: instance, Reader: instance, Scaling: scaling }), 'aurora-db.r7g.large') / hours - 1;

  it('has its instances at Aurora’s price and no storage of their own', () => {
    const lines = linesOf({ Cluster: resource('AWS::RDS::DBCluster'), Writer: instance, Reader: instance });
    expect(quantityOf(lines, 'aurora-db.r7g.large')).to.equal(2 * hours);
    expect(lines.map(({ price }) => price)).to.have.members(['aurora-storage', 'aurora-io', 'aurora-db.r7g.large', 'aurora-db.r7g.large']);
  });

  it('counts the readers of the template among the least of scaling', () => {
    expect(readers(target(1))).to.equal(1);
    expect(readers(target(3))).to.equal(3);
  });

  it('adds a share of the readers that scaling may add', () => {
    expect(readers(target(2, 12))).to.be.closeTo(2 + 10 * usage.databaseBusyShare, 1e-9);
  });

  it('counts services’ scaling as nothing by itself', () => {
    expect(linesOf({ Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', { ServiceNamespace: 'ecs', MinCapacity: 1, MaxCapacity: 5 }) })).to.deep.equal([]);
  });
});

describe('The estimate of a DynamoDB table', () => {
  const replicas = both.map((Region) => ({ Region, ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: scaling(5, 500) } }));
  function scaling(MinCapacity: number, MaxCapacity: number): object {
    return { MinCapacity, MaxCapacity, TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } };
  }
  const table = (properties: object) => linesOf({ Table: resource('AWS::DynamoDB::GlobalTable', { Replicas: replicas, ...properties }) });
  const provisioned = (least: number, most: number) => table({ BillingMode: 'PROVISIONED', WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: scaling(least, most) } });
  const second = usage.tableRequests / (hours * 3600);

  it('has writes, and what is stored, in every region, and reads where users are, on demand', () => {
    const lines = table({ BillingMode: 'PAY_PER_REQUEST' });
    for (const region of both) {
      expect(quantityOf(lines, 'dynamodb-write', region)).to.equal(usage.tableRequests / 1e6);
      expect(quantityOf(lines, 'dynamodb-storage', region)).to.equal(usage.tableGigabytes);
    }
    expect([quantityOf(lines, 'dynamodb-read'), quantityOf(lines, 'dynamodb-read', 'ap-southeast-1')]).to.deep.equal([usage.tableRequests / 1e6, 0]);
  });

  it('has capacity at the share that scaling aims for, never under the least nor over the most', () => {
    for (const region of both) {
      expect(quantityOf(provisioned(5, 500), 'dynamodb-write-capacity', region)).to.be.closeTo((second / 0.7) * hours, 1e-6);
      expect(quantityOf(provisioned(100, 500), 'dynamodb-write-capacity', region)).to.equal(100 * hours);
      expect(quantityOf(provisioned(5, 20), 'dynamodb-write-capacity', region)).to.equal(20 * hours);
    }
  });

  it('keeps the least of reads where nobody reads', () => {
    expect(quantityOf(provisioned(5, 500), 'dynamodb-read-capacity')).to.be.closeTo((second / 0.7) * hours, 1e-6);
    expect(quantityOf(provisioned(5, 500), 'dynamodb-read-capacity', 'ap-southeast-1')).to.equal(5 * hours);
  });
});

describe('The estimate of a bucket that is copied', () => {
  const copied = (Time?: string) =>
    resource('AWS::S3::Bucket', { ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copy', ...(Time && { ReplicationTime: { Status: Time } }) } }] } });

  it('has the transfer, the promise of fifteen minutes where it is asked for, and both copies', () => {
    const lines = linesOf({ Lake: copied('Enabled') }, { regions: both });
    for (const price of ['region-transfer', 's3-replication-time']) expect([quantityOf(lines, price), quantityOf(lines, price, 'ap-southeast-1')], price).to.deep.equal([usage.replicatedGigabytes, 0]);
    for (const region of both) expect(quantityOf(lines, 's3-storage', region)).to.equal(usage.bucketGigabytes);
    expect(quantityOf(linesOf({ Lake: copied() }), 's3-replication-time')).to.equal(0);
  });
});
