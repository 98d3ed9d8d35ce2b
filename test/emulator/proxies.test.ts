import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, output, Rehearsal, ref, type Template } from './rehearsal';

const ENGINE = { Engine: 'aurora-postgresql', EngineVersion: '16.11' };
const instance = (name: string) => ({ Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBInstanceIdentifier: name, DBClusterIdentifier: ref('Cluster'), DBInstanceClass: 'db.serverless', Engine: ENGINE.Engine } });

/** A cluster behind a proxy, with an endpoint of it that reads, made once these instances stand. */
const proxied = (...instances: readonly ('One' | 'Two')[]): Template => ({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } },
    B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' } },
    Group: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'x', SubnetIds: [ref('A'), ref('B')] } },
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      DeletionPolicy: 'Delete',
      Properties: { DBClusterIdentifier: 'aurora', ...ENGINE, DBSubnetGroupName: ref('Group'), MasterUsername: 'lookcard', MasterUserPassword: 'only-in-this-test', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 } },
    },
    ...Object.fromEntries(instances.map((id) => [id, instance(`aurora-${id.toLowerCase()}`)])),
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'proxy', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'rds.amazonaws.com' }, Action: 'sts:AssumeRole' }] } } },
    Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { DBProxyName: 'proxy', EngineFamily: 'POSTGRESQL', DefaultAuthScheme: 'IAM_AUTH', RequireTLS: true, RoleArn: att('Role', 'Arn'), VpcSubnetIds: [ref('A'), ref('B')] } },
    Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', DependsOn: [...instances], Properties: { DBProxyName: ref('Proxy'), TargetGroupName: 'default', DBClusterIdentifiers: [ref('Cluster')] } },
    Reader: { Type: 'AWS::RDS::DBProxyEndpoint', DependsOn: ['Targets'], Properties: { DBProxyEndpointName: 'proxy-reader', DBProxyName: ref('Proxy'), TargetRole: 'READ_ONLY', VpcSubnetIds: [ref('A'), ref('B')] } },
  },
  Outputs: { Endpoint: output(att('Reader', 'Endpoint')) },
});

describe('an RDS Proxy of a cluster', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  afterEach(() => new LocalAwsControl(aws.local.endpoint).reset());
  after(() => aws.close());

  it('has an endpoint that reads, once the cluster has a reader', async () => {
    const made = await aws.create(proxied('One', 'Two'));
    expect(made.reasons).to.equal('');
    expect((await aws.remove(made)).reasons).to.equal('');
  });

  it('is refused one that reads while the cluster has none but its writer', async () => {
    const made = await aws.create(proxied('One'));
    expect(made.reasons).to.contain('leads to no cluster with a reader');
  });

  it('is refused one of a proxy that does not stand', async () => {
    const { Resources } = proxied('One', 'Two');
    const made = await aws.create({ Resources: { Vpc: Resources.Vpc, A: Resources.A, B: Resources.B, Reader: { ...Resources.Reader, DependsOn: [], Properties: { ...(Resources.Reader as { Properties: object }).Properties, DBProxyName: 'elsewhere' } } } as Template['Resources'] });
    expect(made.reasons).to.contain('DB proxy elsewhere not found');
  });
});
