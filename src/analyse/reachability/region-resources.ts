import { leavesOf, type Value } from '../../resolve';
import type { PlacedResource, SystemIndex } from '../system-index';

/** What one region of a system has. */
export class RegionResources {
  /** @param index the system's resources of all regions */
  constructor(readonly index: SystemIndex, readonly region: string) {}

  /** The region's resources of a type. */
  ofType(type: string): readonly PlacedResource[] {
    return this.index.ofType(type).filter((each) => each.region === this.region);
  }

  /** The resource of a type that a value names, if the system has it. */
  named(type: string, value: Value | undefined): PlacedResource | undefined {
    return this.allNamed(type, value)[0];
  }

  /** The resources of a type that a value is made of. */
  allNamed(type: string, value: Value | undefined): readonly PlacedResource[] {
    return this.index.referredBy(value).filter((each) => each.type === type);
  }

  /** Whether a value, or an element of it, leads to no resource of some types: only deployment can tell to what. */
  isVague(types: readonly string[], value: Value | undefined): boolean {
    if (value === undefined) return true;
    const parts = Array.isArray(value) ? (value as readonly Value[]) : leavesOf(value);
    return parts.length === 0 || parts.some((part) => types.every((type) => this.named(type, part) === undefined));
  }

  /** The region's resources of a type that name a resource in one property. */
  naming(type: string, property: string, resource: PlacedResource): readonly PlacedResource[] {
    return this.ofType(type).filter(({ properties }) => this.index.referredBy(properties[property]).includes(resource));
  }
}
