import { inspect } from 'node:util';
import { expect } from 'chai';
import { concreteTemplate, explain, resolveInstance, Unknown, wiresOf, type ResolvedInstance, type Value } from '../../src/resolve';
import { foundation, root, templates } from './shop';

function shop(wires: Readonly<Record<string, Value>> = {}, parameters: Readonly<Record<string, Value>> = {}): ResolvedInstance {
  return resolveInstance({ root, templates, region: 'us-east-1', stackName: 'shop', wires, parameters });
}

const instance = shop();

function property(id: string, name: string, of: ResolvedInstance = instance): Value | undefined {
  return of.resource(id)?.properties[name];
}

describe('a tree of nested stacks', () => {
  it('has one stack for each nested template, named by its path', () => {
    expect([...instance.stacks].map(([path, { file }]) => [path, file])).to.deep.equal([['', 'root.json'], ['Network', 'network.json'], ['Data', 'data.json']]);
  });

  it('lists resources by path, with their policies and order', () => {
    expect([...instance.resources()].map(({ id }) => id)).to.include.members(['Network', 'Network/Vpc', 'Data/Primary', 'PublishEndpoint']);
    expect(instance.resource('Data/Primary')).to.include({ type: 'AWS::RDS::DBInstance', logicalId: 'Primary', stack: 'Data', file: 'data.json', deletionPolicy: 'Snapshot' });
    expect(instance.resource('Data/Primary')?.dependsOn).to.deep.equal(['Group']);
  });

  it('carries known outputs through parameters', () => {
    expect(property('Data/Group', 'SecurityGroupIngress')).to.deep.equal([{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, CidrIp: '10.0.0.0/16' }]);
    expect(property('Data/Primary', 'DBInstanceIdentifier')).to.equal('shop-main');
  });

  it('lets an unknown that crossed two templates point at its true resource', () => {
    const [first] = property('Data/Subnets', 'SubnetIds') as readonly Value[];
    expect(explain(first as Value)).to.equal('id of AWS::EC2::Subnet Network/SubnetA (network.json in shop/us-east-1), known once it stands');
    expect(explain(instance.root.outputs.get('Endpoint')?.value as Value)).to.equal('Endpoint.Address of AWS::RDS::DBInstance Data/Primary (data.json in shop/us-east-1), known once it stands');
  });

  it('decides conditions on a wired resource id: it is never empty', () => {
    expect(instance.stacks.get('Data')?.conditions.get('HasVpc')).to.equal(true);
  });

  it('marks dynamic references and NoEcho parameters as secrets, leaving the reference as it is', () => {
    expect(property('Data/Primary', 'MasterUsername')).to.equal('{{resolve:secretsmanager:shop:SecretString:username}}');
    expect(instance.secrets).to.deep.equal([
      { resource: 'Data', property: 'Properties.Parameters.Password', from: 'NoEcho' },
      { resource: 'Data/Primary', property: 'Properties.MasterUsername', from: 'secretsmanager' },
      { resource: 'Data/Primary', property: 'Properties.MasterUserPassword', from: 'NoEcho' },
    ]);
  });

  it('decides conditions on a NoEcho value and never shows it', () => {
    expect(instance.root.conditions.get('HasPassword')).to.equal(true);
    const given = shop({}, { Password: 'battery-staple' });
    const shown = [instance, given].flatMap((each) => [each.root.parameters, [...each.resources()], each.unknowns, each.secrets]).flatMap((part) => [inspect(part, { depth: null, showHidden: true }), JSON.stringify(part)]);
    shown.push(JSON.stringify(concreteTemplate(given, 'Data')), ...given.unknowns.map(({ unknown }) => explain(unknown)));
    expect(shown.join('\n')).not.to.match(/battery-staple|correct-horse/);
  });

  it('never shows a NoEcho value in a condition that it leaves undecided', () => {
    const open = resolveInstance({
      root: {
        Parameters: { Password: { Type: 'String', NoEcho: true }, Other: { Type: 'String' } },
        Conditions: { Same: { 'Fn::Equals': [{ Ref: 'Password' }, { Ref: 'Other' }] } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Same' } },
      },
      parameters: { Password: 'battery-staple' },
      region: 'us-east-1',
    });
    expect(JSON.stringify(concreteTemplate(open, ''))).to.contain('Fn::Equals').and.not.contain('battery-staple');
  });

  it('shows no part of a NoEcho value that is put together with an unknown', () => {
    const mixed = resolveInstance({
      root: {
        Parameters: { Other: { Type: 'String' } },
        Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'child.json', Parameters: { Password: { 'Fn::Sub': 'battery-${Other}' } } } } },
      },
      templates: { 'child.json': { Parameters: { Password: { Type: 'String', NoEcho: true } }, Resources: { User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: { Ref: 'Password' } } } } } } },
      region: 'us-east-1',
    });
    expect(JSON.stringify(concreteTemplate(mixed, 'Child'))).not.to.contain('battery');
  });

  it('keeps the name of a nested stack unknown, because CloudFormation completes it', () => {
    const named = resolveInstance({
      root: { Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'child.json' } } } },
      templates: { 'child.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'AWS::StackName' } } } } } },
      region: 'us-east-1',
      stackName: 'shop',
    });
    expect(explain(property('Child/Queue', 'QueueName', named) as Value)).to.equal('AWS::StackName of nested stack Child, known once the stack stands');
  });

  it('takes nested templates from sub-folders', () => {
    const deep = resolveInstance({
      root: { Resources: { Outer: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './layers/outer.json' } } } },
      templates: {
        'layers/outer.json': { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './inner.json' } } } },
        'layers/inner.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
      },
      region: 'us-east-1',
    });
    expect(deep.resource('Outer/Inner/Queue')?.file).to.equal('layers/inner.json');
  });

  it('keeps the outputs of a nested stack whose template is elsewhere unknown', () => {
    const remote = resolveInstance({
      root: {
        Resources: { Remote: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/bucket/x.json' } } },
        Outputs: { Id: { Value: { 'Fn::GetAtt': ['Remote', 'Outputs.Id'] } } },
      },
      region: 'us-east-1',
    });
    expect(explain(remote.root.outputs.get('Id')?.value as Value)).to.contain('Outputs.Id of AWS::CloudFormation::Stack Remote');
  });
});

describe('wires through SSM', () => {
  const producer = resolveInstance({ root: foundation, region: 'us-east-1', stackName: 'foundation' });

  it('are unknown, with the SSM name as origin, when nobody resolved their producer', () => {
    expect(explain(property('Data/Primary', 'KmsKeyId') as Value)).to.equal('SSM parameter /meridian/shop/production/main/foundation/KeyArn, which no resolved deployment writes');
  });

  it("point at the producer's resource when it was resolved", () => {
    const wired = shop(wiresOf(producer));
    expect(explain(property('Data/Primary', 'KmsKeyId', wired) as Value)).to.equal('Arn of AWS::KMS::Key Key (root.json in foundation/us-east-1), known once it stands');
    expect(wired.edgesFrom('Data/Primary')).to.deep.include({ from: 'Data/Primary', property: 'Properties.KmsKeyId', instance: 'foundation/us-east-1', to: 'Key', attribute: 'Arn' });
  });

  it('carry lists, known and unknown elements alike', () => {
    const list = shop(wiresOf(producer)).root.parameters.get('LogBuckets') as readonly Value[];
    expect(list[0]).to.be.instanceOf(Unknown);
    expect(list[1]).to.equal('shop-logs');
  });

  it('are published under the names that the templates give them', () => {
    expect(Object.keys(wiresOf(instance))).to.deep.equal(['/shop/main/Endpoint', '/shop/subnets']);
  });
});

describe('edges', () => {
  it('lead to the true resource and to the nested stack on the way', () => {
    expect(instance.edgesFrom('Data').filter(({ property: at }) => at === 'Properties.Parameters.VpcId')).to.have.deep.members([
      { from: 'Data', property: 'Properties.Parameters.VpcId', instance: 'shop/us-east-1', to: 'Network/Vpc', attribute: 'Ref' },
      { from: 'Data', property: 'Properties.Parameters.VpcId', instance: 'shop/us-east-1', to: 'Network', attribute: 'Outputs.VpcId' },
    ]);
  });

  it('name the property down to the list element', () => {
    expect(instance.edgesFrom('Data/Primary')).to.deep.include({ from: 'Data/Primary', property: 'Properties.VPCSecurityGroups.0', instance: 'shop/us-east-1', to: 'Data/Group', attribute: 'GroupId' });
  });

  it('remember a reference whose value was known at once', () => {
    expect(instance.edgesFrom('Network/SubnetA')).to.deep.include({ from: 'Network/SubnetA', property: 'Properties.CidrBlock', instance: 'shop/us-east-1', to: 'Network/Vpc', attribute: 'CidrBlock' });
  });

  it('tell order from value', () => {
    expect(instance.edgesFrom('Data/Primary')).to.deep.include({ from: 'Data/Primary', property: 'DependsOn.0', instance: 'shop/us-east-1', to: 'Data/Group', attribute: 'DependsOn' });
  });

  it('can be followed backwards, each once', () => {
    expect(instance.edgesTo('Network/Vpc').map(({ from }) => from)).to.have.members(['Data', 'Data/Group', 'Network/SubnetA', 'Network/SubnetA', 'Network/SubnetB', 'Network/SubnetB']);
  });
});
