import { resolveInstance, type InstanceInput, type ResolvedInstance, type Template, type TemplateResource, type Value } from '../../src/resolve';

/** A small network to refer to. */
export const network: Readonly<Record<string, TemplateResource>> = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20' } },
};

/** Resolves a root template in us-east-1 of account 111122223333. */
export function resolveRoot(root: Template, input: Partial<InstanceInput> = {}): ResolvedInstance {
  return resolveInstance({ root, region: 'us-east-1', accountId: '111122223333', stackName: 'shop', ...input });
}

/** What an expression resolves to as the property of a resource that stands beside the network. */
export function resolved(expression: unknown, template: Template = {}, input: Partial<InstanceInput> = {}): Value | undefined {
  const Resources = { ...network, ...template.Resources, Probe: { Type: 'AWS::SSM::Parameter', Properties: { Value: expression } } };
  return resolveRoot({ ...template, Resources }, input).resource('Probe')?.properties['Value'];
}
