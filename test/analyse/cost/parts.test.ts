import { expect } from 'chai';
import { linesOf, quantityOf, resource, usage } from './deployment';

const hours = 730;

describe('The estimate', () => {
  it('has a network load balancer at its own price, and a public address for each zone that the internet reaches', () => {
    const balancer = (properties: object) => linesOf({ A: resource('AWS::EC2::Subnet'), B: resource('AWS::EC2::Subnet'), C: resource('AWS::EC2::Subnet'), Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [{ Ref: 'A' }, { Ref: 'B' }, { Ref: 'C' }], ...properties }) });
    expect(quantityOf(balancer({ Type: 'network', Scheme: 'internal' }), 'nlb-hour')).to.equal(hours);
    expect(quantityOf(balancer({ Type: 'network', Scheme: 'internal' }), 'public-address')).to.equal(0);
    expect(quantityOf(balancer({ Scheme: 'internet-facing' }), 'alb-hour')).to.equal(hours);
    expect(quantityOf(balancer({ Scheme: 'internet-facing' }), 'public-address')).to.equal(3 * hours);
  });

  it('has an alarm of alarms at its own price', () => {
    expect(quantityOf(linesOf({ Any: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'TRUE' }) }), 'composite-alarm')).to.equal(1);
  });

  it('has a copy of a key like a key', () => {
    expect(quantityOf(linesOf({ Copy: resource('AWS::KMS::ReplicaKey') }), 'key')).to.equal(1);
    expect(quantityOf(linesOf({ Signer: resource('AWS::KMS::Key', { KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' }) }), 'key')).to.equal(1);
  });

  it('has an instance that stands alone with its volume', () => {
    const lines = linesOf({ Bastion: resource('AWS::EC2::Instance', { InstanceType: 't4g.nano', BlockDeviceMappings: [{ Ebs: { VolumeSize: 10 } }] }) });
    expect([quantityOf(lines, 'ec2-t4g.nano'), quantityOf(lines, 'ebs-gp3')]).to.deep.equal([hours, 10]);
  });

  it('has the waiting and the working of App Runner, in both ways to write its size', () => {
    for (const size of [{ Cpu: '2048', Memory: '4096' }, { Cpu: '2 vCPU', Memory: '4 GB' }]) {
      const lines = linesOf({ Web: resource('AWS::AppRunner::Service', { InstanceConfiguration: size }) });
      expect(quantityOf(lines, 'app-runner-memory')).to.equal(4 * hours);
      expect(quantityOf(lines, 'app-runner-vcpu')).to.be.closeTo(2 * hours * usage.busyShare, 1e-9);
    }
  });

  it('has events of data of a trail, and none of a trail of calls that manage', () => {
    const trail = (properties: object) => quantityOf(linesOf({ Trail: resource('AWS::CloudTrail::Trail', properties) }), 'trail-data-events');
    expect(trail({ EventSelectors: [{ ReadWriteType: 'All' }] })).to.equal(0);
    expect(trail({ EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }] })).to.equal(usage.dataEvents / 100_000);
    expect(trail({ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] })).to.equal(usage.dataEvents / 100_000);
  });

  it('shares the requests among the sampling rules of a region', () => {
    const rule = (FixedRate: number) => resource('AWS::XRay::SamplingRule', { SamplingRule: { FixedRate } });
    expect(quantityOf(linesOf({ One: rule(0.1), Other: rule(0.3) }), 'trace')).to.be.closeTo((usage.requests / 1e6) * 0.2, 1e-9);
  });

  it('has a private namespace like a zone, a proxy’s further endpoint by its zones, and a vault by what lies in it', () => {
    const lines = linesOf({ A: resource('AWS::EC2::Subnet'), B: resource('AWS::EC2::Subnet'), C: resource('AWS::EC2::Subnet'), Names: resource('AWS::ServiceDiscovery::PrivateDnsNamespace'), Reading: resource('AWS::RDS::DBProxyEndpoint', { VpcSubnetIds: [{ Ref: 'A' }, { Ref: 'B' }, { Ref: 'C' }] }), Vault: resource('AWS::Backup::BackupVault') });
    expect([quantityOf(lines, 'hosted-zone'), quantityOf(lines, 'endpoint-hour'), quantityOf(lines, 'backup-storage')]).to.deep.equal([1, 3 * hours, usage.vaultGigabytes]);
  });
});
