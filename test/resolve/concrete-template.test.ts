import { expect } from 'chai';
import * as fc from 'fast-check';
import { combinedTemplate, concreteTemplate, resolveInstance, wiresOf, type ConcreteTemplate, type Template, type TemplateResource, type Value } from '../../src/resolve';
import { resolveRoot, resolved } from './resolving';
import { foundation, root, templates } from './shop';

const producer = resolveInstance({ root: foundation, region: 'us-east-1', stackName: 'foundation' });
const shop = resolveInstance({ root, templates, region: 'us-east-1', stackName: 'shop', wires: wiresOf(producer) });

function resource(template: ConcreteTemplate, logicalId: string): TemplateResource & { readonly Properties: Readonly<Record<string, unknown>> } {
  const { Properties = {}, ...rest } = template.Resources[logicalId] ?? { Type: 'missing' };
  return { ...rest, Properties };
}

describe('the concrete template of a stack', () => {
  const data = concreteTemplate(shop, 'Data');

  it('holds what is known as literals and local references as Ref and GetAtt', () => {
    expect(resource(data, 'Primary')).to.deep.include({ Type: 'AWS::RDS::DBInstance', DependsOn: ['Group'], DeletionPolicy: 'Snapshot' });
    expect(resource(data, 'Primary').Properties).to.deep.include({
      DBInstanceIdentifier: 'shop-main',
      DBSubnetGroupName: { Ref: 'Subnets' },
      VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
    });
    expect(data).not.to.have.any.keys('Mappings', 'Conditions', 'Outputs');
  });

  it('refers to what lives elsewhere by declared parameters, never by text that looks real', () => {
    expect(resource(data, 'Subnets').Properties['SubnetIds']).to.deep.equal([{ Ref: 'FromNetworkSubnetA' }, { Ref: 'FromNetworkSubnetB' }]);
    expect(resource(data, 'Primary').Properties['KmsKeyId']).to.deep.equal({ Ref: 'FromKeyArn' });
    expect(resource(data, 'Primary').Properties['MasterUserPassword']).to.deep.equal({ Ref: 'FromPassword' });
    expect(data.Parameters).to.deep.equal({
      FromNetworkSubnetA: { Type: 'String' },
      FromNetworkSubnetB: { Type: 'String' },
      FromNetworkVpc: { Type: 'String' },
      FromPassword: { Type: 'String', NoEcho: true },
      FromKeyArn: { Type: 'String' },
    });
  });

  it("spells an output of the root's nested stacks as the root does", () => {
    const top = concreteTemplate(shop, '');
    expect(resource(top, 'PublishEndpoint').Properties).to.include({ Name: '/shop/main/Endpoint' });
    expect(resource(top, 'PublishEndpoint').Properties['Value']).to.deep.equal({ 'Fn::GetAtt': ['Data', 'Outputs.Endpoint'] });
    expect(resource(top, 'Data').Properties['Parameters']).to.deep.include({ SubnetIds: { 'Fn::GetAtt': ['Network', 'Outputs.SubnetIds'] }, Cidr: '10.0.0.0/16' });
  });

  it('writes text with unknowns as a Join, as rules expect it', () => {
    const instance = resolveRoot({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Resource: { 'Fn::Sub': '${Bucket.Arn}/${AWS::Region}/*' } } } } });
    expect(resource(concreteTemplate(instance, ''), 'Policy').Properties['Resource']).to.deep.equal({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/us-east-1/*']] });
  });

  it('keeps undecided conditions, and declares them', () => {
    const open: Template = {
      Parameters: { Domain: { Type: 'String', AllowedPattern: '.+' } },
      Conditions: { Own: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Domain' }, 'example.com'] }] } },
      Resources: { Zone: { Type: 'AWS::Route53::HostedZone', Condition: 'Own', Properties: { Name: { Ref: 'Domain' }, VPCs: { 'Fn::If': ['Own', [], { Ref: 'AWS::NoValue' }] }, Comment: { 'Fn::Join': [',', ['a', { 'Fn::If': ['Own', 'b', { Ref: 'AWS::NoValue' }] }]] } } } },
    };
    expect(concreteTemplate(resolveRoot(open), '')).to.deep.equal({
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: { Domain: { Type: 'String', AllowedPattern: '.+' } },
      Conditions: open.Conditions,
      Resources: open.Resources,
    });
  });

  it('does not let a placeholder take the name of a resource', () => {
    const instance = resolveInstance({
      root: { Parameters: { Domain: { Type: 'String' } }, Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'a.json', Parameters: { Domain: { Ref: 'Domain' } } } } } },
      templates: { 'a.json': { Parameters: { Domain: { Type: 'String' } }, Resources: { FromDomain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Domain' } } } } } },
      region: 'us-east-1',
    });
    expect(resource(concreteTemplate(instance, 'Child'), 'FromDomain').Properties['QueueName']).to.deep.equal({ Ref: 'FromDomain2' });
  });
});

describe('the combined template of instances', () => {
  it('holds the nested stacks too when they are asked for, beside their resources', () => {
    const { template, sources } = combinedTemplate([shop], { nestedStacks: true });
    expect(Object.keys(template.Resources)).to.include.members(['Network', 'NetworkVpc', 'Data', 'DataPrimary']);
    expect(resource(template, 'Network')).to.include({ Type: 'AWS::CloudFormation::Stack' });
    expect(sources.get('Data')?.resource.id).to.equal('Data');
  });

  it('makes references between nested stacks local, and leaves the nested stacks themselves out', () => {
    const { template, sources } = combinedTemplate([shop]);
    expect(Object.keys(template.Resources)).to.deep.equal(['PublishEndpoint', 'PublishSubnets', 'NetworkVpc', 'NetworkSubnetA', 'NetworkSubnetB', 'DataSubnets', 'DataGroup', 'DataPrimary']);
    expect(resource(template, 'DataSubnets').Properties['SubnetIds']).to.deep.equal([{ Ref: 'NetworkSubnetA' }, { Ref: 'NetworkSubnetB' }]);
    expect(resource(template, 'DataPrimary')['DependsOn']).to.deep.equal(['DataGroup']);
    expect(sources.get('DataPrimary')?.resource.id).to.equal('Data/Primary');
  });

  it('makes references between deployments local too', () => {
    const { template } = combinedTemplate([producer, shop]);
    expect(resource(template, 'ShopUsEast1DataPrimary').Properties['KmsKeyId']).to.deep.equal({ 'Fn::GetAtt': ['FoundationUsEast1Key', 'Arn'] });
  });

  it('gives itself when it is resolved', () => {
    for (const instances of [[shop], [producer, shop]]) {
      const { template } = combinedTemplate(instances);
      const again = combinedTemplate([resolveRoot(template, { accountId: undefined })]);
      expect(again.template).to.deep.equal(template);
    }
  });
});

describe('resolving', () => {
  const literal: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    object: fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/).filter((key) => key !== 'Ref'), tie('any'), { maxKeys: 4 }),
  })).any;

  it('changes no literal', () => {
    fc.assert(fc.property(literal, (value) => void expect(resolved({ Wrapped: value })).to.deep.equal({ Wrapped: JSON.parse(JSON.stringify(value)) as Value })));
  });

  const expression: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    text: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>('a/b', 'x,y', { Ref: 'Vpc' }, { Ref: 'Domain' }, { 'Fn::GetAtt': ['Vpc', 'DefaultNetworkAcl'] }, { 'Fn::GetAtt': ['Subnet', 'VpcId'] }, { Ref: 'AWS::StackId' }, { Ref: 'AWS::Region' }, { 'Fn::ImportValue': 'shared' }),
      fc.tuple(tie('text'), tie('text')).map((parts) => ({ 'Fn::Join': ['/', parts] })),
      tie('text').map((part) => ({ 'Fn::Sub': ['${Domain}-${Part}', { Part: part }] })),
      tie('text').map((part) => ({ 'Fn::Select': [0, { 'Fn::Split': ['/', part] }] })),
      tie('text').map((part) => ({ 'Fn::Base64': part })),
      fc.tuple(tie('text'), tie('text')).map(([first, second]) => ({ 'Fn::If': ['Open', first, second] })),
      fc.constant({ 'Fn::Select': [1, { 'Fn::GetAZs': 'eu-west-1' }] }),
      fc.constant({ 'Fn::FindInMap': ['Sizes', { Ref: 'Domain' }, 'Db'] }),
      tie('text').map((part) => ({ 'Fn::ToJsonString': { Part: part } })),
    ),
  })).text;

  it('of the concrete template gives the concrete template', () => {
    fc.assert(
      fc.property(fc.array(expression, { maxLength: 3 }), expression, (list, single) => {
        const instance = resolveRoot({
          Parameters: { Domain: { Type: 'String' } },
          Mappings: { Sizes: { a: { Db: 1 } } },
          Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Domain' }, 'example.com'] } },
          Resources: {
            Vpc: { Type: 'AWS::EC2::VPC' },
            Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
            Probe: { Type: 'AWS::SSM::Parameter', Condition: 'Open', Properties: { List: list, Single: single } },
          },
        });
        const once = concreteTemplate(instance, '');
        expect(concreteTemplate(resolveRoot(once), '')).to.deep.equal(once);
      }),
    );
  });
});
