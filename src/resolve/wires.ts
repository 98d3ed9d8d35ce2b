import type { ResolvedInstance } from './instance';
import type { Value } from './unknown';

/**
 * What an instance publishes in its region's SSM Parameter Store: the value of each `AWS::SSM::Parameter` by its name. Later deployments of
 * the same region take it as `InstanceInput.wires`; an unknown keeps pointing at the resource that it comes from.
 */
export function wiresOf(instance: ResolvedInstance): Readonly<Record<string, Value>> {
  const wires: Record<string, Value> = {};
  for (const { type, properties } of instance.resources()) {
    const { Name, Value: value } = properties;
    if (type === 'AWS::SSM::Parameter' && typeof Name === 'string' && value !== undefined) wires[Name] = value;
  }
  return wires;
}
