import { expect } from 'chai';
import { att, Rehearsal, ref, type Resource, type Template } from './rehearsal';

const resource = (Type: string, Properties: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): Resource => ({ Type, Properties, ...rest });
const certificate = 'arn:aws:acm:us-east-1:111111111111:certificate/x';
const key = 'a'.repeat(40);

/** Resources but for some. */
const without = (resources: Template['Resources'], ...ids: readonly string[]): Template['Resources'] => Object.fromEntries(Object.entries(resources).filter(([id]) => !ids.includes(id)));

/** A network with an internal load balancer. */
const network: Template['Resources'] = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Subnet: resource('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' }),
  Group: resource('AWS::EC2::SecurityGroup', { VpcId: ref('Vpc'), GroupDescription: 'x' }),
  Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')] }),
};

/** What gives the region's API Gateway its role for logs. */
const logging: Template['Resources'] = { Account: resource('AWS::ApiGateway::Account', { CloudWatchRoleArn: 'arn:aws:iam::111111111111:role/logs' }) };

const integration = (changes: Record<string, unknown> = {}) => ({
  Type: 'HTTP_PROXY', IntegrationHttpMethod: 'ANY', ConnectionType: 'VPC_LINK', ConnectionId: ref('Link'), IntegrationTarget: ref('Balancer'), Uri: 'https://api.example.com:443/api/{proxy}', ...changes,
});

/** An API with a private integration, its stage, plan, key and domain. */
const api = (deployment = 'First', changes: Record<string, unknown> = {}): Template['Resources'] => ({
  Link: resource('AWS::ApiGatewayV2::VpcLink', { Name: 'link', SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] }),
  Api: resource('AWS::ApiGateway::RestApi', { Name: 'api' }),
  Path: resource('AWS::ApiGateway::Resource', { RestApiId: ref('Api'), ParentId: att('Api', 'RootResourceId'), PathPart: '{proxy+}' }),
  Method: resource('AWS::ApiGateway::Method', { RestApiId: ref('Api'), ResourceId: ref('Path'), HttpMethod: 'ANY', AuthorizationType: 'NONE', ApiKeyRequired: true, Integration: integration(changes) }),
  [deployment]: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api') }, { DependsOn: 'Method' }),
  Stage: resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), DeploymentId: ref(deployment), StageName: 'live', AccessLogSetting: { DestinationArn: 'arn:aws:logs:us-east-1:111111111111:log-group:calls', Format: '$context.requestId' } }, { DependsOn: Object.keys(logging) }),
  Plan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }] }),
  Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: key }),
  InPlan: resource('AWS::ApiGateway::UsagePlanKey', { KeyId: ref('Key'), KeyType: 'API_KEY', UsagePlanId: ref('Plan') }),
});

/** The whole API with one part otherwise. */
const withPart = (id: string, Type: string, Properties: Record<string, unknown>): Template['Resources'] => ({ ...network, ...logging, ...api(), [id]: resource(Type, Properties) });

/** The whole API with a domain, mapped to this. */
function withDomain(mapped: Record<string, unknown>): Template['Resources'] {
  return {
    ...network, ...logging, ...api(),
    Certificate: resource('AWS::CertificateManager::Certificate', { DomainName: 'api.example.com', ValidationMethod: 'DNS' }),
    Domain: resource('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com', RegionalCertificateArn: ref('Certificate') }),
    Mapping: resource('AWS::ApiGateway::BasePathMapping', { DomainName: ref('Domain'), ...mapped }),
  };
}

/** A Network Load Balancer behind the first version of a VPC link, and an API that goes through it. */
function overNetwork(changes: Record<string, unknown> = {}): Template['Resources'] {
  const { Balancer: _application, ...below } = network;
  return {
    ...below, ...logging, ...api('First', { IntegrationTarget: undefined, Uri: 'https://api.example.com:8021/webhook/{proxy}' }),
    Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal', Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')] }),
    Link: resource('AWS::ApiGateway::VpcLink', { Name: 'link', TargetArns: [ref('Balancer')], ...changes }),
  };
}

/** What is wrong with an API, and what API Gateway says. */
const REFUSED: [string, Template['Resources'], string][] = [
  ['an integration through a missing link', { ...network, ...logging, ...api('First', { ConnectionId: 'nolink' }) }, 'Invalid VPC link identifier specified: nolink'],
  ['an integration through a link that names no load balancer', { ...network, ...logging, ...api('First', { IntegrationTarget: undefined }) }, 'IntegrationTarget is required for VpcLinkV2'],
  ['an integration with a missing load balancer', { ...network, ...logging, ...api('First', { IntegrationTarget: 'arn:nowhere' }) }, "Load balancers '[arn:nowhere]' not found"],
  ['a link in a missing subnet', { Link: resource('AWS::ApiGatewayV2::VpcLink', { Name: 'link', SubnetIds: ['subnet-1'] }) }, "The subnet ID 'subnet-1' does not exist"],
  ['a link of the first version to a missing load balancer', overNetwork({ TargetArns: ['arn:nowhere'] }), "Load balancers '[arn:nowhere]' not found"],
  ['a link of the first version to two load balancers', overNetwork({ TargetArns: [ref('Balancer'), ref('Balancer')] }), 'More than one target arn specified for vpc link.'],
  ['a link of the first version to an Application Load Balancer', { ...network, Link: resource('AWS::ApiGateway::VpcLink', { Name: 'link', TargetArns: [ref('Balancer')] }) }, 'NLB ARN is malformed'],
  ['a deployment of an API without methods', { Api: resource('AWS::ApiGateway::RestApi', { Name: 'empty' }), First: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api') }) }, "The REST API doesn't contain any methods"],
  ['a stage of a missing deployment', withPart('Stage', 'AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: 'live', DeploymentId: 'gone' }), 'Deployment id does not exist'],
  ['a plan for a missing stage', withPart('Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: 'gone' }] }), ':gone'],
  ['a missing key in a plan', withPart('InPlan', 'AWS::ApiGateway::UsagePlanKey', { KeyId: 'gone', KeyType: 'API_KEY', UsagePlanId: ref('Plan') }), 'Invalid API Key identifier specified'],
  ['two keys of one value', withPart('Other', 'AWS::ApiGateway::ApiKey', { Value: key }), 'API Key already exists'],
  ['a key that is too long', withPart('Other', 'AWS::ApiGateway::ApiKey', { Value: 'a'.repeat(129) }), 'at most 128 characters'],
  ['a mapping to a missing API', withDomain({ RestApiId: 'gone' }), 'Invalid REST API identifier specified'],
  ['a mapping to a missing stage', withDomain({ RestApiId: ref('Api'), Stage: 'gone' }), 'Invalid stage identifier specified'],
  ['a domain with a missing certificate', { Domain: resource('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com', RegionalCertificateArn: certificate }) }, `Certificate '${certificate}' not found`],
];

describe('API Gateway', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  it('refuses a stage with logs where the region has no role for them', async () => {
    const { Type, Properties } = api()['Stage'] as Resource;
    const stack = await aws.create({ Resources: { ...network, ...api(), Stage: { Type, Properties } } });
    expect(stack.status).to.equal('ROLLBACK_COMPLETE');
    expect(stack.reasons).to.contain('CloudWatch Logs role ARN must be set in account settings to enable logging');
  });

  for (const [what, resources, reason] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const stack = await aws.create({ Resources: resources });
      expect(stack.status).to.equal('ROLLBACK_COMPLETE');
      expect(stack.reasons).to.contain(reason);
    });
  }

  it('shows a changed method by another deployment, and goes without a trace', async () => {
    const mapped = withDomain({ RestApiId: ref('Api'), Stage: ref('Stage') });
    const stack = await aws.create({ Resources: mapped });
    expect([stack.status, stack.reasons]).to.deep.equal(['CREATE_COMPLETE', '']);
    const updated = await aws.update(stack, { Resources: { ...without(mapped, 'First'), ...api('Second', { Uri: 'https://api.example.com:443/v2/{proxy}' }) } });
    expect([updated.status, updated.reasons]).to.deep.equal(['UPDATE_COMPLETE', '']);
    const order = ['Method UPDATE_COMPLETE', 'Stage UPDATE_COMPLETE', 'First DELETE_COMPLETE'];
    expect(updated.events.filter((event) => order.includes(event))).to.deep.equal(order);
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });

  it('keeps the subnets and groups of a link that another stack has made', async () => {
    const Outputs = { Subnet: { Value: ref('Subnet') }, Group: { Value: ref('Group') } };
    const below = await aws.create({ Resources: without(network, 'Balancer'), Outputs });
    const link = await aws.create({ Resources: { Link: resource('AWS::ApiGatewayV2::VpcLink', { Name: 'link', SubnetIds: [below.outputs['Subnet']], SecurityGroupIds: [below.outputs['Group']] }) } });
    const kept = await aws.remove(below);
    expect(kept.status).to.equal('DELETE_FAILED');
    expect(kept.reasons).to.contain(`The subnet '${below.outputs['Subnet']}' has dependencies`).and.contain(`resource ${below.outputs['Group']} has dependencies`);
    expect((await aws.remove(link)).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(below)).status).to.equal('DELETE_COMPLETE');
  });

  it('keeps a load balancer to which a link of the first version leads', async () => {
    const { Vpc, Subnet, Group, Balancer } = overNetwork();
    const below = await aws.create({ Resources: { Vpc, Subnet, Group, Balancer } as Template['Resources'], Outputs: { Balancer: { Value: ref('Balancer') } } });
    const link = await aws.create({ Resources: { Link: resource('AWS::ApiGateway::VpcLink', { Name: 'link', TargetArns: [below.outputs['Balancer']] }) } });
    expect((await aws.remove(below)).reasons).to.contain(`Load balancer '${below.outputs['Balancer']}' cannot be deleted because it is currently associated with another service`);
    expect((await aws.remove(link)).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(below)).status).to.equal('DELETE_COMPLETE');
  });

  it('keeps a link of the first version through which a stage is called', async () => {
    const whole = overNetwork();
    const below = await aws.create({ Resources: { ...network, Balancer: whole['Balancer'], Link: whole['Link'] } as Template['Resources'], Outputs: { Link: { Value: ref('Link') } } });
    const called = { ...logging, ...api('First', { IntegrationTarget: undefined, ConnectionId: below.outputs['Link'] }) };
    const above = await aws.create({ Resources: without(called, 'Link', 'Key', 'InPlan') });
    expect([above.status, above.reasons]).to.deep.equal(['CREATE_COMPLETE', '']);
    expect((await aws.remove(below)).reasons).to.match(new RegExp(`Vpc link '${below.outputs['Link']}', is referenced in \\[[^\\]]*:ANY:[^\\]]*:live\\]`));
    expect((await aws.remove(above)).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(below)).status).to.equal('DELETE_COMPLETE');
  });

  it('lets an API go together with its link of the first version and the load balancer behind that', async () => {
    const stack = await aws.create({ Resources: without(overNetwork(), 'Key', 'InPlan') });
    expect([stack.status, stack.reasons]).to.deep.equal(['CREATE_COMPLETE', '']);
    const removed = await aws.remove(stack);
    expect([removed.status, removed.reasons]).to.deep.equal(['DELETE_COMPLETE', '']);
  });

  it('keeps a deployment that a stage shows', async () => {
    const whole = { ...network, ...logging, ...api() };
    const below = await aws.create({ Resources: without(whole, 'Stage', 'Plan', 'Key', 'InPlan'), Outputs: { Api: { Value: ref('Api') }, First: { Value: ref('First') } } });
    const shown = { ...whole['Stage']?.Properties, RestApiId: below.outputs['Api'], DeploymentId: below.outputs['First'] };
    const stage = await aws.create({ Resources: { Stage: resource('AWS::ApiGateway::Stage', shown) } });
    expect((await aws.remove(below)).reasons).to.contain('Active stages pointing to this deployment must be moved or deleted');
    expect((await aws.remove(stage)).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(below)).status).to.equal('DELETE_COMPLETE');
  });
});
