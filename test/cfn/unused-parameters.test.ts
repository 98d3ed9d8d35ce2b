import { expect } from 'chai';
import { Fn } from '../../src/cfn';
import { render } from '../../src/cfn/render';
import { Topic } from '../../src/cfn/generated/sns';
import { dropUnusedParameters } from '../../src/cfn/unused-parameters';
import { small } from './small-system';

/** Which of the parameters Used and Unused are left of a template whose only topic has this name. */
const left = (TopicName: ReturnType<typeof Fn.Sub>): string[] => {
  const text = { Type: 'String' } as never;
  const template = { Parameters: { Used: text, Unused: text }, Resources: { Topic: new Topic({ TopicName }) } };
  dropUnusedParameters(template);
  return Object.keys(template.Parameters);
};

const deployment = (environment: string) => small.build(environment).deployments[1]!;
const emitted = (environment: string, template: string) => JSON.parse(render(deployment(environment).templates.get(template)!.template));

describe('A parameter', () => {
  const references = [
    { how: 'a Ref', name: Fn.Ref('Used'), stays: true },
    { how: 'the text of a Sub', name: Fn.Sub('orders-${Used}'), stays: true },
    { how: 'a Sub inside another function', name: Fn.Join('-', [Fn.Sub('${AWS::Region}${Used}'), 'orders']), stays: true },
    { how: 'the variable of a Sub', name: Fn.Sub('${Name}', { Name: Fn.Ref('Used') }), stays: true },
    { how: 'a Sub that has a variable of that name itself', name: Fn.Sub('${Used}', { Used: 'orders' }), stays: false },
    { how: 'literal text of a Sub', name: Fn.Sub('${!Used}'), stays: false },
    { how: 'nothing', name: Fn.Sub('orders'), stays: false },
  ];
  for (const { how, name, stays } of references) {
    it(`named by ${how} ${stays ? 'stays' : 'is not emitted'}`, () => expect(left(name)).to.deep.equal(stays ? ['Used'] : []));
  }

  it('that only a condition or an output names stays', () => {
    const text = { Type: 'String' } as never;
    const template = { Parameters: { A: text, B: text, C: text }, Conditions: { HasA: Fn.Equals(Fn.Ref('A'), '') as never }, Resources: {}, Outputs: { B: { Value: Fn.Ref('B') } } };
    dropUnusedParameters(template);
    expect(Object.keys(template.Parameters)).to.deep.equal(['A', 'B']);
  });

  it('for which an environment has no use is neither declared by the child nor passed by the parent', () => {
    expect(Object.keys(emitted('production', 'queue').Parameters)).to.deep.equal(['EnvironmentSuffix', 'VpcId', 'SubnetIds', 'Limit']);
    expect(Object.keys(emitted('production', 'root').Resources.Queue.Properties.Parameters)).to.deep.equal(['EnvironmentSuffix', 'VpcId', 'SubnetIds']);
    expect(Object.keys(emitted('develop', 'queue').Parameters)).to.deep.equal(['EnvironmentSuffix', 'Limit']);
    expect(Object.keys(emitted('develop', 'root').Resources.Queue.Properties.Parameters)).to.deep.equal(['EnvironmentSuffix']);
  });

  it('of a root goes with its origin, be it a wire or the parameters file', () => {
    expect(Object.keys(deployment('production').parameters)).to.deep.equal(['Email', 'BaseVpcId', 'BaseSubnetIds', 'BaseGroupId']);
    expect(Object.keys(deployment('develop').parameters)).to.deep.equal(['BaseGroupId']);
    expect(Object.keys(emitted('develop', 'root').Parameters)).to.deep.equal(['EnvironmentSuffix', 'BaseGroupId']);
  });

  it('EnvironmentSuffix goes from a nested template that names nothing, and stays in every root', () => {
    const { root, templates } = small.build('production').deployments[0]!;
    expect(Object.keys(JSON.parse(render(templates.get('network')!.template)).Parameters)).to.deep.equal(['Cidr']);
    expect(JSON.parse(render(root.template)).Resources.Network.Properties.Parameters).to.deep.equal({});
    for (const environment of small.environments) for (const each of small.build(environment).deployments) expect(JSON.parse(render(each.root.template)).Parameters).to.have.property('EnvironmentSuffix');
  });
});
