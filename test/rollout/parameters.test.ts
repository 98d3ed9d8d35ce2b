import { expect } from 'chai';
import { planNodes } from '../../src/rollout/nodes';
import { fileParameters, missingParameters, rootParameters, wiredParameters } from '../../src/rollout/parameters';
import { WrittenDist } from './support/built';

describe('the values of root parameters', () => {
  const dist = new WrittenDist();
  after(() => dist.remove());
  const build = dist.build(
    { name: 'zone', regions: { create: ['us-east-1'], update: ['us-east-1'] }, unless: 'HostedZoneId', templates: { root: { body: { Resources: {} } } } },
    {
      name: 'base',
      regions: { create: ['us-east-1'], update: ['us-east-1'] },
      parameters: {
        EnvironmentSuffix: { from: 'file' },
        DomainName: { from: 'file' },
        Size: { from: 'file' },
        ZoneVpcId: { from: 'wire', deployment: 'zone', output: 'VpcId', type: 'AWS::EC2::VPC::Id' },
        HostedZoneId: { from: 'region', deployment: 'zone', output: 'HostedZoneId', region: 'us-east-1' },
      },
      templates: {
        root: {
          body: {
            Parameters: {
              EnvironmentSuffix: { Type: 'String', Default: 'main' },
              DomainName: { Type: 'String' },
              Size: { Type: 'Number', Default: 2 },
              ZoneVpcId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/meridian/paper/test/main/zone/VpcId' },
              HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
            },
            Resources: {},
          },
        },
      },
    },
  );
  const part = (values: Record<string, string>, suffix = 'main') => ({ build, parameters: { file: 'parameters/paper/test.yaml', suffix, values } });
  const rolled = { zone: { 'us-east-1': { HostedZoneId: 'Z1' } } };
  const node = (values: Record<string, string>, suffix?: string) => planNodes([part(values, suffix)], new Map()).at(-1)!;

  it('come from the file, from defaults, and from the outputs of earlier deployments', () => {
    expect(rootParameters(node({ DomainName: 'a.b' }), rolled)).to.deep.equal({
      DomainName: 'a.b', EnvironmentSuffix: 'main', HostedZoneId: 'Z1', Size: '2', ZoneVpcId: '/meridian/paper/test/main/zone/VpcId',
    });
  });

  it('from the file win over outputs of earlier deployments', () => {
    expect(rootParameters(node({ DomainName: 'a.b', HostedZoneId: 'Z2' }), rolled)).to.include({ HostedZoneId: 'Z2' });
  });

  it('follow the suffix: wires of another copy of the environment have other names', () => {
    const values = rootParameters(node({ DomainName: 'a.b' }, 'blue'), rolled);
    expect(values).to.include({ EnvironmentSuffix: 'blue', ZoneVpcId: '/meridian/paper/test/blue/zone/VpcId' });
    expect(wiredParameters(node({}), values)).to.deep.equal({ ZoneVpcId: '/meridian/paper/test/blue/zone/VpcId' });
  });

  it('are refused when one is missing, with where it should come from', () => {
    expect(() => rootParameters(node({}), rolled)).to.throw('Parameter DomainName of paper base has no value: it has no default. Give it in parameters/paper/test.yaml.');
    expect(() => rootParameters(node({ DomainName: 'a.b' }), {})).to.throw('Parameter HostedZoneId of paper base has no value: deployment zone has no output HostedZoneId in us-east-1. Roll zone first, or give the value in parameters/paper/test.yaml.');
  });

  it('that are missing in the file are all listed, those of a deployment that is left out too', () => {
    expect(missingParameters(part({}))).to.deep.equal(['DomainName (base, String)']);
    expect(missingParameters(part({ DomainName: 'a.b' }))).to.deep.equal([]);
  });

  it('may be given in the file unless they are wires or the suffix', () => {
    expect(Object.keys(fileParameters(build))).to.deep.equal(['DomainName', 'Size', 'HostedZoneId']);
  });
});
