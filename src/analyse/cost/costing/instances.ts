import type { Value } from '../../../resolve';
import { elementsOf, objectAt, type PlacedResource } from '../../system-index';
import type { Component, Use } from '../cost-line';
import type { Usage } from '../usage';

/** EC2 instances of one kind. */
export interface Instances {
  readonly count: number;
  /** Share from 0 to 1 of the price on demand that they cost. @default 1 */
  readonly share?: number;
  /** Where no launch template says it. */
  readonly type?: Value;
  readonly template?: PlacedResource;
  /** GiB of the volume where no launch template says one. */
  readonly volume: number;
}

/** What EC2 instances and their volumes cost, as their launch template has them. */
export function instances(component: Component, { count, share = 1, type, template, volume }: Instances, usage: Usage): Use[] {
  const data = objectAt(template?.properties ?? {}, 'LaunchTemplateData');
  return [
    { component, price: `ec2-${String(data['InstanceType'] ?? type)}`, quantity: count * share * usage.hours },
    { component, price: 'ebs-gp3', quantity: count * (gigabytes(data['BlockDeviceMappings']) || volume) },
  ];
}

/** GiB of all volumes of block device mappings; 0 where they say none. */
export function gigabytes(mappings: Value | undefined): number {
  return elementsOf(mappings).reduce((sum, mapping) => sum + Number(objectAt(mapping, 'Ebs')['VolumeSize'] ?? 0), 0);
}
