import type { Build } from '../../../src/rollout';
import { planNodes, type RolloutNode } from '../../../src/rollout/nodes';
import type { WrittenDist } from '../support/built';

const parameters = {
  EnvironmentSuffix: { Type: 'String', Default: 'main' },
  DomainName: { Type: 'String' },
  Size: { Type: 'Number', Default: 2 },
  BaseVpcId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/meridian/paper/test/main/base/VpcId' },
  HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
  SecondaryKeyArn: { Type: 'String' },
};

/** A system of three deployments; the last takes values of every origin. */
export function paper(dist: WrittenDist): Build {
  const templates = { root: { body: { Resources: {} } } };
  return dist.build(
    { name: 'zone', regions: { create: ['us-east-1'], update: ['us-east-1'] }, unless: 'HostedZoneId', templates },
    { name: 'base', templates },
    {
      name: 'shop',
      parameters: {
        EnvironmentSuffix: { from: 'file' },
        DomainName: { from: 'file' },
        Size: { from: 'file' },
        BaseVpcId: { from: 'wire', deployment: 'base', output: 'VpcId', type: 'AWS::EC2::VPC::Id' },
        SecondaryKeyArn: { from: 'region', deployment: 'base', output: 'KeyArn', region: 'ap-southeast-1' },
        HostedZoneId: { from: 'region', deployment: 'zone', output: 'HostedZoneId', region: 'us-east-1' },
      },
      templates: { root: { body: { Parameters: parameters, Resources: {} } } },
    },
  );
}

/** Everything that can be deployed of a build with values of its parameters file. */
export function nodesOf(build: Build, values: Record<string, string>, suffix = 'main'): RolloutNode[] {
  return planNodes([{ build, parameters: { file: 'parameters/paper/test.yaml', suffix, values } }], new Map());
}
