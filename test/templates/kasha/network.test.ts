import { expect } from 'chai';
import { explain, Unknown, type Value } from '../../../src/resolve';
import { network } from '../../../templates/systems/kasha/network';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { emitted, ofType, resolved } from './built';

const primary = resolved(network);
const subnets = ofType(primary, 'AWS::EC2::Subnet');
const groups = ofType(primary, 'AWS::EC2::SecurityGroup');

/** Asserts that a value is the id or an attribute of one resource. */
const refersTo = (value: Value, logicalId: string): void => {
  expect(value).to.be.instanceOf(Unknown);
  expect((value as Unknown).origin).to.include({ kind: 'resource', logicalId });
};

/** Who may connect to a group, as `port from description`. */
const allowed = (group: string): string[] =>
  groups[group].SecurityGroupIngress.map((rule: { FromPort: number; ToPort: number; Description: string }) => `${rule.FromPort}-${rule.ToPort} ${rule.Description}`);

describe('Kasha network', () => {
  requirement('KSH-06', 'has the range 10.0.0.0/16 in the primary and 10.1.0.0/16 in the secondary', () => {
    expect(ofType(primary, 'AWS::EC2::VPC')['Vpc'].CidrBlock).to.equal('10.0.0.0/16');
    expect(ofType(resolved(network, 'ap-southeast-1'), 'AWS::EC2::VPC')['Vpc'].CidrBlock).to.equal('10.1.0.0/16');
  });

  requirement('KSH-07', 'has exactly two public subnets, in different zones', () => {
    const own = Object.entries(subnets).filter(([id]) => id.startsWith('Public'));
    expect(own.map(([, { AvailabilityZone }]) => AvailabilityZone)).to.deep.equal(['us-east-1a', 'us-east-1b']);
  });

  requirement('KSH-08', 'has six private subnets: frontend, backend and database in each of two zones', () => {
    const own = Object.keys(subnets).filter((id) => !id.startsWith('Public')).sort();
    expect(own).to.deep.equal(['BackendSubnet1', 'BackendSubnet2', 'DatabaseSubnet1', 'DatabaseSubnet2', 'FrontendSubnet1', 'FrontendSubnet2']);
    for (const tier of ['Frontend', 'Backend', 'Database']) expect([1, 2].map((zone) => subnets[`${tier}Subnet${zone}`].AvailabilityZone)).to.deep.equal(['us-east-1a', 'us-east-1b']);
  });

  requirement('KSH-10', 'isolates the database: its route table has no default route', () => {
    const associations = ofType(primary, 'AWS::EC2::SubnetRouteTableAssociation');
    for (const zone of [1, 2]) refersTo(associations[`DatabaseSubnetRoutes${zone}`].RouteTableId, 'IsolatedRoutes');
    const tables = Object.values(ofType(primary, 'AWS::EC2::Route')).map(({ RouteTableId }) => RouteTableId as Value);
    for (const [i, table] of ['PublicRoutes', 'PrivateRoutes1', 'PrivateRoutes2'].entries()) refersTo(tables[i] ?? null, table);
    expect(tables).to.have.length(3);
  });

  requirement('KSH-11', 'has one internet gateway, and only the public subnets route to it', () => {
    expect(Object.keys(ofType(primary, 'AWS::EC2::InternetGateway'))).to.deep.equal(['InternetGateway']);
    const toGateway = chosen(Object.values(ofType(primary, 'AWS::EC2::Route')), ({ GatewayId }) => GatewayId !== undefined);
    expect(toGateway).to.have.length(1);
    refersTo(toGateway[0]?.RouteTableId, 'PublicRoutes');
    refersTo(toGateway[0]?.GatewayId, 'InternetGateway');
  });

  requirement('KSH-12', 'has one NAT gateway in develop and one a zone in production, each in its own zone’s public subnet', () => {
    expect(Object.keys(ofType(resolved(network, 'us-east-1', 'develop'), 'AWS::EC2::NatGateway'))).to.have.length(1);
    const gateways = ofType(primary, 'AWS::EC2::NatGateway');
    expect(Object.keys(gateways)).to.have.length(2);
    for (const zone of [1, 2]) refersTo(gateways[`NatGateway${zone}`].SubnetId, `PublicSubnet${zone}`);
  });

  requirement('KSH-13', 'audits egress: the NAT addresses are an output and all traffic is logged', () => {
    expect(primary.outputs.has('NatAddresses')).to.equal(true);
    expect(ofType(primary, 'AWS::EC2::FlowLog')['FlowLog'].TrafficType).to.equal('ALL');
  });

  requirement('KSH-14', 'lets only CloudFront and the Route 53 health checkers into the public load balancer, on 443', () => {
    expect(allowed('PublicLoadBalancerSecurityGroup')).to.deep.equal(['443-443 CloudFront']);
    expect(groups['PublicLoadBalancerSecurityGroup'].SecurityGroupIngress[0].SourcePrefixListId).to.equal('pl-3b927c52');
    expect(allowed('HealthCheckersSecurityGroup')).to.deep.equal(['443-443 Route 53 health checkers']);
    refersTo(groups['HealthCheckersSecurityGroup'].SecurityGroupIngress[0].SourcePrefixListId, 'HealthCheckPrefixList');
    expect(textsIn(groups, /0\.0\.0\.0\/0|::\/0/g)).to.deep.equal([]);
  });

  const sources = [
    { id: 'KSH-15', what: 'frontend tasks on 80 from the public load balancer only', group: 'FrontendSecurityGroup', rules: ['80-80 Public load balancer'], from: ['PublicLoadBalancerSecurityGroup'] },
    { id: 'KSH-16', what: 'the backend load balancer on 8080 from frontend tasks only', group: 'BackendLoadBalancerSecurityGroup', rules: ['8080-8080 Frontend tasks'], from: ['FrontendSecurityGroup'] },
    { id: 'KSH-17', what: 'backend tasks on 8080 from their load balancer only', group: 'BackendSecurityGroup', rules: ['8080-8080 Backend load balancer'], from: ['BackendLoadBalancerSecurityGroup'] },
    { id: 'KSH-18', what: 'MySQL on 3306 from backend tasks, their proxy and the password’s rotation only', group: 'DatabaseSecurityGroup', rules: ['3306-3306 Backend tasks', '3306-3306 RDS Proxy', '3306-3306 Password rotation'], from: ['BackendSecurityGroup', 'ProxySecurityGroup', 'RotationSecurityGroup'] },
  ];
  for (const { id, what, group, rules, from } of sources) {
    requirement(id, `opens ${what}`, () => {
      expect(allowed(group)).to.deep.equal(rules);
      for (const [i, source] of from.entries()) refersTo(groups[group].SecurityGroupIngress[i].SourceSecurityGroupId, source);
    });
  }

  requirement('KSH-19', 'names every egress, and lets nothing out of the database', () => {
    expect(groups).to.include.all.keys('DatabaseSecurityGroup', 'BackendSecurityGroup', 'FrontendSecurityGroup');
    for (const [id, group] of Object.entries(groups)) expect(group.SecurityGroupEgress.map(({ CidrIp }: { CidrIp: string }) => CidrIp), id).to.deep.equal(['127.0.0.1/32']);
    const egress = Object.values(ofType(primary, 'AWS::EC2::SecurityGroupEgress'));
    expect(egress.map(({ FromPort, ToPort, Description }) => `${FromPort}-${ToPort} ${Description}`).sort()).to.deep.equal([
      '3306-3306 MySQL', '3306-3306 MySQL', '3306-3306 MySQL', '3306-3306 RDS Proxy', '443-443 Endpoints, image layers in S3, services outside AWS', '443-443 Endpoints, image layers in S3, services outside AWS',
      '443-443 Interface endpoints', '80-80 Frontend tasks', '8080-8080 Backend load balancer', '8080-8080 Backend tasks',
    ]);
    expect(chosen(egress, ({ GroupId }) => explain(GroupId).includes('SecurityGroup DatabaseSecurityGroup '))).to.deep.equal([]);
  });

  requirement('KSH-20', 'gives each tier its own network ACL, and the database’s admits MySQL from backend and database subnets only', () => {
    const associations = Object.entries(ofType(primary, 'AWS::EC2::SubnetNetworkAclAssociation'));
    expect(associations).to.have.length(8);
    for (const [id, { NetworkAclId }] of associations) refersTo(NetworkAclId, `${id.replace(/SubnetAcl\d$/, '')}Acl`);
    const entries = Object.entries(ofType(primary, 'AWS::EC2::NetworkAclEntry')).filter(([id]) => id.startsWith('DatabaseAclIn'));
    const mysql = chosen(entries, ([, { PortRange }]) => PortRange.From === 3306).map(([, { CidrBlock }]) => CidrBlock);
    expect(mysql).to.deep.equal([...['BackendSubnet1', 'BackendSubnet2', 'DatabaseSubnet1', 'DatabaseSubnet2'].map((id) => subnets[id].CidrBlock)]);
    expect(entries.every(([, { RuleAction, Protocol }]) => RuleAction === 'allow' && Protocol === 6)).to.equal(true);
    expect(chosen(entries, ([, { CidrBlock }]) => CidrBlock === '0.0.0.0/0')).to.deep.equal([]);
  });

  requirement('KSH-21', 'logs all of the VPC’s traffic to an encrypted log group for a year', () => {
    const log = ofType(primary, 'AWS::EC2::FlowLog')['FlowLog'];
    expect(log).to.include({ TrafficType: 'ALL', ResourceType: 'VPC', MaxAggregationInterval: 60 });
    refersTo(log.ResourceId, 'Vpc');
    expect(ofType(primary, 'AWS::Logs::LogGroup')['FlowLogGroup'].RetentionInDays).to.equal(365);
    expect(explain(ofType(primary, 'AWS::Logs::LogGroup')['FlowLogGroup'].KmsKeyId)).to.contain('parameter DefaultKeyArn');
  });

  requirement('KSH-22', 'keeps traffic to AWS services in the region by endpoints that only this account’s identities may use', () => {
    const endpoints = Object.values(ofType(primary, 'AWS::EC2::VPCEndpoint'));
    expect(endpoints.map(({ ServiceName, VpcEndpointType }) => `${ServiceName} ${VpcEndpointType}`).sort()).to.deep.equal([
      'com.amazonaws.us-east-1.dynamodb Gateway', 'com.amazonaws.us-east-1.ecr.api Interface', 'com.amazonaws.us-east-1.ecr.dkr Interface', 'com.amazonaws.us-east-1.logs Interface',
      'com.amazonaws.us-east-1.s3 Gateway', 'com.amazonaws.us-east-1.secretsmanager Interface', 'com.amazonaws.us-east-1.sqs Interface',
    ]);
    for (const { ServiceName, PolicyDocument } of endpoints) expect(PolicyDocument.Statement[0].Condition, ServiceName).to.deep.equal({ StringEquals: { 'aws:PrincipalAccount': '111111111111' } });
  });

  it('gives no public address to anything by itself', () => {
    for (const [id, subnet] of Object.entries(subnets)) expect(subnet.MapPublicIpOnLaunch, id).to.equal(false);
  });

  it('opens the remote-desktop and SSH ports in no network ACL to the internet', () => {
    const open = Object.values(ofType(primary, 'AWS::EC2::NetworkAclEntry')).filter(({ CidrBlock, Egress }) => CidrBlock === '0.0.0.0/0' && !Egress);
    for (const port of [22, 3389]) expect(open.filter(({ PortRange }) => PortRange.From <= port && port <= PortRange.To)).to.deep.equal([]);
  });

  it('is one template for both regions and needs no transform but SAM’s', () => {
    expect(Object.keys(emitted(network).Mappings ?? {}).sort()).to.deep.equal(['PrefixLists', 'Ranges']);
  });
});
