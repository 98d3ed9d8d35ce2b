import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { concreteTemplate, resolveInstance, type Template, type TemplateResource } from '../../src/resolve';

/** Six nested templates of 50 subnets each, in one VPC. */
function large(): { readonly root: Template; readonly templates: Readonly<Record<string, Template>> } {
  const subnet = (index: number): TemplateResource => ({
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: { Ref: 'VpcId' },
      CidrBlock: { 'Fn::Select': [index, { 'Fn::Cidr': [{ Ref: 'Cidr' }, 64, 8] }] },
      AvailabilityZone: { 'Fn::Select': [index % 3, { 'Fn::GetAZs': '' }] },
      Tags: ['Name', 'System', 'Environment', 'CostCenter'].map((Key) => ({ Key, Value: { 'Fn::Sub': `${Key}-\${AWS::Region}-\${Cidr}-\${VpcId}` } })),
    },
  });
  const nested: Template = {
    Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' }, Cidr: { Type: 'String' } },
    Resources: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Subnet${index}`, subnet(index)])),
    Outputs: { Ids: { Value: { 'Fn::Join': [',', Array.from({ length: 50 }, (_, index) => ({ Ref: `Subnet${index}` }))] } } },
  };
  const stack = (index: number): TemplateResource => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: './subnets.json', Parameters: { VpcId: { Ref: 'Vpc' }, Cidr: `10.${index}.0.0/16` } },
  });
  const stacks = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`Layer${index}`, stack(index)]));
  return { root: { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/8' } }, ...stacks } }, templates: { 'subnets.json': nested } };
}

describe('resolving an instance of 300 resources', () => {
  it('finds all resources and edges, and is quick enough to run on every check', () => {
    const input = { ...large(), region: 'us-east-1', stackName: 'large' };
    const milliseconds = [0, 1, 2, 3, 4].map(() => {
      const start = performance.now();
      const instance = resolveInstance(input);
      for (const path of instance.stacks.keys()) concreteTemplate(instance, path);
      expect([...instance.resources()]).to.have.length(307);
      expect(instance.edgesTo('Vpc')).to.have.length(6 + 300 * 5);
      return performance.now() - start;
    });
    // Tens of milliseconds on an idle machine; the bound only catches work that grows with the square of the resources.
    expect(Math.min(...milliseconds)).to.be.lessThan(1000);
  });

  it('looks at each property once, however often attributes repeat it', () => {
    const twice = (logicalId: string) => ({ 'Fn::Sub': `\${${logicalId}.CidrBlock}\${${logicalId}.CidrBlock}` });
    const chain = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`Vpc${index}`, { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: index === 23 ? '' : twice(`Vpc${index + 1}`) } }]));
    const start = performance.now();
    expect(resolveInstance({ root: { Resources: chain }, region: 'us-east-1' }).resource('Vpc0')?.properties['CidrBlock']).to.equal('');
    expect(performance.now() - start).to.be.lessThan(1000);
  });
});
