import { leavesOf, type ResolvedDeployment, type ResolvedInstance, type ResolvedResource, type Value, type ValueObject } from '../resolve';

/** A resource of a system, and the region that it stands in. */
export interface PlacedResource extends ResolvedResource {
  readonly instance: string;
  readonly region: string;
}

/** The resources of all deployments and regions of a system, to be asked for by type or by what refers to them. */
export class SystemIndex {
  private readonly placed: readonly PlacedResource[];
  private readonly byOrigin: ReadonlyMap<string, PlacedResource>;

  constructor(deployments: readonly ResolvedDeployment[]) {
    this.placed = deployments.flatMap(({ instance, region }) => placedIn(instance, region));
    this.byOrigin = new Map(this.placed.map((each) => [originOf(each.instance, each.stack, each.logicalId), each]));
  }

  /** All resources of a type. */
  ofType(type: string): readonly PlacedResource[] {
    return this.placed.filter((each) => each.type === type);
  }

  /** The resources whose id or attribute a value is made of, each once. */
  referredBy(value: Value | undefined): readonly PlacedResource[] {
    const found = leavesOf(...(value === undefined ? [] : [value])).flatMap(({ origin }) =>
      origin.kind === 'resource' ? (this.byOrigin.get(originOf(origin.instance, origin.stack, origin.logicalId)) ?? []) : [],
    );
    return [...new Set(found)];
  }

  /** The resources of a type that refer to a resource in one property. */
  referring(type: string, property: string, to: PlacedResource): readonly PlacedResource[] {
    return this.ofType(type).filter(({ properties }) => this.referredBy(properties[property]).includes(to));
  }
}

/** The elements of a list, or none where a template gives none. */
export function elementsOf(value: Value | undefined): readonly ValueObject[] {
  return Array.isArray(value) ? (value as readonly ValueObject[]) : [];
}

/** An object property by its keys; empty where the template leaves it out. */
export function objectAt(properties: ValueObject, ...keys: readonly string[]): ValueObject {
  return keys.reduce<ValueObject>((object, key) => (object[key] ?? {}) as ValueObject, properties);
}

const originOf = (instance: string, stack: string, logicalId: string): string => `${instance}:${stack}/${logicalId}`;

function placedIn(instance: ResolvedInstance, region: string): readonly PlacedResource[] {
  return [...instance.resources()].map((resource) => ({ ...resource, instance: instance.id, region }));
}
