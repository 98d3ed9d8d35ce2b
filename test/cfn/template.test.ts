import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { TemplateBuilder, Fn } from '../../src/cfn';
import { render } from '../../src/cfn/render';
import { Queue } from '../../src/cfn/generated/sqs';
import { small } from './small-system';
import { builderOf } from './builder';

const production = small.build('production');
const templateOf = (deployment: string, template: string) => JSON.parse(render(production.deployments.find(({ name }) => name === deployment)!.templates.get(template)!.template));

describe('A typed template', () => {
  it('passes the environment suffix down to nested templates by itself', () => {
    expect(templateOf('top', 'root').Resources.Queue.Properties.Parameters.EnvironmentSuffix).to.deep.equal({ Ref: 'EnvironmentSuffix' });
    expect(templateOf('top', 'queue').Parameters.EnvironmentSuffix.AllowedPattern).to.equal('^[a-z0-9]{1,6}$');
  });

  it('joins a list where a nested stack takes text', () => {
    expect(templateOf('top', 'root').Resources.Queue.Properties.Parameters.SubnetIds).to.deep.equal({ 'Fn::Join': [',', { Ref: 'BaseSubnetIds' }] });
  });

  it('gives the settings of its own environment to the same template', () => {
    expect(templateOf('top', 'queue').Resources.Orders.Properties.MessageRetentionPeriod).to.equal(1_209_600);
    expect(JSON.stringify([...small.build('develop').deployments[1]!.templates.values()])).to.contain('"MessageRetentionPeriod":3600');
  });

  it('gives the same bytes when it is built twice', () => {
    const text = (): string => small.build('production').deployments.flatMap(({ templates }) => [...templates.values()].map(({ template }) => render(template))).join('');
    expect(text()).to.equal(text());
  });

  it('refuses a logical id that is taken', () => {
    const t = builderOf();
    t.add('Orders', new Queue());
    expect(() => t.add('Orders', new Queue())).to.throw(MeridianError, /Logical id Orders taken/);
  });

  it('remembers where a resource was authored, and never writes it into the template', () => {
    const network = production.deployments[0]!.templates.get('network')!;
    expect(network.sources['Vpc']?.at).to.match(/^test\/cfn\/small-system\.ts:\d+$/);
    expect(JSON.stringify(network.template)).not.to.contain('small-system');
  });

  it('declares a condition once, however often it is used', () => {
    const t: TemplateBuilder<object & Record<string, never>, unknown> = builderOf();
    expect(t.isPrimary.name).to.equal(t.isPrimary.name);
    expect(JSON.parse(render(t.template)).Conditions).to.deep.equal({ IsPrimary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } });
  });

  it('knows the other region of the pair, whichever it stands in', () => {
    const t = builderOf();
    expect(JSON.parse(JSON.stringify(t.otherRegion))).to.deep.equal({ 'Fn::If': ['IsPrimary', 'ap-southeast-1', 'us-east-1'] });
    expect(JSON.parse(render(t.template)).Conditions).to.have.property('IsPrimary');
  });

  it('sets the replacement policy with the deletion policy, in the words that each accepts', () => {
    expect(JSON.parse(JSON.stringify(new Queue().keep('RetainExceptOnCreate')))).to.include({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(JSON.parse(JSON.stringify(new Queue().keep('Snapshot')))).to.include({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  });

  it('writes Fn::Sub without variables in its short form', () => {
    expect(JSON.parse(JSON.stringify(Fn.Sub('${AWS::Region}')))).to.deep.equal({ 'Fn::Sub': '${AWS::Region}' });
  });
});
