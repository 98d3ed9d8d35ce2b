import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

const VPC = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const SUBNET = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } };
const TABLE = { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] };

/** A protected resource, the properties that lift the protection, and the service's words until then. */
const PROTECTED: [string, (on: boolean) => Template['Resources'], string][] = [
  ['a database', (on) => ({ Thing: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBInstanceClass: 'db.t3.micro', Engine: 'mysql', DeletionProtection: on } } }), 'Cannot delete protected DB Instance, please disable deletion protection and try again.'],
  ['a database cluster', (on) => ({ Thing: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete', Properties: { Engine: 'aurora-postgresql', DeletionProtection: on } } }), 'Cannot delete protected Cluster, please disable deletion protection and try again.'],
  ['a global database', (on) => ({ Thing: { Type: 'AWS::RDS::GlobalCluster', Properties: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'shielded', DeletionProtection: on } } }), 'Cannot delete a global cluster when DeletionProtection is enabled.'],
  ['a table', (on) => ({ Thing: { Type: 'AWS::DynamoDB::Table', Properties: { ...TABLE, DeletionProtectionEnabled: on } } }), 'Resource cannot be deleted as it is currently protected against deletion.'],
  ['a load balancer', (on) => ({ Vpc: VPC, Subnet: SUBNET, Thing: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('Subnet')], LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: String(on) }] } } }), 'cannot be deleted because deletion protection is enabled'],
];

describe('deletion', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  for (const [what, resources, reason] of PROTECTED) {
    it(`is refused by ${what} until its protection is lifted`, async () => {
      const stack = await aws.create({ Resources: resources(true) });
      expect(stack.reasons).to.equal('');
      const kept = await aws.remove(stack);
      expect(kept.status).to.equal('DELETE_FAILED');
      expect(kept.reasons).to.contain(reason);

      const unlocked = await aws.create({ Resources: JSON.parse(JSON.stringify(resources(true)).replaceAll('shielded', 'open')) as Template['Resources'] });
      await aws.update(unlocked, { Resources: JSON.parse(JSON.stringify(resources(false)).replaceAll('shielded', 'open')) as Template['Resources'] });
      expect((await aws.remove(unlocked)).status).to.equal('DELETE_COMPLETE');
    });
  }

  it('is refused by a bucket that holds something', async () => {
    const stack = await aws.create({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'full' } } } });
    await aws.s3().send(new PutObjectCommand({ Bucket: 'full', Key: 'a', Body: 'a' }));
    expect((await aws.remove(stack)).reasons).to.contain('The bucket you tried to delete is not empty');
    await aws.s3().send(new DeleteObjectCommand({ Bucket: 'full', Key: 'a' }));
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });

  it('is refused by a bucket that holds old versions only', async () => {
    const stack = await aws.create({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'versions', VersioningConfiguration: { Status: 'Enabled' } } } } });
    await aws.s3().send(new PutObjectCommand({ Bucket: 'versions', Key: 'a', Body: 'a' }));
    await aws.s3().send(new DeleteObjectCommand({ Bucket: 'versions', Key: 'a' }));
    expect((await aws.remove(stack)).reasons).to.contain('You must delete all versions in the bucket.');
  });

  it('is refused by a registry that holds images, unless it may empty itself', async () => {
    const repository = (name: string, properties: object): Template => ({ Resources: { Registry: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: name, ...properties } } } });
    for (const [name, properties, status] of [['kept', {}, 'DELETE_FAILED'], ['emptied', { EmptyOnDelete: true }, 'DELETE_COMPLETE']] as const) {
      const stack = await aws.create(repository(name, properties));
      await aws.json('ecr', 'AmazonEC2ContainerRegistry_V20150921.PutImage', { repositoryName: name, imageTag: '1', imageManifest: '{"schemaVersion":2}' });
      expect((await aws.remove(stack)).status).to.equal(status);
    }
  });

  it('is refused by a zone that holds validation records, which outlive their certificate', async () => {
    const zone = await aws.create({ Resources: { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'a.example' } } }, Outputs: { Id: output(ref('Zone')) } });
    const id = zone.outputs['Id'] as string;
    const names = ['a.example', '*.a.example', 'b.a.example'];
    const certificate: Template = {
      Resources: {
        Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: names[0], SubjectAlternativeNames: names.slice(1), ValidationMethod: 'DNS', DomainValidationOptions: names.map((DomainName) => ({ DomainName, HostedZoneId: id })) } },
      },
    };
    const [home, away] = [await aws.create(certificate), await aws.create(certificate, { region: AWAY })];
    const records = await aws.rest('route53', `/2013-04-01/hostedzone/${id}/rrset`);
    expect(records.match(/acm-validations\.aws/g), 'one a base domain, shared by both regions').to.have.length(2);
    await aws.remove(home);
    await aws.remove(away, { region: AWAY });
    const kept = await aws.remove(zone);
    expect(kept.status).to.equal('DELETE_FAILED');
    expect(kept.reasons).to.contain('The specified hosted zone contains non-required resource record sets and so cannot be deleted.');
  });

  it('is refused by a VPC that still has subnets', async () => {
    const vpc = await aws.create({ Resources: { Vpc: VPC }, Outputs: { Id: output(ref('Vpc')) } });
    const subnet = await aws.create({ Resources: { Subnet: { ...SUBNET, Properties: { ...SUBNET.Properties, VpcId: vpc.outputs['Id'] } } } });
    expect((await aws.remove(vpc)).reasons).to.match(/^Resource handler returned message: "The vpc 'vpc-\w+' has dependencies and cannot be deleted\. \(Service: Ec2, /);
    await aws.remove(subnet);
    expect((await aws.remove(vpc)).status).to.equal('DELETE_COMPLETE');
  });

  it('is refused by a subnet that a load balancer still stands in', async () => {
    const network = await aws.create({ Resources: { Vpc: VPC, Subnet: SUBNET }, Outputs: { Subnet: output(ref('Subnet')) } });
    const balancer = await aws.create({ Resources: { Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [network.outputs['Subnet']] } } } });
    expect((await aws.remove(network)).reasons).to.contain(`The subnet '${network.outputs['Subnet']}' has dependencies and cannot be deleted.`);
    await aws.remove(balancer);
    expect((await aws.remove(network)).status).to.equal('DELETE_COMPLETE');
  });

  it('tries again what a failed rollback could not delete', async () => {
    const database = { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'stuck', DBInstanceClass: 'db.t3.micro', Engine: 'mysql', DeletionProtection: true }, DeletionPolicy: 'Delete' };
    const url = await aws.upload(HOME, 'children', 'stuck.json', JSON.stringify({ Resources: { Database: database, Wrong: { Type: 'AWS::SQS::Queue', Properties: { Nope: 1 }, DependsOn: 'Database' } } }));
    const stack = await aws.create({ Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } } });
    expect((await aws.remove(stack)).status).to.equal('DELETE_FAILED');
    await aws.query('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'stuck', DeletionProtection: 'false', ApplyImmediately: 'true' });
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
    expect(await aws.query('rds', 'DescribeDBInstances')).not.to.contain('stuck');
  });

  it('is refused by a security group that another one names', async () => {
    const group = (properties: object) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', ...properties } });
    const named = await aws.create({ Resources: { Vpc: VPC, Group: group({ VpcId: ref('Vpc') }) }, Outputs: { Vpc: output(ref('Vpc')), Id: output(att('Group', 'GroupId')) } });
    const other = await aws.create({ Resources: { Group: group({ VpcId: named.outputs['Vpc'], SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: named.outputs['Id'] }] }) } });
    expect((await aws.remove(named)).reasons).to.contain(`resource ${named.outputs['Id']} has a dependent object`);
    await aws.remove(other);
    expect((await aws.remove(named)).status).to.equal('DELETE_COMPLETE');
  });

  it('is refused by a cluster that still has instances', async () => {
    const cluster = await aws.create({ Resources: { Cluster: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete', Properties: { Engine: 'aurora-mysql' } } }, Outputs: { Id: output(ref('Cluster')) } }, { region: HOME });
    const instance = await aws.create({ Resources: { Instance: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBClusterIdentifier: cluster.outputs['Id'], DBInstanceClass: 'db.r6g.large', Engine: 'aurora-mysql' } } } });
    expect((await aws.remove(cluster)).reasons).to.contain('Cluster cannot be deleted, it still contains DB instances in non-deleting state.');
    await aws.remove(instance);
    expect((await aws.remove(cluster)).status).to.equal('DELETE_COMPLETE');
  });
});
